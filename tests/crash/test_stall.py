"""The store is held up for longer than a platform waits. What was acknowledged then is in the spool: a kill loses none of it, nothing is
counted twice, and a resident's words take effect in the order in which they were said."""

import shutil
import sqlite3
import threading
import time
from contextlib import contextmanager

import pytest

import house_rules
from make_district import make
from scenes import generated_groups, open_vote
from wecom_client import Wire
from world import SOURCE, World

GRIDS, VOTERS = 2, 60


@pytest.fixture
def village(tmp_path):
    district = make(tmp_path / "district", SOURCE / "data/demo", VOTERS, GRIDS)
    world = World(tmp_path, district, generated_groups(GRIDS))
    try:
        open_vote(world.prepare().start())
        yield world
        house_rules.check_platform(world)
    finally:
        world.close()


@contextmanager
def held_up(world):
    """Somebody else holds the write lock of the books, as a backup program might."""
    other = sqlite3.connect(world.folder / "yiqi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def deliver(world, callbacks):
    """Sends them at once, as a platform does; the answers in the same order."""
    answers = [None] * len(callbacks)

    def one(i):
        answers[i] = Wire("127.0.0.1", world.port).deliver(callbacks[i])

    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(callbacks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def participating(world):
    item = world.matter("V1", 1)
    assert "turnout" in item, item
    return item["turnout"]["participating"]


def wait_for_votes(world, count, seconds=30):
    until = time.monotonic() + seconds
    while participating(world) != count:
        assert time.monotonic() < until, f"{participating(world)} of {count} votes\n{world.log()[-2000:]}"
        time.sleep(0.05)


def choices(world):
    books = sqlite3.connect(world.folder / "yiqi.db")
    try:
        return dict(books.execute("SELECT person, choice FROM ballot").fetchall())
    finally:
        books.close()


def test_killed_while_the_store_is_held_up(village):
    world, users = village, [f"u{2 * n + 1:06}" for n in range(20)]
    ballots = [world.app.text(user, "赞成 1") for user in users]
    with held_up(world):
        for user, answer in zip(users, deliver(world, ballots)):
            assert world.app.open(answer, user).empty, "nothing may be said to be taken yet"
        assert world.metrics()["yiqi_spool_waiting"] == len(users)
        world.kill()
    assert world.yiqi("verify")
    mark = world.mark()
    world.start()
    wait_for_votes(world, len(users))
    for user in users:
        world.person_hears(user, "已记您对 1 的一票：赞成", mark, pushed=True)
    receipts = [world.app.open(world.wire.deliver(ballot), user).text for user, ballot in zip(users, ballots)]
    assert all("已记您对 1 的一票：赞成" in text for text in receipts), "a repeat hears the stored answer"
    assert participating(world) == len(users)
    assert world.metrics()["yiqi_spool_waiting"] == 0
    world.kill()
    world.start()  # nothing is performed, or said, a second time
    assert world.metrics()["yiqi_spool_waiting"] == 0
    for user in users:
        assert len([h for h in world.heard_by(user, since=mark) if h.pushed]) == 1
    world.stop()
    world.yiqi("verify")


def test_words_keep_their_order(village):
    """A change of mind during the stall, and one after it, end as the resident said last."""
    world = village
    voters = [f"u{2 * n + 1:06}" for n in range(10)]
    with held_up(world):
        for word in ("赞成", "反对"):
            for user, answer in zip(voters, deliver(world, [world.app.text(user, f"{word} 1") for user in voters])):
                assert world.app.open(answer, user).empty
    for user in voters[:5]:
        world.say(user, "弃权 1")
    wait_for_votes(world, len(voters))
    until = time.monotonic() + 20
    expected = {"abstain": 5, "against": 5}
    while True:
        counts = {}
        for choice in choices(world).values():
            counts[choice] = counts.get(choice, 0) + 1
        if counts == expected:
            break
        assert time.monotonic() < until, counts
        time.sleep(0.05)
    world.stop()
    world.yiqi("verify")


def test_ready_again(village):
    """readyz tells a balancer while the store is away, and that it is back."""
    world = village
    with held_up(world):
        deliver(world, [world.app.text("u000001", "赞成 1")])
        answer = world.wire.request("GET", "/readyz")
        assert answer.status == 503 and b'"spooled":1' in answer.body, answer.body
    wait_for_votes(world, 1)
    assert world.wire.request("GET", "/readyz").status == 200


def test_what_no_channel_can_read_is_set_aside(village):
    """A spooled callback whose channel was taken out of the configuration is kept for a person to look at."""
    world = village
    with held_up(world):
        deliver(world, [world.app.text("u000001", "赞成 1")])
        world.kill()
    whole = world.config.read_text(encoding="utf-8")
    shutil.copy(world.config, world.folder / "whole.toml")
    world.config.write_text(whole.replace('name = "main"', 'name = "other"'), encoding="utf-8")
    world.start()
    assert "event=set_aside" in world.log()
    assert world.metrics()["yiqi_spool_waiting"] == 0 and participating(world) == 0
    said = world.yiqi("doctor", expect=None)
    world.fake.post("/forgive")  # it looks whether the platform answers at all, which the fake counts as a call it does not know
    assert "暂存" in said.stdout + said.stderr
    world.stop()
