"""Kills the program with SIGKILL, again and again, while residents vote and propose. What was acknowledged is there exactly once,
the books verify, and every notice leaves. YIQI_KILLS sets how often (50)."""

import os
import random
import re
import threading
import time

import pytest

import house_rules
from make_district import make
from scenes import generated_groups, open_vote
from wecom_client import Wire
from world import SOURCE, World

KILLS = int(os.environ.get("YIQI_KILLS", "50"))
CLIENTS, GRIDS, VOTERS = 4, 20, 4000
CHOICES = ("赞成", "反对", "弃权")
DEAD = (OSError, EOFError)  # what a client sees of a killed program; http.client's exceptions are added below


class Ballot:
    """One resident's message, sealed once, so that a repeat is the same message as the platform would repeat it."""

    def __init__(self, world, number):
        self.user = f"u{2 * number + 1:06}"
        self.choice = CHOICES[number % 10 // 5 if number % 7 else 2]
        self.callback = world.app.text(self.user, f"{self.choice} 1")
        self.receipt = None


class Load:
    """Clients that vote until told to stop. What was not acknowledged stays in `open` and is sent again, as a platform does."""

    def __init__(self, world):
        self.world, self.lock = world, threading.Lock()
        self.next, self.open, self.done, self.faults = 0, [], [], []

    def take(self):
        with self.lock:
            if self.open:
                return self.open.pop()
            self.next += 1
            return Ballot(self.world, self.next - 1) if self.next <= VOTERS else None

    def client(self, stop):
        wire = Wire("127.0.0.1", self.world.port)
        while not stop.is_set():
            ballot = self.take()
            if ballot is None:
                return
            if not self.vote(wire, ballot):
                return
        wire.drop()

    def vote(self, wire, ballot):
        """False when the program died under the request."""
        try:
            answer = wire.deliver(ballot.callback)
        except Exception as error:  # pylint: disable=broad-except
            with self.lock:
                self.open.append(ballot)
                if not isinstance(error, DEAD) and not type(error).__module__.startswith("http"):
                    self.faults.append(repr(error))
            return False
        try:
            ballot.receipt = self.world.app.open(answer, ballot.user).text
            assert f"已记您对 1 的一票：{ballot.choice}" in ballot.receipt, ballot.receipt
        except AssertionError as error:
            with self.lock:
                self.faults.append(f"{ballot.user}: {error}")
            return True
        with self.lock:
            self.done.append(ballot)
        return True

    def run_until(self, votes, seconds=20):
        """Votes with all clients until `votes` more are acknowledged; returns while they go on."""
        stop, until, before = threading.Event(), time.monotonic() + seconds, len(self.done)
        threads = [threading.Thread(target=self.client, args=(stop,)) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        while len(self.done) < before + votes and any(t.is_alive() for t in threads):
            assert time.monotonic() < until, f"{len(self.done) - before} votes in {seconds} s; {self.faults[:3]}"
            time.sleep(0.002)
        return stop, threads


@pytest.fixture
def village(tmp_path):
    district = make(tmp_path / "district", SOURCE / "data/demo", VOTERS, GRIDS)
    world = World(tmp_path, district, generated_groups(GRIDS))
    assert len(world.district.residents) >= 10_000 and len(world.district.groups) >= 20
    try:
        yield world.prepare().start()
    finally:
        world.close()


TOPICS = ("村道弯道装反光镜，夜里看不清", "晒谷场边上加一排长椅，老人歇脚", "水塘周围装防护栏，怕小孩落水")


def propose(world, turn):
    """A resident of one of the other grids proposes something; returns (group, number) as acknowledged."""
    grid, round_ = 2 + turn % (GRIDS - 1), turn // (GRIDS - 1)
    group, user = f"CG-G{grid:03}", f"u{2 * (VOTERS + (grid - 2) * 60 + round_) + 1:06}"
    world.say_in_group(group, user, f"提议 {TOPICS[round_]}")
    item = world.matter("V1", 2 + turn)  # numbers run on without a gap
    assert item["state"] == "collecting" and TOPICS[round_][:6] in item["title"], item
    return group, item["no"]


def check_after_restart(world, load):
    voted, acknowledged = counted(world), len(load.done)
    assert acknowledged <= voted <= acknowledged + len(load.open), f"{acknowledged} acknowledged, {len(load.open)} open, {voted} counted"
    for ballot in random.sample(load.done, min(3, len(load.done))):  # the platform repeats: same answer, no second effect
        again = world.app.open(world.wire.deliver(ballot.callback), ballot.user).text
        assert again == ballot.receipt
    assert counted(world) == voted


def counted(world):
    """Households that voted, from the public API."""
    turnout = world.matter("V1", 1)["turnout"]
    assert turnout["eligible"] == VOTERS, turnout
    return turnout["participating"]


def test_fifty_kills(village):
    world, seed = village, random.randrange(10**6)
    print("seed", seed)
    random.seed(seed)
    open_vote(world)
    load, proposed = Load(world), []
    for turn in range(KILLS):
        if turn < len(TOPICS) * (GRIDS - 1):
            proposed.append(propose(world, turn))
        stop, threads = load.run_until(random.randint(15, 60))
        time.sleep(random.random() * 0.03)
        world.kill()
        stop.set()
        for thread in threads:
            thread.join()
        assert load.faults == []
        world.yiqi("verify")
        world.start()
        check_after_restart(world, load)
    finish(world, load, proposed)


def finish(world, load, proposed):
    stop, threads = load.run_until(len(load.open) + 10)
    stop.set()
    for thread in threads:
        thread.join()
    while load.open:
        assert load.vote(world.wire, load.open.pop())
    assert load.faults == [] and counted(world) == len(load.done)
    check_notices(world, proposed)
    mark = world.mark()
    world.advance_to("2026-07-13T00:00:01+08:00")
    check_result(world, load)
    world.advance_to("2026-07-13T08:00:00+08:00")
    world.group_hears("CG-G001", rf"【结果 1】.*参加 {len(load.done)}|表决 1 参加 {len(load.done)}/{VOTERS}", mark)
    house_rules.check_platform(world)
    world.stop()
    world.yiqi("verify")


def check_notices(world, proposed):
    """Every proposal was announced in its group; nothing more than once, except what was in flight when the program was killed."""
    copies = 0
    for group, number in proposed:
        world.group_hears(group, rf"【新提议 {number}】")
        copies += len([h for h in world.heard_by(group=group) if f"【新提议 {number}】" in h.text]) - 1
    assert copies <= KILLS, f"{copies} notices came twice"
    assert len({number for _, number in proposed}) == len(proposed)


def check_result(world, load):
    result = world.matter("V1", 1)
    figures = {int(n) for n in re.findall(r"\d+", str(result["result"]))}
    for choice in CHOICES:
        assert len([b for b in load.done if b.choice == choice]) in figures, (choice, result["result"])
