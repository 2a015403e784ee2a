"""The parking-barrier story of data/demo/README.md, from the proposal to its follow-ups, told to the running program through the real
callback formats. Each test is one chapter and goes on where the one before ended; time moves only by the playground's clock."""

import csv
import io
import json
import re

import pytest

import house_rules
from house_rules import NEUTRAL
from world import instant

G, NOTICE, WORK = "CG-G12", "CG-V2", "CG-V2W"
TITLE = "升降杆"
COUNTS = {"赞成": 26, "反对": 11, "弃权": 3}
STOPPED = []


@pytest.fixture
def told(story, request):
    """The world of the story, unless a chapter before this one failed: then this one makes no sense."""
    if STOPPED:
        pytest.fail(f"the story stopped in {STOPPED[0]}", pytrace=False)
    STOPPED.append(request.node.name)
    yield story
    if request.node.told:
        house_rules.check_groups(story)
        house_rules.check_platform(story)
        STOPPED.clear()


def state(world, number=1):
    return world.matter("V2", number)["state"]


def numbers(value):
    """Every integer anywhere in a JSON value, texts included."""
    if isinstance(value, dict):
        return [n for item in value.values() for n in numbers(item)]
    if isinstance(value, list):
        return [n for item in value for n in numbers(item)]
    if isinstance(value, bool) or value is None:
        return []
    return [int(n) for n in re.findall(r"\d+", str(value))]


def ledger(world):
    """Every entry of the public ledger."""
    entries, after = [], 0
    while after is not None:
        page = world.api(f"ledger/entries?after={after}&limit=100")
        entries += page["items"]
        after = page["next"]
    return entries


def quiet_in_group(reply):
    """What a group may read after something personal was said there: nothing, or the neutral line."""
    assert reply.empty or reply.text.strip() == NEUTRAL, f"the group read {reply.text!r}"


def shows_no_tally(text):
    for choice, count in re.findall(r"(赞成|反对|弃权|同意|for|against|abstain)\W{0,8}(\d+)", text):
        assert count == "1", f"a tally before the end: {choice} {count} in {text[:500]!r}"  # “赞成 1” says how to vote


def households(world):
    return list(world.district.voters("G12").values())


def cast(world, index, user, choice):
    """`user` votes by one of the three ways of writing, and reads the receipt alone."""
    mark, text = world.mark(), f"{choice} 1"
    if index % 3 == 0:
        quiet_in_group(world.say_in_group(G, user, text))
    elif index % 3 == 1:
        world.say(user, text)
    else:
        world.say_to_bot(user, text)
    world.person_hears(user, f"已记您对 1 的一票：{choice}", mark)


def cast_by_card(world, user, card, choice):
    mark = world.mark()
    reply = world.press(user, card, choice)
    assert reply.kind in ("update_button", "update_template_card") and choice in reply.text, reply
    world.person_hears(user, f"已记您对 1 的一票：{choice}", mark)


def cast_by_asking(world, user, choice):
    """The robot answers who asks about an open vote with a card to vote on."""
    mark, reply = world.mark(), world.say_to_bot(user, "进度 1")
    assert "template_card" in reply.kind, f"no card, but {reply.text!r}"
    assert choice in world.press_on_robot_card(user, reply, choice).text
    world.person_hears(user, f"已记您对 1 的一票：{choice}", mark)


def test_proposal(told):
    w, mark = told, told.mark()
    assert w.now().isoformat().startswith("2026-07-01T01:0")
    w.say_in_group(G, "u0150", "提议 聚居点入口装升降杆，外来车太多")
    w.group_hears(G, rf"【新提议 1】.*{TITLE}.*附议 1.*满 ?5 ?户.*现 ?1 ?户", mark)
    item = w.matter("V2", 1)
    assert (item["no"], item["kind"], item["state"]) == (1, "proposal", "collecting")
    assert TITLE in item["title"] and item["stage"] and instant(item["opened_at"]) and item["deadline"]
    assert instant(item["deadline"]) == instant("2026-07-09T00:00:00+08:00")


