"""The fake platform must be as strict as the original: what it should refuse, it refuses, and keeps as a violation."""

import json
import http.client

import pytest

from wecom_client import Wire
from world import AGENT, CORP, Fake


@pytest.fixture
def fake(tmp_path):
    fake = Fake(tmp_path, ["u1", "u2"], {"CG-1": "KEY-1"})
    yield fake
    fake.close()


class Caller:
    """Calls the fake as the program would."""

    def __init__(self, fake):
        self.fake = fake
        host, port = fake.base.removeprefix("http://").split(":")
        self.wire = Wire(host, int(port))
        self.token = self.get_token()["access_token"]

    def call(self, path, body=None, raw=None):
        raw = raw if raw is not None else json.dumps(body, ensure_ascii=False).encode()
        return json.loads(self.wire.request("POST", path, raw, {"Content-Type": "application/json"}).body)

    def get_token(self, secret=None):
        path = f"/cgi-bin/gettoken?corpid={CORP}&corpsecret={secret or self.fake.secret}"
        return json.loads(self.wire.request("GET", path).body)

    def send(self, **body):
        return self.call(f"/cgi-bin/message/send?access_token={self.token}", {"agentid": AGENT, **body})

    def post(self, body, key="KEY-1"):
        return self.call(f"/cgi-bin/webhook/send?key={key}", body)


def text(content="你好", user="u1"):
    return {"touser": user, "msgtype": "text", "text": {"content": content}}


def vote(task_id="t1", **changes):
    card = {"card_type": "vote_interaction", "main_title": {"title": "T"}, "task_id": task_id, "submit_button": {"text": "投票", "key": "s"},
            "checkbox": {"question_key": "q", "mode": 0, "option_list": [{"id": "a", "text": "A"}]}}
    return {"touser": "u1", "msgtype": "template_card", "template_card": {k: v for k, v in {**card, **changes}.items() if v is not None}}


GOOD = {"text": text(), "two_users": text(user="u1|u2"), "markdown": {"touser": "u1", "msgtype": "markdown", "markdown": {"content": "**a**"}},
        "vote": vote(),
        "notice": {"touser": "u1", "msgtype": "template_card", "template_card": {
            "card_type": "text_notice", "main_title": {"title": "T"}, "card_action": {"type": 1, "url": "https://a.example/"}}}}
