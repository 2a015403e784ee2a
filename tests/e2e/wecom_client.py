"""Speaks the callback formats of WeCom to the running program, and checks every answer as the platform would."""

import http.client
import itertools
import json
import secrets
import threading
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from wecom_cards import visible_text
from wecom_crypto import Broken, Crypto
from wecom_messages import check_robot_reply

REPLY_LIMIT_S = 5.0
NUMBERS = itertools.count(int(time.time()) * 1_000_000)  # message ids: never the same in two runs on one store


@dataclass(frozen=True)
class Callback:
    """One request as it goes over the wire. Tests repeat it, or spoil a copy of it."""

    path: str
    query: dict
    body: bytes
    method: str = "POST"
    headers: dict = field(default_factory=lambda: {"Content-Type": "text/xml"})

    def target(self):
        return self.path + "?" + urlencode(self.query)

    def asking(self, **changes):
        """A copy with other query values; None removes one."""
        query = {**self.query, **changes}
        return replace(self, query={name: value for name, value in query.items() if value is not None})

    def carrying(self, body):
        return replace(self, body=body)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    body: bytes
    seconds: float


@dataclass(frozen=True)
class Reply:
    """A passive reply, decrypted and checked. `kind` is empty, text, stream, template_card, update_button or update_template_card."""

    kind: str
    text: str
    content: object = None

    @property
    def empty(self):
        return self.kind == "empty" or self.text.strip() == ""


class Wire:
    """Keep-alive connections to the program, one a thread."""

    def __init__(self, host, port):
        self.host, self.port, self.local = host, port, threading.local()

    def connection(self):
        if getattr(self.local, "connection", None) is None:
            self.local.connection = http.client.HTTPConnection(self.host, self.port, timeout=REPLY_LIMIT_S + 5)
        return self.local.connection

    def drop(self):
        if getattr(self.local, "connection", None) is not None:
            self.local.connection.close()
            self.local.connection = None

    def request(self, method, target, body=None, headers=None):
        """One exchange. A connection that the program had closed while idle is opened anew once; every other failure is raised."""
        for last in (False, True):
            connection, fresh, start = self.connection(), self.connection().sock is None, time.monotonic()
            try:
                connection.request(method, target, body, headers or {})
                response = connection.getresponse()
                content = response.read()
                return Answer(response.status, dict(response.getheaders()), content, time.monotonic() - start)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.drop()
                if fresh or last:
                    raise
            except (OSError, http.client.HTTPException):
                self.drop()
                raise
        raise AssertionError("unreachable")

    def deliver(self, callback):
        return self.request(callback.method, callback.target(), callback.body, callback.headers)


