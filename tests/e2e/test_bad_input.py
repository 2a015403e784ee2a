"""What strangers and broken senders can throw at the callback doors: refused early and clearly, without an effect, and the program serves
on. One world for all; after every case an honest message must still be answered."""

import base64
import itertools
import json
import socket
import time

import pytest

import house_rules
from wecom_crypto import Crypto
from world import CORP

LIMIT = 256 * 1024
REFUSED = range(400, 500)
FRESH = itertools.count(0)


@pytest.fixture(scope="module", autouse=True)
def clean_end(story):
    yield
    house_rules.check_groups(story)
    house_rules.check_platform(story)
    house_rules.check_logs(story)
    story.stop()
    story.yiqi("verify")


@pytest.fixture
def served(story):
    """The world; afterwards it must still answer, and nothing may have been entered in the books."""
    before = story.api("ledger/head")
    yield story
    assert story.api("ledger/head") == before, "something took effect"
    user = story.district.user_ids()[next(FRESH) % 300]
    assert not story.say(user, "帮助").empty


def refuses(world, callback, statuses=REFUSED):
    answer = world.wire.deliver(callback)
    world.wire.drop()
    assert answer.status in statuses, f"{answer.status} {answer.body[:200]!r}"
    assert len(answer.body) < 2048, "a refusal is short"
    return answer


def acknowledges_empty(world, callback):
    answer = world.wire.deliver(callback)
    assert (answer.status, answer.body) == (200, b""), f"{answer.status} {answer.body[:200]!r}"


def proposal(world, user="u0155"):
    return world.app.text(user, "提议 井边加个盖子，孩子常在那里玩")


# -- the signature ------------------------------------------------------------------------------------------------------

SPOILT_QUERIES = {
    "unsigned": {"msg_signature": None},
    "empty_signature": {"msg_signature": ""},
    "wrong_signature": {"msg_signature": "0" * 40},
    "short_signature": {"msg_signature": "0123456789abcdef"},
    "no_timestamp": {"timestamp": None},
    "no_nonce": {"nonce": None},
    "other_timestamp": {"timestamp": "1700000000"},
    "other_nonce": {"nonce": "1"},
    "timestamp_is_text": {"timestamp": "now"},
}


@pytest.mark.parametrize("changes", SPOILT_QUERIES.values(), ids=SPOILT_QUERIES)
def test_signature(served, changes):
    refuses(served, proposal(served).asking(**changes))
    refuses(served, served.bot.text("u0155", "@小邻 提议 井边加个盖子", "CG-G12").asking(**changes))


def test_signature_of_one_digit(served):
    callback = proposal(served)
    good = callback.query["msg_signature"]
    refuses(served, callback.asking(msg_signature=good[:-1] + ("0" if good[-1] != "0" else "1")))


@pytest.mark.parametrize("age", (-86400, 86400), ids=("a_day_late", "a_day_early"))
def test_signed_at_another_time(served, age):
    plain = served.app.plain("u0155", "text", "<Content>提议 井边加个盖子，孩子常在那里玩</Content>")
    refuses(served, served.app.seal(plain, timestamp=int(time.time()) + age))


def test_verification(served):
    answer = served.wire.deliver(served.app.verification("1616140317555161061"))
    assert (answer.status, answer.body) == (200, b"1616140317555161061") and answer.seconds < 1
    answer = served.wire.deliver(served.bot.verification("echo+/= 回声"))
    assert (answer.status, answer.body.decode()) == (200, "echo+/= 回声")
    refuses(served, served.app.verification().asking(msg_signature="0" * 40))
    refuses(served, served.app.verification().asking(echostr=None))
    strange = Crypto(served.keys["app_token"], served.keys["app_aes"], "ww9999999999999999")
    echo = strange.encrypt(b"1616140317555161061")
    refuses(served, served.app.verification().asking(**served.app.signed(echo), echostr=echo))


# -- the cipher ---------------------------------------------------------------------------------------------------------

def sealed_with(door, encrypt):
    """A well signed envelope around any cipher text."""
    callback = door.seal("<xml></xml>" if door.crypto.receive_id else {"msgtype": "text"})
    body = callback.body.replace(envelope_text(callback).encode(), encrypt.encode())
    return callback.carrying(body).asking(**door.signed(encrypt))


