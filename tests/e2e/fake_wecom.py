#!/usr/bin/python3
"""A strict fake of the WeCom platform, in a process of its own.

    fake_wecom.py CONFIG.json

prints one line of JSON with the two loopback ports it serves: `port` is what the program under test calls `api_base`; `control` is for
the tests (fake_control.py). Every breach of the protocol by the program is kept as a violation; tests assert that there are none."""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from fake_control import Control
from fake_state import Platform
from wecom_cards import Refused

# Errcodes that say nothing against the program: busy, pace (kept as its own violation), tokens, people who cannot be reached.
BLAMELESS = {-1, 40014, 42001, 45009, 81013}
POSTS = {
    "/cgi-bin/message/send": "message/send",
    "/cgi-bin/message/update_template_card": "message/update_template_card",
    "/cgi-bin/webhook/send": "webhook/send",
    "/cgi-bin/aibot/response": "aibot/response",
}
GETS = {"/cgi-bin/gettoken": "gettoken", "/cgi-bin/media/get": "media/get", "/cgi-bin/getcallbackip": "getcallbackip"}


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    platform = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.serve(GETS)

    def do_POST(self):
        self.serve(POSTS)

    def do_PUT(self):
        self.serve({})

    def serve(self, table):
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        length = self.headers.get("Content-Length")
        raw = self.rfile.read(int(length)) if length else b""
        if self.path.startswith("/files/"):
            return self.answer_file(url.path.removeprefix("/files/"))
        api = table.get(url.path)
        platform = self.platform
        with platform.lock:
            platform.counts[api or "unknown"] = platform.counts.get(api or "unknown", 0) + 1
            if api is None:
                platform.violate("unknown_call", f"{self.command} {url.path}")
                return self.answer_json({"errcode": 40066, "errmsg": "invalid url"}, status=404)
            group = platform.robots.get(query.get("key")) if api == "webhook/send" else None
            fault = platform.take_fault(api, group, self.addressees(raw))
        self.act(api, query, raw, fault)

    @staticmethod
    def addressees(raw):
        try:
            return json.loads(raw).get("touser", "").split("|")
        except (ValueError, AttributeError):
            return []

    def act(self, api, query, raw, fault):
        kind = fault["do"] if fault else None
        accepts = kind in (None, "slow", "close_after") or (fault or {}).get("accept", False)
        if kind == "slow":
            time.sleep(fault["seconds"])
        answer = None
        with self.platform.lock:
            if accepts:
                answer = self.obey(api, query, raw)
            else:
                self.note_refused(api, query, raw, fault)
            if fault and api == "gettoken" and kind != "slow":
                self.platform.refresh_allowed = True
        if kind in ("close_before", "close_after"):
            self.close_connection = True
            return None
        if kind == "status":
            return self.answer_bytes(b"<html><body>bad gateway</body></html>", "text/html", fault["status"])
        if kind == "garbage":
            return self.answer_bytes(b"\x00\xff{{{not json", "application/json", 200)
        if kind == "errcode":
            return self.answer_json({"errcode": fault["errcode"], "errmsg": "injected"})
        if isinstance(answer, tuple):
            return self.answer_bytes(*answer)
        return self.answer_json(answer)

    def note_refused(self, api, query, raw, fault):
        platform = self.platform
        if fault["do"] == "errcode" and fault["errcode"] in (40014, 42001, 40001):
            platform.refresh_allowed = True
        if fault["do"] == "errcode" and fault["errcode"] == 45009 and "pause" in fault:
            platform.robot_paused_until[query.get("key")] = time.time() + fault["pause"]
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = None
        fields = {"group": platform.robots.get(query.get("key"))} if api == "webhook/send" else {"users": self.addressees(raw)}
        platform.record(api, errcode=fault.get("errcode"), injected=fault["do"], body=body, **fields)

    def obey(self, api, query, raw):
        platform = self.platform
        entry = None if api in ("gettoken", "getcallbackip") else platform.record(api)
        try:
            if self.command == "POST" and not self.headers.get("Content-Type", "").startswith("application/json"):
                platform.violate("content_type", f"{api}: {self.headers.get('Content-Type')}")
            if api == "gettoken":
                return platform.get_token(query.get("corpid"), query.get("corpsecret"))
            if api == "message/send":
                return platform.send_app(query.get("access_token"), raw, entry)
            if api == "message/update_template_card":
                return platform.update_card(query.get("access_token"), raw, entry)
            if api == "webhook/send":
                return platform.send_robot(query.get("key"), raw, entry)
            if api == "aibot/response":
                return platform.answer_late(query.get("response_code"), raw, entry)
            platform.agent_of(query.get("access_token"))
            if api == "getcallbackip":
                return {"errcode": 0, "errmsg": "ok", "ip_list": ["127.0.0.1"]}
            return self.media(query.get("media_id"))
        except Refused as refused:
            if entry is not None:
                entry["errcode"] = refused.errcode
            if refused.errcode not in BLAMELESS:
                platform.violate("refused", f"{api}: {refused} {raw[:2000].decode(errors='replace')}")
            return {"errcode": refused.errcode, "errmsg": refused.errmsg}

    def media(self, media_id):
        if media_id not in self.platform.media:
            raise Refused(40007, "invalid media_id")
        content, content_type = self.platform.media[media_id]
        return content, content_type, 200

    def answer_file(self, name):
        with self.platform.lock:
            found = self.platform.media.get(name)
        return self.answer_bytes(*(found or (b"", "text/plain")), 200 if found else 404)

    def answer_json(self, body, status=200):
        self.answer_bytes(json.dumps(body, ensure_ascii=False).encode(), "application/json; charset=UTF-8", status)

    def answer_bytes(self, content, content_type, status):
        try:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            if content_type.startswith("image/"):
                self.send_header("Content-Disposition", 'attachment; filename="picture.jpg"')
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the program gave up waiting


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        platform = Platform(json.load(file))
    Api.platform = Control.platform = platform
    api, control = Server(("127.0.0.1", 0), Api), Server(("127.0.0.1", 0), Control)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    Control.base = f"http://127.0.0.1:{api.server_port}"
    print(json.dumps({"port": api.server_port, "control": control.server_port}), flush=True)
    api.serve_forever()


if __name__ == "__main__":
    main()
