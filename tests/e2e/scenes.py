"""Ways to bring a generated district (make_district.py) to an interesting point, through messages only."""

from world import World

GRID, WORK = "CG-G001", "CG-V1W"


def generated_groups(grids):
    return [f"CG-G{i:03}" for i in range(1, grids + 1)] + ["CG-V1", WORK]


def open_vote(world: World, days=7):
    """Brings proposal 1 of grid G001 to voting. Its households' heads are u000001, u000003, …; u000001 is the author."""
    world.say_in_group(GRID, "u000001", "提议 村口装升降杆，外来车太多")
    for user in ("u000003", "u000005", "u000007", "u000009"):
        world.say(user, "附议 1")
    assert world.matter("V1", 1)["state"] == "screening", world.matter("V1", 1)
    for member in ("s-sec", "s-com1"):
        world.say(member, "审议 1 通过\n方式：户表决\n范围：网格\n费用：无")
    assert world.matter("V1", 1)["state"] == "deliberating", world.matter("V1", 1)
    world.advance_to("2026-07-05T09:00:00+08:00")
    world.say("s-sec", f"1 进入表决\n纪要：亲友来访由住户开杆\n天数：{days}")
    item = world.matter("V1", 1)
    assert item["state"] == "voting", item
    return item