def envelope_text(callback):
    text = callback.body.decode()
    return json.loads(text)["encrypt"] if text.startswith("{") else text.split("<Encrypt><![CDATA[")[1].split("]]>")[0]


def spoilt_ciphers(door):
    crypto, message = door.crypto, b"<xml><MsgType>text</MsgType></xml>"
    whole = crypto.encrypt(message)
    other_key = Crypto(crypto.token, "A" * 42 + "E", crypto.receive_id)
    return {
        "other_key": other_key.encrypt(message),
        "wrong_receiver": wrong_receiver(crypto, message),
        "cut_block": base64.b64encode(base64.b64decode(whole)[:-16]).decode(),
        "odd_length": base64.b64encode(base64.b64decode(whole)[:-5]).decode(),
        "not_base64": "这不是密文",
        "empty": "",
        "pad_zero": crypto.encrypt_blocks(bytes(64)),
        "pad_33": crypto.encrypt_blocks(b"\x21" * 64),
        "frame_of_19": crypto.encrypt_frame(bytes(19)),
        "length_beyond": crypto.encrypt_frame(bytes(16) + b"\xff\xff\xff\xff" + message + crypto.receive_id.encode()),
    }


def wrong_receiver(crypto, message):
    strange = Crypto.__new__(Crypto)
    strange.token, strange.key, strange.receive_id = crypto.token, crypto.key, crypto.receive_id + "x"
    return strange.encrypt(message)


@pytest.mark.parametrize("case", ("other_key", "wrong_receiver", "cut_block", "odd_length", "not_base64", "empty",
                                  "pad_zero", "pad_33", "frame_of_19", "length_beyond"))
@pytest.mark.parametrize("door", ("app", "bot"))
def test_cipher(served, door, case):
    door = getattr(served, door)
    refuses(served, sealed_with(door, spoilt_ciphers(door)[case]))


