"""The playground: its doors, and its page in a real browser, as a phone and on a desk."""

import base64
import re
import shutil
from pathlib import Path

import pytest

from browser import CHROMIUM, Browser
from simulated import Simulated

GROUP = "CG-G12"
PNG = base64.b64encode(bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                                     "1f15c4890000000d49444154789c6360f8cf00000301010018dd8db00000000049454e44ae426082")).decode()


@pytest.fixture
def world(tmp_path):
    world = Simulated(tmp_path)
    try:
        yield world.start()
    finally:
        world.close()


# -- its doors --------------------------------------------------------------------------------------------------------------

def test_what_was_said_survives_a_restart(world):
    reply = world.say("u0150", "@小邻 提议 聚居点入口装升降杆", GROUP)
    assert "编号 1" in reply
    world.wait_for(lambda line: line["kind"] == "push" and line["chat"] == GROUP and "【新提议 1】" in line["text"], "N-P01 in the group")
    before = world.lines(after=0)
    assert [line["kind"] for line in before] == ["said", "reply", "push"]
    now = world.advance(3600)
    world.stop()
    world.start()
    assert world.lines(after=0)[:3] == before
    assert world.api("playground/clock")["now"] >= now


def test_lines_come_by_chat_and_by_page(world):
    world.say("u0150", "@小邻 提议 聚居点入口装升降杆", GROUP)
    world.say("u0155", "帮助")
    assert {line["chat"] for line in world.lines(after=0, chat=GROUP)} == {GROUP}
    private = world.lines(after=0, user="u0155")
    assert [line["kind"] for line in private] == ["said", "reply"] and private[0]["text"] == "帮助"
    seen, after = [], 0
    while True:
        page = world.api(f"playground/timeline?after={after}&limit=2")
        seen += [line["id"] for line in page["items"]]
        if page["next"] is None:
            break
        after = int(page["next"])
    assert seen == sorted(set(seen)) and len(seen) >= 5


def test_neighbours_are_different_households_that_had_not_acted(world):
    world.say("u0150", "@小邻 提议 聚居点入口装升降杆", GROUP)
    done = world.neighbours("V2", 1, "endorse", 2)
    assert done["spoke"] == done["taken"] == 2 and world.matter(1)["endorsements"]["households"] == 3
    speakers = [line["user"] for line in world.lines(after=0) if line["kind"] == "said"]
    assert len(set(speakers)) == 3
    wrong = world.request("/api/v1/playground/neighbours", {"community": "V2", "no": 1, "action": "vote", "count": 2})
    assert wrong.status == 409
    assert world.request("/api/v1/playground/neighbours", {"community": "V2", "no": 9, "action": "vote", "count": 2}).status == 404


def test_a_vote_of_neighbours_has_the_mix_asked_for(world):
    world.open_vote()
    done = world.neighbours("V2", 1, "vote", 200, mix={"for": 3, "against": 1})
    assert done["spoke"] == 64, "every household of the roll, once"
    assert world.matter(1)["turnout"]["participating"] == 64
    again = world.neighbours("V2", 1, "vote", 5)
    assert again["spoke"] == 0
    world.advance(6 * 86400)
    result = world.matter(1)["result"]
    assert (result["for"], result["against"]) == (48, 16)


def test_a_picture_is_kept_and_shown(world):
    world.say("u0150", "", GROUP, picture={"name": "a.png", "type": "image/png", "base64": PNG})
    line = world.lines(after=0)[0]
    picture = world.get(line["picture"])
    assert picture.status == 200 and picture.headers["Content-Type"] == "image/png" and picture.body == base64.b64decode(PNG)
    assert world.get("/api/v1/playground/pictures/99").status == 404
    assert world.get("/api/v1/playground/pictures/x").status == 404


