"""The door through which tests look into the fake platform and tell it to misbehave."""

import base64
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit


class Control(BaseHTTPRequestHandler):
    """GET /received?after=N&wait=S, /violations, /counts; POST what the methods named `post_…` take."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    platform = None
    base = ""

    def log_message(self, *_):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        platform = self.platform
        with platform.lock:
            if url.path == "/received":
                after, until = int(query.get("after", 0)), time.time() + float(query.get("wait", 0))
                while len(platform.records) <= after and time.time() < until:
                    platform.lock.wait(until - time.time())
                return self.answer(platform.records[after:])
            if url.path == "/violations":
                return self.answer(platform.violations)
            if url.path == "/counts":
                return self.answer({**platform.counts, "tokens_issued": platform.tokens_issued})
            if url.path == "/faults":
                return self.answer(platform.faults)
        return self.answer({"error": "no such door"}, 404)

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.loads(raw) if raw else None
        action = getattr(self, "post_" + urlsplit(self.path).path.strip("/"), None)
        if action is None:
            return self.answer({"error": "no such door"}, 404)
        with self.platform.lock:
            return self.answer(action(body) or {})

    def post_faults(self, faults):
        """Adds faults: {api, do: slow|status|errcode|garbage|close_before|close_after, count (-1: until cleared), skip, group, user, …}."""
        self.platform.faults += [{"count": 1, **fault} for fault in faults]

    def post_clear_faults(self, _):
        self.platform.faults.clear()

    def post_tokens(self, body):
        for state in self.platform.tokens.values():
            if body["do"] == "revoke":
                state["revoked"] = True
            else:
                state["expires_at"] = time.time() - 1

    def post_forgive(self, _):
        """A test provoked violations, has looked at them, and starts from a clean sheet."""
        self.platform.violations.clear()

    def post_epoch(self, _):
        """The program was started anew: it may ask for a token once more."""
        self.platform.refresh_allowed = True

    def post_response_url(self, body):
        code = secrets.token_urlsafe(24)
        self.platform.response_urls[code] = {"single": body["single"], "used": False, "who": body.get("who", {}),
                                             "expires_at": time.time() + (-1 if body.get("expired") else 3600)}
        return {"url": f"{self.base}/cgi-bin/aibot/response?response_code={code}"}

    def post_click(self, body):
        """A member clicked on a card: the platform makes a new one-time code for it."""
        return {"response_code": self.platform.new_response_code(body["agent"], body["task_id"])}

    def post_media(self, body):
        media_id = body.get("media_id") or secrets.token_urlsafe(16)
        self.platform.media[media_id] = (base64.b64decode(body["base64"]), body["content_type"])
        return {"media_id": media_id, "url": f"{self.base}/files/{media_id}"}

    def post_robots(self, body):
        self.platform.robots[body["key"]] = body["group"]

    def post_users(self, body):
        self.platform.users |= {user.lower() for user in body.get("add", [])}
        self.platform.users -= {user.lower() for user in body.get("remove", [])}

    def answer(self, body, status=200):
        content = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