BAD = {
    "no_receiver": ({"msgtype": "text", "text": {"content": "a"}}, 82001),
    "too_long": (text("长" * 683), 45002),
    "empty": (text(" "), 44004),
    "msgtype": ({"touser": "u1", "msgtype": "interactive"}, 40008),
    "task_id_missing": (vote(task_id=None), 42014),
    "task_id_illegal": (vote(task_id="表决1"), 42014),
    "no_title": (vote(main_title={"desc": "x"}), 41016),
    "no_submit": (vote(submit_button=None), 42046),
    "no_options": (vote(checkbox={"question_key": "q", "option_list": []}), 42037),
    "option_text": (vote(checkbox={"question_key": "q", "option_list": [{"id": "a"}]}), 42041),
    "seven_facts": (vote(horizontal_content_list=[{"keyname": "k", "value": "v"}] * 7), 42035),
    "fact_without_name": (vote(horizontal_content_list=[{"value": "v"}]), 42027),
    "notice_without_action": ({"touser": "u1", "msgtype": "template_card", "template_card": {
        "card_type": "text_notice", "main_title": {"title": "T"}}}, 42045),
    "repeated_key": ({"touser": "u1", "msgtype": "template_card", "template_card": {
        "card_type": "button_interaction", "main_title": {"title": "T"}, "task_id": "x",
        "button_list": [{"text": "a", "key": "k"}, {"text": "b", "key": "k"}]}}, 42039),
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_takes(fake, body):
    answer = Caller(fake).send(**body)
    assert (answer["errcode"], answer["invaliduser"]) == (0, "")
    assert ("response_code" in answer) == (body.get("template_card", {}).get("card_type") == "vote_interaction")
    record = fake.received()[-1]
    assert record["delivered"] and record["users"] == body["touser"].split("|")
    assert fake.violations() == []


@pytest.mark.parametrize("body,errcode", BAD.values(), ids=BAD)
def test_refuses(fake, body, errcode):
    assert Caller(fake).send(**body)["errcode"] == errcode
    assert [v["kind"] for v in fake.violations()] == ["refused"]
    assert not fake.received()[-1]["delivered"]


def test_raw_bytes(fake):
    caller = Caller(fake)
    path = f"/cgi-bin/message/send?access_token={caller.token}"
    assert caller.call(path, raw=json.dumps({"agentid": AGENT, **text()}).encode())["errcode"] == 40033
    assert caller.call(path, raw=b'{"agentid":')["errcode"] == 40058
    assert caller.call(path, raw=b'{"agentid":1,"text":"\xff"}')["errcode"] == 40058
    assert caller.call(path, raw=json.dumps(text(), ensure_ascii=False).encode())["errcode"] == 41011
    assert caller.send(**{**text(), "agentid": 1})["errcode"] == 301002
    assert len(fake.violations()) == 5


def test_partial_failure_and_repeats(fake):
    caller = Caller(fake)
    assert caller.send(**text(user="u1|Stranger"))["invaliduser"] == "stranger"
    assert caller.send(**text(user="stranger"))["errcode"] == 81013
    first = caller.send(**text("same"), enable_duplicate_check=1)
    assert caller.send(**text("same"), enable_duplicate_check=1)["msgid"] == first["msgid"]
    assert [r["delivered"] for r in fake.received()] == [True, False, True, False]
    assert fake.violations() == []
    caller.send(**vote("once"))
    assert caller.send(**vote("once", main_title={"title": "other"}))["errcode"] == 42014


def test_tokens(fake):
    caller = Caller(fake)
    fake.post("/tokens", {"do": "revoke"})
    assert caller.send(**text())["errcode"] == 40014
    caller.token = caller.get_token()["access_token"]
    fake.post("/tokens", {"do": "expire"})
    assert caller.send(**text())["errcode"] == 42001
    caller.token = caller.get_token()["access_token"]
    assert caller.send(**text())["errcode"] == 0 and fake.violations() == []
    caller.get_token()
    assert [v["kind"] for v in fake.violations()] == ["needless_gettoken"]
    assert caller.get_token("wrong")["errcode"] == 40001


def test_group_robot(fake):
    caller = Caller(fake)
    markdown = {"msgtype": "markdown", "markdown": {"content": "**表决**"}}
    assert [caller.post(markdown)["errcode"] for _ in range(20)] == [0] * 20
    assert fake.violations() == []
    assert caller.post(markdown)["errcode"] == 45009 and caller.post(markdown)["errcode"] == 45009
    assert [v["kind"] for v in fake.violations()] == ["pace", "no_wait"]
    assert caller.post(markdown, key="other")["errcode"] == 93000
    assert {r["group"] for r in fake.received() if r["delivered"]} == {"CG-1"}


def test_group_robot_takes_no_buttons(fake):
    assert Caller(fake).post({"msgtype": "template_card", "template_card": vote()["template_card"]})["errcode"] == 40008
    assert Caller(fake).post({"msgtype": "markdown", "markdown": {"content": "长" * 1366}})["errcode"] == 40058


def test_one_time_codes(fake):
    caller = Caller(fake)
    code = caller.send(**vote())["response_code"]
    update = {"userids": ["u1"], "agentid": AGENT, "response_code": code, "button": {"replace_name": "已投"}}
    path = f"/cgi-bin/message/update_template_card?access_token={caller.token}"
    assert [caller.call(path, update)["errcode"] for _ in range(2)] == [0, 60140]
    url = fake.post("/response_url", {"single": False, "who": {"group": "CG-1"}})["url"].removeprefix(fake.base)
    reply = {"msgtype": "markdown", "markdown": {"content": "done"}}
    assert [caller.call(url, reply)["errcode"] for _ in range(2)] == [0, 40035]
    assert [v["kind"] for v in fake.violations()] == ["refused", "response_url_reused", "refused"]


def test_faults(fake):
    caller = Caller(fake)
    fake.fault("message/send", "errcode", errcode=45009)
    fake.fault("message/send", "status", status=502)
    fake.fault("message/send", "close_after")
    assert caller.send(**text("a"))["errcode"] == 45009
    with pytest.raises(ValueError):
        caller.send(**text("a"))
    with pytest.raises(http.client.HTTPException):
        caller.wire.drop()
        caller.send(**text("a"))
    assert caller.send(**text("b"))["errcode"] == 0
    assert [(r.get("injected"), r["delivered"]) for r in fake.received()] == [
        ("errcode", False), ("status", False), (None, True), (None, True)]
    assert fake.violations() == []


def test_unknown_call(fake):
    Caller(fake).call("/cgi-bin/message/recall", {})
    assert [v["kind"] for v in fake.violations()] == ["unknown_call"]
