#!/usr/bin/python3
"""Generates a district of any size in the format of data/demo, for tests and measurements that need many people.

    make_district.py FOLDER [--voters N] [--grids N] [--others N]

Village V1 has `grids` grids. Grid G001 has `voters` households and a complete roll, so that a household vote can be held there; every
other grid has `others` households. Every household has two adults: u000001, u000002, … are their chat ids, in the order of the file.
Staff: s-sec (secretary), s-com1…3 (committee), s-sup (supervision), s-col (collector). Tables that do not depend on the size are
copied from the demo district. The same arguments give the same files."""

import argparse
import csv
import json
import os
import shutil
from pathlib import Path

COPIED = ("departments.csv", "routing.csv", "sla.csv", "points_catalog.csv", "points_classes.json", "points_shop.csv", "services.csv",
          "cycles.json", "permissions.json", "notices.json", "workflows.json", "calendar_2026.csv", "star_rubric.csv", "star_awards.json")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "春夏秋冬梅兰竹菊松柏桐枫山川江河云雨风雷晨晖曦月星辰安康宁和"
HOUSEHOLD = ("id,grid,community,household_class,building_id,estate,building,unit,room,road,road_no,hamlet,house_no,head,members,"
             "living_alone,points_account").split(",")
RESIDENT = "id,name,household,relation,gender,birth_year,adult,party_member,registered_here,chat_id,phone,roles".split(",")
STAFF = "id,name,role,scope,chat_id,phone,note".split(",")
GROUP = "id,name,kind,scope,members,last_human_message,daily_notice_budget,quiet_start,quiet_end,bot_enabled".split(",")


def write(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def name(number):
    return SURNAMES[number % len(SURNAMES)] + "示" + GIVEN[number // len(SURNAMES) % len(GIVEN)]


def organisation(grids, voters, others):
    sizes = [voters] + [others] * (grids - 1)
    units = [{"id": "CITY", "type": "city", "name": "云溪市", "parent": None},
             {"id": "DIST", "type": "district", "name": "月河区", "parent": "CITY"},
             {"id": "ST", "type": "street", "name": "富桥街道", "parent": "DIST"},
             {"id": "V1", "type": "village", "name": "大河村", "parent": "ST", "registered_households": sum(sizes),
              "population": 2 * sum(sizes), "adults": 2 * sum(sizes), "villager_groups": grids}]
    hamlets = [{"id": f"HM{i:03}", "village": "V1", "name": f"大河{i}组", "aliases": []} for i in range(1, grids + 1)]
    tree = [{"id": f"G{i:03}", "parent": "V1", "name": f"大河第{i}网格", "type": "rural", "households": size, "population": 2 * size,
             "members": [f"HM{i:03}"], "aliases": [], "roll_complete": True} for i, size in enumerate(sizes, 1)]
    return {"as_of": "2026-07-01", "units": units, "estates": [], "hamlets": hamlets, "roads": [], "landmarks": ["村口小广场"],
            "grids": tree, "buildings": [], "resettlement_sites": []}


def roll(org):
    households, residents = [], []
    for position, grid in enumerate(org["grids"], 1):
        for house in range(1, grid["households"] + 1):
            number, head = len(households) + 1, len(residents) + 1
            households.append({"id": f"HH{number:06}", "grid": grid["id"], "community": "V1", "household_class": "general",
                               "hamlet": f"大河{position}组", "house_no": house, "head": f"R{head:06}", "members": 2,
                               "living_alone": False, "points_account": f"PA-HH{number:06}"})
            for person, relation, gender in ((head, "户主", "男"), (head + 1, "配偶", "女")):
                residents.append({"id": f"R{person:06}", "name": name(person), "household": f"HH{number:06}", "relation": relation,
                                  "gender": gender, "birth_year": 1950 + person % 50, "adult": True, "party_member": False,
                                  "registered_here": True, "chat_id": f"u{person:06}", "phone": f"100****{person % 10000:04}"})
    return households, residents


def staff(org, demo):
    posts = [("s-sec", "party_secretary", "V1"), ("s-com1", "committee_member", "V1"), ("s-com2", "committee_member", "V1"),
             ("s-com3", "committee_member", "V1"), ("s-sup", "supervision_member", "V1"), ("s-col", "points_collector", "V1"),
             ("s-med", "mediator", "V1")]
    for grid in org["grids"]:
        posts += [(f"s-l{grid['id'].lower()}", "grid_leader", grid["id"]), (f"s-w{grid['id'].lower()}", "grid_worker", grid["id"])]
    rows = [{"id": chat.upper(), "name": name(7 * i), "role": role, "scope": scope, "chat_id": chat, "phone": f"100****{9000 + i}"}
            for i, (chat, role, scope) in enumerate(posts)]
    with open(demo / "staff.csv", encoding="utf-8-sig", newline="") as file:
        return rows + [row for row in csv.DictReader(file) if row["scope"] == "ST" or row["scope"].startswith("D")]


def groups(org):
    common = {"members": 100, "last_human_message": "2026-06-30", "quiet_start": "21:30", "quiet_end": "07:30", "bot_enabled": True}
    rows = [{"id": f"CG-{grid['id']}", "name": grid["name"] + "议事群", "kind": "grid", "scope": grid["id"], "daily_notice_budget": 3,
             **common} for grid in org["grids"]]
    return rows + [{"id": "CG-V1", "name": "大河村公告群", "kind": "community_notice", "scope": "V1", "daily_notice_budget": 2, **common},
                   {"id": "CG-V1W", "name": "大河村两委工作群", "kind": "committee_work", "scope": "V1", "daily_notice_budget": 10, **common}]


def make(folder, demo, voters=4000, grids=20, others=60):
    folder.mkdir(parents=True, exist_ok=True)
    org = organisation(grids, voters, others)
    (folder / "org.json").write_text(json.dumps(org, ensure_ascii=False, indent=1), encoding="utf-8")
    households, residents = roll(org)
    write(folder / "households.csv", HOUSEHOLD, households)
    write(folder / "residents.csv", RESIDENT, residents)
    write(folder / "staff.csv", STAFF, staff(org, demo))
    write(folder / "groups.csv", GROUP, groups(org))
    for file in COPIED:
        shutil.copyfile(demo / file, folder / file)
    return folder


def main():
    parser = argparse.ArgumentParser(description="Generates a district in the format of data/demo.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--voters", type=int, default=4000, help="households of grid G001, whose roll is complete")
    parser.add_argument("--grids", type=int, default=20)
    parser.add_argument("--others", type=int, default=60, help="households of every other grid")
    wanted = parser.parse_args()
    source = Path(os.environ.get("YIQI_SOURCE_DIR", Path(__file__).resolve().parents[2]))
    make(wanted.folder, source / "data/demo", wanted.voters, wanted.grids, wanted.others)


if __name__ == "__main__":
    main()