def test_endorsements(told):
    w, mark = told, told.mark()
    w.say_in_group(G, "u0155", "附议 1")
    w.say("u0159", "附议 1")
    w.say_to_bot("u0161", "附议1")
    w.say("u0151", "附议 1")  # HH054 proposed already: no new household
    w.say("u0161", "我附议1")  # nor does a second word of the same household
    assert state(w) == "collecting"
    w.say_in_group(G, "u0164", "附议 1")
    assert state(w) == "screening"
    w.group_hears(G, rf"提议 1 .*{TITLE}.*已交两委审议.*7月8日", mark)
    w.group_hears(WORK, r"【待办】\s*1 .*审议", mark)
    assert instant(w.matter("V2", 1)["deadline"]) == instant("2026-07-08T17:30:00+08:00")


def test_review_by_two(told):
    w = told
    w.advance_to("2026-07-02T09:00:00+08:00")
    mark, words = w.mark(), "审议 1 通过\n方式：户表决\n范围：网格\n费用：预算内"
    w.say("u0155", words)
    w.person_hears("u0155", "没有执行", mark)
    w.say("s-v201", words)
    assert state(w) == "screening"
    w.say("s-v201", words)  # the same member again is no second one
    assert state(w) == "screening"
    w.say("s-v202", words)
    assert state(w) == "deliberating"
    w.group_hears(G, rf"【议一议 1】.*{TITLE}.*讨论 1", mark)


def test_deliberation(told):
    w = told
    w.advance_to("2026-07-03T10:00:00+08:00")
    w.say_in_group(G, "u0167", "讨论 1 我没车，装了对我没用")
    w.advance_to("2026-07-04T10:00:00+08:00")
    w.say_in_group(G, "u0153", "讨论 1 亲戚来了怎么进，要有人开杆")
    w.say("s-v202", "1 进入表决\n纪要：大家要先说清亲戚车怎么进\n天数：5")
    assert state(w) == "deliberating", "three days of deliberation are not over"
    mark = w.mark()
    w.say("u0155", "赞成 1")
    assert state(w) == "deliberating"
    assert not [h for h in w.heard_by("u0155", since=mark) if "已记您" in h.text]


def test_vote_opens(told):
    w = told
    w.advance_to("2026-07-06T09:00:00+08:00")
    mark = w.mark()
    w.say("s-v202", "1 进入表决\n纪要：只拦外来车，本点车辆登记后放行，亲友来访由住户开杆\n天数：5")
    assert state(w) == "voting"
    w.group_hears(G, rf"【表决 1】.*{TITLE}.*赞成 1.*反对 1.*弃权 1.*7月11日", mark)
    item = w.matter("V2", 1)
    assert instant(item["deadline"]) == instant("2026-07-12T00:00:00+08:00")
    assert 64 in numbers(item["turnout"]) and not item.get("result")


def test_votes(told):
    w, homes = told, households(told)
    assert len(homes) == 64 and homes[0][0] == "u0150" and homes[1][0] == "u0153"
    for index in range(20):
        cast(w, index, homes[index][0], "赞成")
    w.advance_to("2026-07-07T20:00:00+08:00")
    for index in range(20, 26):
        cast(w, index, homes[index][0], "赞成")
    cast(w, 26, homes[26][0], "赞成")
    mark = w.mark()
    cast(w, 28, homes[26][1], "反对")
    w.wait_for(lambda h: h.user == homes[26][0] and h.pushed and "1" in h.text, mark, what="whose ballot was replaced is told, alone")
    cast(w, 30, homes[27][0], "弃权")
    w.advance_to("2026-07-08T09:00:00+08:00")
    cast(w, 31, homes[27][0], "反对")
    cast(w, 28, homes[28][0], "反对")
    cast_by_asking(w, homes[29][0], "反对")
    assert {30, 64} <= set(numbers(w.matter("V2", 1)["turnout"]))


def test_votes_refused(told):
    w, mark = told, told.mark()
    quiet_in_group(w.say_in_group(G, "u0001", "赞成 1"))  # lives in G01
    w.person_hears("u0001", "这一票没记上", mark)
    w.say("u0262", "赞成 1")  # a child of the grid
    w.person_hears("u0262", "没记上|没有执行|未满|成年", mark)
    w.say("s-v202", "赞成 1")  # of the committee, but of no household here
    w.person_hears("s-v202", "没记上|没有执行", mark)
    assert {30, 64} <= set(numbers(w.matter("V2", 1)["turnout"]))