def cdata(text):
    return "<![CDATA[" + str(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


class Door:
    """What both kinds of doors share: sealing, delivering, opening the answer."""

    def __init__(self, wire, path, crypto):
        self.wire, self.path, self.crypto = wire, path, crypto

    def signed(self, encrypt, timestamp=None, nonce=None):
        timestamp, nonce = str(timestamp or int(time.time())), nonce or str(secrets.randbelow(10**10))
        return {"msg_signature": self.crypto.signature(timestamp, nonce, encrypt), "timestamp": timestamp, "nonce": nonce}

    def verification(self, echo="1616140317555161061"):
        encrypt = self.crypto.encrypt(echo.encode())
        return Callback(self.path, {**self.signed(encrypt), "echostr": encrypt}, b"", "GET", {})

    def acknowledged(self, answer):
        """Checks the frame of an answer: in time and 200. Returns its body."""
        assert answer.status == 200, f"callback answered {answer.status}: {answer.body[:300]!r}"
        assert answer.seconds < REPLY_LIMIT_S, f"callback answered after {answer.seconds:.1f} s"
        return answer.body


class AppDoor(Door):
    """Callbacks of a self-built app: XML, receiveid is the corporation."""

    def __init__(self, wire, name, token, aes_key, corp_id, agent_id):
        super().__init__(wire, f"/webhook/wecom-app/{name}", Crypto(token, aes_key, corp_id))
        self.corp_id, self.agent_id = corp_id, agent_id

    def plain(self, user, kind, inner, msg_id=None, created=None):
        number = "" if kind == "event" else f"<MsgId>{msg_id or next(NUMBERS)}</MsgId>"
        return (f"<xml><ToUserName>{cdata(self.corp_id)}</ToUserName><FromUserName>{cdata(user)}</FromUserName>"
                f"<CreateTime>{created or int(time.time())}</CreateTime><MsgType>{cdata(kind)}</MsgType>{inner}{number}"
                f"<AgentID>{self.agent_id}</AgentID></xml>")

    def seal(self, plain, timestamp=None, nonce=None):
        encrypt = self.crypto.encrypt(plain.encode() if isinstance(plain, str) else plain)
        body = (f"<xml><ToUserName>{cdata(self.corp_id)}</ToUserName><AgentID>{cdata(self.agent_id)}</AgentID>"
                f"<Encrypt>{cdata(encrypt)}</Encrypt></xml>")
        return Callback(self.path, self.signed(encrypt, timestamp, nonce), body.encode())

    def text(self, user, content, msg_id=None):
        return self.seal(self.plain(user, "text", f"<Content>{cdata(content)}</Content>", msg_id))

    def image(self, user, media_id, url, msg_id=None):
        return self.seal(self.plain(user, "image", f"<PicUrl>{cdata(url)}</PicUrl><MediaId>{cdata(media_id)}</MediaId>", msg_id))

    def voice(self, user, media_id, msg_id=None):
        return self.seal(self.plain(user, "voice", f"<MediaId>{cdata(media_id)}</MediaId><Format>{cdata('amr')}</Format>", msg_id))

    def enter(self, user):
        return self.seal(self.plain(user, "event", f"<Event>{cdata('enter_agent')}</Event><EventKey></EventKey>"))

    def click(self, user, card, key, response_code, chosen=None, created=None):
        """A press of `key` on a card that was sent to `user`; `chosen` maps question keys to option ids."""
        items = "".join(f"<SelectedItem><QuestionKey>{cdata(question)}</QuestionKey><OptionIds>"
                        + "".join(f"<OptionId>{cdata(option)}</OptionId>" for option in options) + "</OptionIds></SelectedItem>"
                        for question, options in (chosen or {}).items())
        inner = (f"<Event>{cdata('template_card_event')}</Event><EventKey>{cdata(key)}</EventKey>"
                 f"<TaskId>{cdata(card['task_id'])}</TaskId><CardType>{cdata(card['card_type'])}</CardType>"
                 f"<ResponseCode>{cdata(response_code)}</ResponseCode>"
                 + (f"<SelectedItems>{items}</SelectedItems>" if items else ""))
        return self.seal(self.plain(user, "event", inner, created=created))

    def open(self, answer, user=None):
        """The reply in an answer. Every deviation from the protocol is an AssertionError."""
        body = self.acknowledged(answer)
        if not body:
            return Reply("empty", "")
        envelope = {child.tag: child.text or "" for child in ET.fromstring(body.decode("utf-8"))}
        assert set(envelope) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}, f"reply envelope {sorted(envelope)}"
        expected = self.crypto.signature(envelope["TimeStamp"], envelope["Nonce"], envelope["Encrypt"])
        assert envelope["MsgSignature"] == expected, "signature of the passive reply"
        assert abs(int(envelope["TimeStamp"]) - time.time()) < 3600, "TimeStamp of the passive reply"
        return self.open_plain(self.unsealed(envelope["Encrypt"]), user)

    def unsealed(self, encrypt):
        try:
            return self.crypto.decrypt(encrypt).decode("utf-8")
        except Broken as broken:
            raise AssertionError(f"passive reply: {broken}") from broken

    def open_plain(self, plain, user):
        inner = ET.fromstring(plain)
        fields = {child.tag: child.text or "" for child in inner}
        assert fields.get("FromUserName") == self.corp_id, "FromUserName of a passive reply is the corporation"
        assert user is None or fields.get("ToUserName", "").lower() == user.lower(), "passive reply to somebody else"
        assert fields.get("CreateTime", "").isdigit(), "CreateTime"
        kind = fields.get("MsgType")
        if kind == "text":
            assert 0 < len(fields["Content"].encode()) <= 2048, f"text reply of {len(fields['Content'].encode())} bytes"
            return Reply(kind, fields["Content"], inner)
        if kind == "update_button":
            text = inner.findtext("Button/ReplaceName")
            assert text, "update_button without ReplaceName"
            return Reply(kind, text, inner)
        assert kind == "update_template_card", f"{kind} is no passive type"
        assert inner.find("TemplateCard/CardType") is not None, "update_template_card without CardType"
        return Reply(kind, "\n".join(text.strip() for text in inner.find("TemplateCard").itertext() if text.strip()), inner)


