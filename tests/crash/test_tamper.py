"""Books that were changed behind the program's back: `yiqi verify` names the first bad entry, whatever was done to it."""

import re
import shutil
import sqlite3

import pytest

from world import World

GROUPS = ("CG-G12", "CG-V2W")
COLUMNS = ("at", "community", "kind", "ref_no", "payload", "private_payload", "private_salt", "private_digest", "hash")


def rated_report(world):
    """Number 1 of C1: handled, checked and rated."""
    world.say("u0001", "上报 江南水都小区3栋楼道灯不亮")
    for words in ("受理 1", "1核实属实，灯管坏了", "1 已告知，明天上午换", "1 开始办理", "1办好了 灯管已换"):
        world.say("s-g01w", words)
    world.send_picture("s-g01w")
    world.say("s-g01l", "核验 1 通过")
    world.say("u0001", "评单 1 4星 很及时")


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """A store with a few honest entries, of a program that was stopped. Returns (world, file, highest seq)."""
    world = World(tmp_path_factory.mktemp("books"), groups=GROUPS)
    try:
        world.prepare().start()
        world.say_in_group("CG-G12", "u0150", "提议 聚居点入口装升降杆，外来车太多")
        for user in ("u0155", "u0159", "u0161", "u0164"):
            world.say(user, "附议 1")
        world.say("u0170", "提议 广场加两盏路灯，晚上太黑")
        rated_report(world)
        world.stop()
        world.yiqi("verify")
        with sqlite3.connect(world.folder / "yiqi.db") as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            last = db.execute("SELECT max(seq) FROM ledger").fetchone()[0]
        assert last >= 6
        yield world, world.folder / "yiqi.db", last
    finally:
        world.close()


def spoil(books, tmp_path, *statements):
    """Copies the store, changes the copy and asks for a verdict. Returns what verify printed."""
    world, file, _ = books
    copy = tmp_path / "spoilt.db"
    shutil.copyfile(file, copy)
    with sqlite3.connect(copy) as db:
        changed = sum(db.execute(*statement).rowcount for statement in statements)
        db.commit()
    db.close()
    assert changed > 0, "nothing was spoilt"
    done = world.yiqi("verify", str(copy), expect=1)
    return done.stdout + done.stderr


def names(text, seq):
    assert re.search(rf"(?<!\d){seq}(?!\d)", text), f"entry {seq} is not named in: {text}"


def test_honest_books_pass(books, tmp_path):
    world, file, _ = books
    copy = tmp_path / "copy.db"
    shutil.copyfile(file, copy)
    world.yiqi("verify", str(copy))


def positions(last):
    return {"first": 1, "middle": last // 2, "last": last}


@pytest.mark.parametrize("where", ("first", "middle", "last"))
@pytest.mark.parametrize("column", COLUMNS)
def test_changed(books, tmp_path, where, column):
    world, file, last = books
    seq = positions(last)[where]
    with sqlite3.connect(file) as db:
        if column.startswith("private"):
            held = db.execute("SELECT seq FROM ledger WHERE private_payload IS NOT NULL ORDER BY abs(seq - ?)", (seq,)).fetchone()
            seq = held[0]
        value = db.execute(f"SELECT {column} FROM ledger WHERE seq = ?", (seq,)).fetchone()[0]
    names(spoil(books, tmp_path, (f"UPDATE ledger SET {column} = ? WHERE seq = ?", (other(value), seq))), seq)


def other(value):
    """The smallest change: one more, or one byte flipped in the middle."""
    if isinstance(value, int):
        return value + 1
    if value == "":
        return "x"
    middle = len(value) // 2
    return value[:middle] + ("0" if value[middle] != "0" else "1") + value[middle + 1:]


def test_every_byte_of_a_payload(books, tmp_path):
    world, file, last = books
    with sqlite3.connect(file) as db:
        payload = db.execute("SELECT payload FROM ledger WHERE seq = ?", (last // 2,)).fetchone()[0]
    step = max(1, len(payload) // 12)
    for at in range(0, len(payload), step):
        changed = payload[:at] + ("x" if payload[at] != "x" else "y") + payload[at + 1:]
        names(spoil(books, tmp_path, ("UPDATE ledger SET payload = ? WHERE seq = ?", (changed, last // 2))), last // 2)


@pytest.mark.parametrize("where", ("first", "middle", "last"))
def test_removed(books, tmp_path, where):
    seq = positions(books[2])[where]
    names(spoil(books, tmp_path, ("DELETE FROM ledger WHERE seq = ?", (seq,))), seq)


def test_swapped(books, tmp_path):
    seq = books[2] // 2
    names(spoil(books, tmp_path, ("UPDATE ledger SET seq = -1 WHERE seq = ?", (seq,)), ("UPDATE ledger SET seq = ? WHERE seq = ?", (seq, seq + 1)),
                ("UPDATE ledger SET seq = ? WHERE seq = -1", (seq + 1,))), seq)


def test_appended(books, tmp_path):
    columns = ", ".join(COLUMNS)
    last = books[2]
    names(spoil(books, tmp_path, (f"INSERT INTO ledger (seq, {columns}) SELECT seq + 1, {columns} FROM ledger WHERE seq = ?", (last,))),
          last + 1)


ROW = "INSERT INTO rating (community, no, round, rater, person, score, comment, at) VALUES ('C1', 1, 1, 'R004', 'R004', 5, '', 0)"
DERIVED = {
    "endorsement_deleted": ("DELETE FROM endorsement WHERE household = 'HH056'", "V2 的提议 1 "),
    "endorsement_added": ("INSERT INTO endorsement (community, no, household, person, at) VALUES ('V2', 1, 'HH099', 'R200', 0)",
                          "V2 的提议 1 "),
    "rating_deleted": ("DELETE FROM rating", "C1 的事项 1 "),
    "rating_changed": ("UPDATE rating SET score = 5", "C1 的事项 1 "),
    "rating_words_changed": ("UPDATE rating SET comment = '很不及时'", "C1 的事项 1 "),
    "rating_added": (ROW, "C1 的事项 1 "),
}


@pytest.mark.parametrize("case", DERIVED)
def test_derived_rows(books, tmp_path, case):
    """What is kept beside the ledger is held against it, and the matter is named."""
    statement, named = DERIVED[case]
    assert named in spoil(books, tmp_path, (statement,))


def test_not_a_store(books, tmp_path):
    world = books[0]
    file = tmp_path / "text.db"
    file.write_text("this is no database")
    world.yiqi("verify", str(file), expect=1)
    world.yiqi("verify", str(tmp_path / "missing.db"), expect=1)
    assert not (tmp_path / "missing.db").exists()