def test_tally_is_hidden(told):
    w, mark = told, told.mark()
    item = w.matter("V2", 1)
    assert not item.get("result")
    shows_no_tally(json.dumps(item, ensure_ascii=False))
    listed = next(i for i in w.api("communities/V2/proposals")["items"] if i["no"] == 1)
    assert not listed.get("result")
    page = w.get("/c/V2/")
    assert page.status == 200 and TITLE in page.body.decode()
    for path in {"/c/V2/", *re.findall(r'href="(/c/V2/[^"#?]*\b1)"', page.body.decode())}:
        shows_no_tally(w.get(path).body.decode())
    w.say("u0150", "进度 1")
    w.say_in_group(G, "u0155", "进度 1")
    for heard in w.heard[mark:]:
        shows_no_tally(heard.text)
    assert [h for h in w.heard_by("u0150", since=mark) if "30" in h.text], "turnout may always be shown"


def test_reminder_and_cards(told):
    w, homes = told, households(told)
    mark = w.mark()
    w.advance_to("2026-07-11T08:00:00+08:00")
    cards = {}
    for home in homes[30:]:
        for user in home[:1]:
            cards[user] = w.person_hears(user, r"1.*还没收到您的票", mark, pushed=True)
    for home in homes[:30]:
        for user in home:
            assert not [h for h in w.heard_by(user, since=mark) if "还没收到您的票" in h.text], f"{user} has voted"
    for index in range(30, 37):
        cast_by_card(w, homes[index][0], cards[homes[index][0]], "反对")
    for index in range(37, 40):
        cast(w, index, homes[index][0], "弃权")
    assert {40, 64} <= set(numbers(w.matter("V2", 1)["turnout"]))


def test_vote_closes(told):
    w, mark = told, told.mark()
    w.advance_to("2026-07-12T00:00:01+08:00")
    item = w.matter("V2", 1)
    assert item["state"] == "publicity"
    assert {64, 40, *COUNTS.values()} <= set(numbers({"turnout": item["turnout"], "result": item["result"]}))
    assert not [h for h in w.heard_by(group=G, since=mark)], "quiet hours last till 07:30"
    late = w.mark()
    w.say("u0295", "赞成 1")
    w.person_hears("u0295", "这一票没记上：表决已截止，已进入决议公示", late)
    w.advance_to("2026-07-12T07:31:00+08:00")
    w.group_hears(G, rf"【结果 1】.*{TITLE}.*应投 64.*参加 40.*赞成 26.*反对 11.*弃权 3.*通过", mark)
    w.group_hears(G, r"【决议公示 1】.*公示至.*异议 1", mark)


def test_objection_dismissed_by_two(told):
    w = told
    w.advance_to("2026-07-13T10:00:00+08:00")
    mark = w.mark()
    w.say("u0001", "异议 1 我不同意")
    assert state(w) == "publicity", "not of this scope"
    w.say("u0167", "异议 1 没通知到我家")
    assert state(w) == "objected"
    w.person_hears("u0167", r"您对 1 的异议已收.*7月20日", mark)
    w.advance_to("2026-07-14T10:00:00+08:00")
    mark = w.mark()
    w.say("s-v202", "1 异议不成立 通知7月6日已入户送达，有签收")
    assert state(w) == "objected", "a supervision member has to agree"
    card = w.person_hears("s-v205", r"1.*异议", mark, pushed=True)
    w.press("s-v205", card, "同意")
    assert state(w) == "publicity"
    w.person_hears("u0167", r"对 1 异议的答复.*通知7月6日已入户送达", mark, pushed=True)


def test_execution(told):
    w, plan = told, "1 开始实施\n负责：s-v203\n预算：1.2万元\n节点：7月28日 装好并调试"
    w.advance_to("2026-07-15T09:00:00+08:00")
    w.say("s-v201", plan)
    assert state(w) == "publicity", "the objection window is open"
    w.advance_to("2026-07-20T09:00:00+08:00")
    mark = w.mark()
    w.say("s-v201", plan)
    assert state(w) == "executing"
    w.advance_to("2026-07-20T19:31:00+08:00")
    w.group_hears(G, rf"1 .*{TITLE}.*开始实施|今天的事", mark)


