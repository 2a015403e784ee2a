"""What must hold after every story, whatever was played: privacy in groups, a platform without complaints, clean logs."""

import re

FLAT = re.compile(r"\d+\s*[栋幢]\s*\d+\s*单元\s*\d+|\d{3,4}\s*室|幸福里(聚居点)?\s*\d+\s*号|\b\d+-\d+-\d{3,4}\b")
PHONE = re.compile(r"\b1[3-9]\d{9}\b|\d{3}\*{4}\d{4}")
NEUTRAL = "已记下，详情请私聊我。"


def check_groups(world):
    """No personal name, flat, phone or single ballot in anything that a group could read; passive replies there are two lines at most."""
    world.listen()
    names = world.district.names()
    for heard in world.heard:
        if not heard.group:
            continue
        where = f"{heard.group} ({'push' if heard.pushed else 'passive'}): {heard.text!r}"
        assert not [name for name in names if name in heard.text], f"a name in {where}"
        assert not FLAT.search(heard.text), f"a flat in {where}"
        assert not PHONE.search(heard.text), f"a phone in {where}"
        assert "一票：" not in heard.text, f"a ballot in {where}"
        if not heard.pushed:
            assert len(heard.text.strip().splitlines()) <= 2, f"more than two lines in {where}"


def check_platform(world):
    assert world.fake.violations() == [], world.fake.violations()


def check_logs(world):
    """No secret, name, phone or message text in the log at its normal level."""
    log = world.log()
    codes = [r["body"].get("response_code") for r in world.fake.received() if r.get("body") and r["body"].get("response_code")]
    for kind, words in (("secret", [*world.keys.values(), world.fake.secret, *world.robots.values(), *codes]),
                        ("name", world.district.names()), ("phone", world.district.phones()),
                        ("message", [text for text in world.said if len(text) >= 4])):
        found = [word for word in words if word in log]
        assert not found, f"{kind} in the log: {found[:3]}"
    assert "access_token" not in log and "response_code=" not in log


def check_all(world):
    check_groups(world)
    check_platform(world)
    check_logs(world)