class RobotDoor(Door):
    """Callbacks of a smart robot: JSON, empty receiveid. `make_response_url(single, who)` asks the fake platform for a one-time URL."""

    def __init__(self, wire, name, token, aes_key, make_response_url):
        super().__init__(wire, f"/webhook/wecom-bot/{name}", Crypto(token, aes_key, ""))
        self.make_response_url = make_response_url

    def plain(self, user, group, fields):
        who = {"group": group} if group else {"users": [user]}
        return {"msgid": f"CAIQ{next(NUMBERS)}", "aibotid": "AIBOTID1", "chattype": "group" if group else "single",
                **({"chatid": group} if group else {}), "from": {"userid": user},
                "response_url": self.make_response_url(not group, who), **fields}

    def seal(self, message, timestamp=None, nonce=None):
        plain = message if isinstance(message, bytes) else json.dumps(message, ensure_ascii=False).encode()
        encrypt = self.crypto.encrypt(plain)
        body = json.dumps({"encrypt": encrypt}).encode()
        return Callback(self.path, self.signed(encrypt, timestamp, nonce), body, headers={"Content-Type": "application/json"})

    def text(self, user, content, group=None):
        return self.seal(self.plain(user, group, {"msgtype": "text", "text": {"content": content}}))

    def quoting(self, user, content, quoted, group):
        quote = {"msgtype": "text", "text": {"content": quoted}}
        return self.seal(self.plain(user, group, {"msgtype": "text", "text": {"content": content}, "quote": quote}))

    def image(self, user, url):
        return self.seal(self.plain(user, None, {"msgtype": "image", "image": {"url": url}}))

    def voice(self, user, transcript):
        return self.seal(self.plain(user, None, {"msgtype": "voice", "voice": {"content": transcript}}))

    def enter(self, user):
        return self.seal(self.plain(user, None, {"msgtype": "event", "create_time": int(time.time()), "event": {"eventtype": "enter_chat"}}))

    def click(self, user, card, key, chosen=None, group=None):
        event = {"card_type": card["card_type"], "event_key": key, "task_id": card["task_id"]}
        if chosen:
            event["selected_items"] = {"selected_item": [{"question_key": question, "option_ids": {"option_id": options}}
                                                         for question, options in chosen.items()]}
        return self.seal(self.plain(user, group, {"msgtype": "event", "create_time": int(time.time()),
                                                  "event": {"eventtype": "template_card_event", "template_card_event": event}}))

    def open(self, answer, callback, answer_to="message", single=False):
        body = self.acknowledged(answer)
        if not body:
            return Reply("empty", "")
        envelope = json.loads(body.decode("utf-8"))
        assert set(envelope) == {"encrypt", "msgsignature", "timestamp", "nonce"}, f"reply envelope {sorted(envelope)}"
        assert isinstance(envelope["timestamp"], int), "timestamp must be an integer"
        assert envelope["nonce"] == callback.query["nonce"], "nonce of the request must be repeated"
        expected = self.crypto.signature(envelope["timestamp"], envelope["nonce"], envelope["encrypt"])
        assert envelope["msgsignature"] == expected, "signature of the passive reply"
        try:
            reply = json.loads(self.crypto.decrypt(envelope["encrypt"]).decode("utf-8"))
        except Broken as broken:
            raise AssertionError(f"passive reply: {broken}") from broken
        lines = check_robot_reply(reply, answer_to, single)
        return Reply(reply.get("msgtype") or "update_template_card", "\n".join(lines), reply)


__all__ = ["Answer", "AppDoor", "Callback", "Door", "Reply", "RobotDoor", "Wire", "visible_text"]