def test_progress_and_check(told):
    w = told
    w.advance_to("2026-07-24T10:00:00+08:00")
    w.say("s-v203", "进度 1 60% 基础浇好了，下一步装杆")
    assert state(w) == "executing"
    w.say("u0150", "进度 1 90% 我看差不多了")
    w.say("s-v203", "进度 1 30% 算错了")  # never falls without a reason that the definition knows
    w.advance_to("2026-07-28T10:00:00+08:00")
    w.say("s-v203", "进度 1 100% 已装好并调试\n花费：11800元")
    assert state(w) == "executing", "a picture is still missing"
    w.send_picture("s-v203")
    assert state(w) == "checking"
    w.advance_to("2026-07-29T10:00:00+08:00")
    mark = w.mark()
    w.say("s-v203", "核验 1 通过")
    assert state(w) == "checking", "nobody checks the own work"
    assert w.heard_by("s-v203", since=mark), "a refusal says why"
    w.say("s-v205", "核验 1 通过")
    assert state(w) == "evaluating"
    w.group_hears(G, rf"【大家评 1】.*{TITLE}.*评议1", mark)


def test_evaluation(told):
    w, mark = told, told.mark()
    for user, score in (("u0150", 5), ("u0155", 5), ("u0159", 4), ("u0161", 3)):
        w.say(user, f"评议1 {score}分 用着还行")
    quiet_in_group(w.say_in_group(G, "u0164", "评议 1 2分 杆落得太快"))
    w.say("u0001", "评议1 1分")  # not of this scope
    w.advance_to("2026-08-06T00:00:01+08:00")
    assert state(w) == "closed"
    w.advance_to("2026-08-06T19:31:00+08:00")
    w.group_hears(G, rf"1 .*{TITLE}.*5 人评议.*平均 3\.8\d? 分.*满意率 80(\.0+)?%|今天的事", mark)


def test_points_of_the_author(told):
    """The adopted proposal earns its author item HA-02: declared by the rule, recorded by the collector, audited by the street."""
    w = told
    w.say("s-v206", "审核 P1 通过")
    w.say("u0155", "查积分")
    w.say("s-st02", "审核 P1 通过")
    posted = [(e["community"], json.loads(e["payload"])) for e in ledger(w) if e["kind"] == "points_posted"]
    assert [(community, what["item"], what["delta"]) for community, what in posted] == [("V2", "HA-02", 500)]
    rows = list(csv.DictReader(io.StringIO(w.yiqi("export", "points", "--community", "V2", "--format", "csv").stdout.lstrip("\ufeff"))))
    assert [(r["record_no"], r["state"], r["subject"], r["item"], float(r["points"])) for r in rows] == [("1", "posted", "R150", "HA-02", 5.0)]
    mark = w.mark()
    w.say("u0150", "查积分")
    w.person_hears("u0150", "您本人今年 5 分，您家 105 分", mark)


def test_linked_follow_ups(told):
    w = told
    w.advance_to("2026-08-10T09:00:00+08:00")
    for number, text in ((2, "提议 外来车停车收费标准要定下来，关联 1"), (3, "提议 升降杆每年请人维护一次，关联 1")):
        mark = w.mark()
        w.say_in_group(G, "u0155", text)
        w.group_hears(G, rf"【新提议 {number}】", mark)
        item = w.matter("V2", number)
        assert item["state"] == "collecting" and 1 in numbers(item.get("links") or item.get("linked_to")), item


def test_parking_committee(told):
    """What was built goes into the hands of the residents' own parking body, recorded by a committee member."""
    w = told
    assert w.matter("V2", 1)["execution"]["responsible_body"] is None
    w.say("u0155", "进度 1 100% 负责：车委会")
    assert w.matter("V2", 1)["execution"]["responsible_body"] is None, "a resident does not record it"
    w.say("s-v202", "进度 1 100% 收费和维护以后由居民自己管\n负责：车委会")
    item, mark = w.matter("V2", 1), w.mark()
    assert item["execution"]["responsible_body"] == {"id": "parking_committee", "name": "车委会"} and item["state"] == "closed"
    w.say("u0155", "进度 1")
    w.person_hears("u0155", "由车委会负责", mark)
    assert "车委会" in w.get("/c/V2/1").body.decode()


def test_books(told):
    w = told
    listed = {i["no"]: i["state"] for i in w.api("communities/V2/proposals")["items"]}
    assert listed == {1: "closed", 2: "collecting", 3: "collecting"}
    head = w.api("ledger/head")
    assert head["size"] > 0 and head["hash"]
    entries = w.get("/api/v1/ledger/entries?after=0").body.decode()
    assert not [name for name in w.district.names() if name in entries], "the public ledger names nobody"
    assert not re.search(r"\b[us]-?\w*\d{4}\b.*赞成", entries)
    w.stop()
    w.yiqi("verify")
    house_rules.check_logs(w)