@pytest.mark.parametrize("body,headers,status", [
    ({"text": "x"}, {}, 400), ({"as": "u0150"}, {}, 400), ({"as": "u0150", "text": "x", "chat": "CG-NOWHERE"}, {}, 404),
    (b"{", {}, 400), (b"[]", {}, 400), ({"as": "u0150", "text": "x" * 5000}, {}, 400), (b"x" * 500_000, {}, 413),
    ({"as": "u0150", "text": "x"}, {"Content-Type": "text/plain"}, 415), ({"as": "../x", "text": "x"}, {}, 400),
], ids=["nobody", "nothing", "no_such_group", "broken", "list", "long_text", "too_large", "not_json", "bad_id"])
def test_bad_messages_are_refused_and_say_nothing(world, body, headers, status):
    answer = world.request("/api/v1/playground/messages", body, headers)
    assert answer.status == status and answer.headers["Content-Type"] == "application/problem+json"
    assert world.lines(after=0) == []


def test_a_stranger_is_told_how_to_bind(world):
    assert "绑定" in world.say("nobody", "提议 入口装升降杆挡外来车")
    assert world.api("communities/V2/proposals")["items"] == []


# -- its page -----------------------------------------------------------------------------------------------------------------

needs_browser = pytest.mark.skipif(not shutil.which(CHROMIUM), reason="no Chromium here")


@pytest.fixture
def browser():
    browser = Browser()
    try:
        yield browser
    finally:
        browser.close()


def open_playground(world, browser, *size, phone=False):
    page = browser.page(*size, phone=phone)
    page.open(world.base + "/playground/")
    page.wait("document.body.dataset.ready === 'yes'")
    return page


def pick(page, user, phone):
    if phone:
        if page.run("document.getElementById('phone').classList.contains('in-chat')"):
            page.click(".chat-head button", "返回")
        page.click("[data-tab=people]")
    page.run("document.querySelector('#people input').value = ''")
    page.type("#people input", user)
    page.click(f"[data-user='{user}']")


def send(page, text):
    page.run("document.querySelector('.composer textarea').select()")
    page.type(".composer textarea", text)
    page.click(".composer .send")


def stands_whole(page):
    """The phone ends within the window, and the composer at its lower edge, however much was said."""
    phone, composer, window = page.run("[document.getElementById('phone').getBoundingClientRect(), "
                                       "document.querySelector('.composer').getBoundingClientRect()].map((r) => [r.top, r.bottom])"
                                       ".concat([innerHeight])")
    assert 0 <= phone[0] and phone[1] <= window, (phone, window)
    assert phone[1] - 40 <= composer[1] <= phone[1], (phone, composer)


def clean(world, page):
    assert page.complaints() == []
    foreign = [url for url in page.requested() if not url.startswith((world.base, "data:", "about:"))]
    assert foreign == [], foreign
    assert page.run("document.documentElement.scrollWidth <= window.innerWidth"), "wider than the screen"


@needs_browser
def test_a_story_on_the_phone(world, browser):
    page = open_playground(world, browser, 390, 844, phone=True)
    pick(page, "u0150", True)
    page.click(f"[data-chat='{GROUP}']")
    send(page, "@小邻 提议 聚居点入口装升降杆，外来车太多")
    page.wait("document.querySelector('.push .bubble')?.textContent.includes('【新提议 1】')", what="the group's notice")
    assert page.run("document.querySelector('.mine .bubble').textContent").startswith("@小邻 提议")
    page.click(".chat-head button", "返回")
    page.click("[data-tab=panel]")
    page.click(".neighbours button", "附议")
    page.wait("document.querySelector('.matter .state').textContent === '两委审议'", what="the neighbours' endorsements")
    page.click(".matter .chip", "审议通过")
    page.wait("document.querySelector('.composer textarea').value.startsWith('审议 1 通过')", what="the secretary's words")
    page.click(".composer .send")
    page.wait("[...document.querySelectorAll('.from-bot .bubble')].some((b) => b.textContent.includes('第二个人'))")
    pick(page, "s-v202", True)
    page.wait("document.querySelector('[data-chat=bot] .badge')", what="an unread mark")
    page.click("[data-chat=bot]")
    page.click(".card-buttons button", "同意")
    page.wait("document.querySelector('.card-done')", what="the card after the click")
    assert world.matter(1)["state"] == "deliberating"
    assert not page.run("document.querySelectorAll('.card-buttons button').length"), "its buttons are gone"
    before = page.run("document.querySelector('.bar-clock').textContent")
    page.click(".bar-clock")
    page.click("[data-jump=day]")
    page.wait(f"document.querySelector('.bar-clock').textContent !== {before!r} && !document.getElementById('clock').open")
    assert "7月2日" in page.run("document.querySelector('.bar-clock').textContent")
    clean(world, page)