def test_envelopes(served):
    callback = proposal(served)
    text = callback.body.decode()
    deep = "<a>" * 50_000 + "</a>" * 50_000
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for body in ("", "x", text[:len(text) // 2], text.replace("Encrypt", "encrypted"), deep, "\x00" * 100, "{" * 10_000, "[" * 100_000,
                 "<xml><Encrypt>", "\ufeff", entities + "<xml><Encrypt>&b;</Encrypt></xml>"):
        refuses(served, callback.carrying(body.encode()))
    callback = served.bot.text("u0155", "提议 井边加个盖子，孩子常在那里玩")
    for body in ("", "null", "1", "[]", "{}", '{"encrypt":1}', '{"encrypt":', '{"encrypt":null}', '{"a":' * 20_000 + "1" + "}" * 20_000):
        refuses(served, callback.carrying(body.encode()))


# -- genuine, but not to be read ------------------------------------------------------------------------------------------

HEAD = f"<ToUserName>{CORP}</ToUserName><FromUserName>u0155</FromUserName><CreateTime>1700000000</CreateTime>"
STRANGE_XML = {
    "not_xml": "hello",
    "cut": f"<xml>{HEAD}<MsgType>text</MsgType><Content>提议 井边",
    "empty": "",
    "no_sender": "<xml><MsgType>text</MsgType><Content>提议 井边加个盖子</Content><MsgId>1</MsgId></xml>",
    "unknown_kind": f"<xml>{HEAD}<MsgType>hologram</MsgType><MsgId>2</MsgId></xml>",
    "unknown_event": f"<xml>{HEAD}<MsgType>event</MsgType><Event>kf_msg_or_event</Event></xml>",
    "deep": f"<xml>{HEAD}" + "<a>" * 20_000 + "</a>" * 20_000 + "</xml>",
    "entity": '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
              f"<xml>{HEAD}<MsgType>text</MsgType><Content>&e;</Content><MsgId>3</MsgId></xml>",
    "bomb": '<!DOCTYPE xml [<!ENTITY a "提议 井边加个盖子"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            f"<xml>{HEAD}<MsgType>text</MsgType><Content>&b;</Content><MsgId>4</MsgId></xml>",
    "bad_utf8": b"<xml>" + HEAD.encode() + b"<MsgType>text</MsgType><Content>\xff\xfe\xe6</Content><MsgId>5</MsgId></xml>",
    "nul": b"<xml>" + HEAD.encode() + b"<MsgType>text</MsgType><Content>\x00\x01</Content><MsgId>6</MsgId></xml>",
}


@pytest.mark.parametrize("plain", STRANGE_XML.values(), ids=STRANGE_XML)
def test_strange_xml(served, plain):
    """Well signed and encrypted nonsense: acknowledged and forgotten, or refused; never a fault of ours, and nothing of /etc/passwd."""
    answer = served.wire.deliver(served.app.seal(plain))
    assert answer.status == 200 or answer.status in REFUSED, answer.status
    if answer.status == 200 and answer.body:
        assert "root:" not in served.app.open(answer).text


STRANGE_JSON = {
    "not_json": b"hello",
    "null": b"null",
    "array": b"[1,2]",
    "no_sender": {"msgid": "s1", "chattype": "single", "msgtype": "text", "text": {"content": "提议 井边加个盖子"}},
    "sender_is_number": {"msgid": "s2", "chattype": "single", "from": {"userid": 7}, "msgtype": "text", "text": {"content": "提议"}},
    "text_is_list": {"msgid": "s3", "chattype": "single", "from": {"userid": "u0155"}, "msgtype": "text", "text": ["提议"]},
    "unknown_kind": {"msgid": "s4", "chattype": "single", "from": {"userid": "u0155"}, "msgtype": "hologram"},
    "no_msgid": {"chattype": "single", "from": {"userid": "u0155"}, "msgtype": "text", "text": {"content": "帮助"}},
    "deep": b'{"msgid":"s5","from":' + b'{"a":' * 20_000 + b"1" + b"}" * 20_000 + b"}",
    "lone_surrogate": b'{"msgid":"s6","chattype":"single","from":{"userid":"u0155"},"msgtype":"text","text":{"content":"\\ud800"}}',
    "bad_utf8": b'{"msgid":"s7","chattype":"single","from":{"userid":"u0155"},"msgtype":"text","text":{"content":"\xff\xfe"}}',
    "card_without_items": {"msgid": "s8", "chattype": "single", "from": {"userid": "u0155"}, "msgtype": "event",
                           "event": {"eventtype": "template_card_event", "template_card_event": {"event_key": "x", "task_id": "nobody"}}},
}


@pytest.mark.parametrize("message", STRANGE_JSON.values(), ids=STRANGE_JSON)
def test_strange_json(served, message):
    answer = served.wire.deliver(served.bot.seal(message))
    assert answer.status == 200 or answer.status in REFUSED, answer.status


def test_card_of_somebody_else(served):
    card = {"task_id": "vote-1@nobody", "card_type": "vote_interaction"}
    served.app.open(served.wire.deliver(served.app.click("u0155", card, "submit", "RC_1", {"q": ["for"]})), "u0155")
    for task_id in ("x" * 129, "'; DROP TABLE ballot; --", "表决"):
        answer = served.wire.deliver(served.app.click("u0155", {**card, "task_id": task_id}, "k" * 2000, "RC_2"))
        assert answer.status == 200 or answer.status in REFUSED


# -- size -----------------------------------------------------------------------------------------------------------------

def test_long_texts(served):
    """64 KiB of text is no command, and is answered in time; a callback beyond the limit is refused."""
    served.app.open(served.wire.deliver(served.app.text("u0159", "长" * 21_845)), "u0159")
    served.app.open(served.wire.deliver(served.app.text("u0161", "提议 " + "长" * 21_000)), "u0161")
    callback = served.bot.text("u0164", "@小邻 " + "啊" * 21_000, "CG-G12")
    served.bot.open(served.wire.deliver(callback), callback)
    refuses(served, served.app.text("u0155", "长" * 90_000), (413,))


def raw_exchange(world, data, seconds=15):
    """Sends bytes and returns what comes back until the program closes."""
    with socket.create_connection(("127.0.0.1", world.port), timeout=seconds) as connection:
        connection.sendall(data)
        received = b""
        try:
            while chunk := connection.recv(65536):
                received += chunk
        except (ConnectionResetError, TimeoutError):
            pass
        return received


def test_http_limits(served):
    target = proposal(served).target().encode()
    post = b"POST " + target + b" HTTP/1.1\r\nHost: a\r\n"
    assert raw_exchange(served, post + b"Content-Length: %d\r\n\r\n" % (LIMIT + 1)).split()[1] == b"413"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert raw_exchange(served, post + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 5).split()[1] == b"413"
    assert raw_exchange(served, b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n").split()[1] == b"431"
    assert raw_exchange(served, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200)).split()[1:2] in ([], [b"400"])


def test_slow_request(served):
    """A request that trickles in is cut off after ten seconds."""
    start = time.monotonic()
    data = b"POST " + proposal(served).target().encode() + b" HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"
    answer = raw_exchange(served, data, 20)
    assert 5 < time.monotonic() - start < 15
    assert answer == b"" or answer.split()[1] == b"408"


def test_methods_and_paths(served):
    callback = proposal(served)
    for method in ("PUT", "DELETE", "PATCH"):
        answer = served.wire.request(method, callback.target(), callback.body)
        assert answer.status in (404, 405), f"{method}: {answer.status}"
    for path in ("/webhook/wecom-app/other", "/webhook/wecom-bot/main", "/webhook/nothing/main", "/webhook/wecom-app/..%2fmain"):
        answer = served.wire.request("POST", path + "?" + callback.target().split("?")[1], callback.body)
        assert answer.status in REFUSED, f"{path}: {answer.status}"


# -- who speaks -----------------------------------------------------------------------------------------------------------

def test_strangers(served):
    """An unbound account is told how to bind, alone; in a group it hears nothing of anybody."""
    reply = served.say("nobody-knows-me", "提议 井边加个盖子，孩子常在那里玩")
    assert "绑定" in reply.text
    reply = served.say_in_group("CG-G12", "nobody-knows-me", "赞成 1")
    assert reply.empty or "私聊" in reply.text, reply.text
    reply = served.say_in_group("CG-NOWHERE", "u0155", "附议 99")  # a chat that belongs to nobody
    assert reply.empty or reply.text.strip() == house_rules.NEUTRAL
    served.app.open(served.wire.deliver(served.app.text("u0155'; --", "提议 x")), None)


# -- repeats ----------------------------------------------------------------------------------------------------------------

def test_replay(story):
    """The platform repeats a callback: the stored answer again, one effect. Also with a fresh signature, and by two at once."""
    before = story.api("communities/V2/proposals")["items"]
    callback = proposal(story, "u0170")
    first = story.app.open(story.wire.deliver(callback), "u0170")
    assert not first.empty
    again = callback.asking(**story.app.signed(envelope_text(callback), int(time.time()) + 3, "77"))
    for repeat in (callback, callback, again):
        assert story.app.open(story.wire.deliver(repeat), "u0170").text == first.text
    after = story.api("communities/V2/proposals")["items"]
    assert len(after) == len(before) + 1


def test_replay_to_the_robot(story):
    callback = story.bot.text("u0172", "@小邻 提议 晒谷场装个灯，晚上看不见", "CG-G12")
    story.said.append("晒谷场装个灯，晚上看不见")
    first = story.bot.open(story.wire.deliver(callback), callback)
    size = story.api("ledger/head")["size"]
    for _ in range(3):
        again = story.bot.open(story.wire.deliver(callback), callback)
        assert again.text == first.text
    assert story.api("ledger/head")["size"] == size
    story.group_hears("CG-G12", "【新提议 .*晒谷场")
    assert len([h for h in story.heard_by(group="CG-G12") if h.pushed and "晒谷场" in h.text]) == 1


def test_refusals_are_counted(story):
    counted = {name: value for name, value in story.metrics().items() if name.startswith("yiqi_inbound_total")}
    assert sum(counted.values()) > 50
    assert any("wecom-app" in name for name in counted) and any("wecom-bot" in name for name in counted)
    assert len({name for name, value in counted.items() if value}) >= 4, counted