@needs_browser
def test_on_a_desk_all_panes_stand_side_by_side(world, browser):
    world.open_vote()
    world.say("u0155", "提议 <img src=x onerror=document.title='broken'>把晒场的灯修亮")
    page = open_playground(world, browser, 1440, 900)
    boxes = page.run("['people', 'phone', 'panel'].map((id) => document.getElementById(id).getBoundingClientRect()).map((r) => [r.left, r.right, r.height])")
    assert boxes[0][1] <= boxes[1][0] and boxes[1][1] <= boxes[2][0] and all(600 < box[2] <= 900 for box in boxes)
    pick(page, "u0150", False)
    page.click("[data-chat=bot]")
    stands_whole(page)  # a chat with one line, or none
    page.click(".chat-head button", "返回")
    page.click(f"[data-chat='{GROUP}']")
    page.wait("document.querySelectorAll('.bubble').length > 5")
    stands_whole(page)  # a chat longer than the screen
    page.click(".chips .chip", "赞成 1")
    page.key("Enter", 13)
    page.wait("[...document.querySelectorAll('.mine .bubble')].some((b) => b.textContent === '赞成 1')")
    page.wait("document.querySelector('.matter[data-no=\"1\"] .meta').textContent.includes('已投 1/64')", what="turnout in the panel")
    page.click(".matter h3 .link", "升降杆")
    page.wait("document.querySelector('iframe').contentDocument.body.textContent.includes('已投 1 / 64 户')", what="the public page")
    assert page.run("document.title") != "broken"
    clean(world, page)


@needs_browser
def test_large_print_and_keyboard(world, browser):
    page = open_playground(world, browser, 390, 844, phone=True)
    small = page.run("parseFloat(getComputedStyle(document.body).fontSize)")
    page.click(".bar-size")
    assert page.run("parseFloat(getComputedStyle(document.body).fontSize)") > small * 1.2
    page.run("document.querySelector('[data-chat=bot]').focus()")
    page.key("Enter", 13)
    page.wait("document.querySelector('.composer textarea')", what="the chat opened by the keyboard")
    unnamed = page.run("[...document.querySelectorAll('button, input, textarea, select')].filter((e) => e.offsetParent !== null && "
                       "!(e.textContent.trim() || e.getAttribute('aria-label') || e.title || e.placeholder)).length")
    assert unnamed == 0, "every control has a name"
    clean(world, page)


@needs_browser
@pytest.mark.parametrize("path", ["/playground/", "/c/V2/1"])
def test_texts_stand_out_from_their_ground(world, browser, path):
    world.open_vote()
    page = browser.page(390, 844, phone=True)
    page.open(world.base + path)
    if path == "/playground/":
        page.wait("document.body.dataset.ready === 'yes'")
        page.click(f"[data-chat='{GROUP}']")
        page.wait("document.querySelectorAll('.bubble').length > 3")
    weak = page.run((Path(__file__).parent / "contrast.js").read_text(encoding="utf-8"))
    assert weak == [], weak


def test_files_hold_no_address_of_others():
    root = Path(__file__).resolve().parents[2] / "web"
    files = [file for folder in ("playground", "public") for file in (root / folder).rglob("*") if file.is_file()]
    assert len(files) > 15
    for file in files:
        text = file.read_text(encoding="utf-8")
        found = [url for url in re.findall(r"https?://[\w.-]+", text) if not url.startswith("http://www.w3.org")]
        assert found == [], f"{file.name}: {found}"
        assert not re.search(r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(", text), file.name
