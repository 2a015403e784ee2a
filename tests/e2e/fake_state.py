"""State and rules of the fake WeCom platform: tokens, receivers, pace, faults, and the record of everything that came in."""

import secrets
import threading
import time
from collections import deque

from wecom_cards import INTERACTIVE, Refused, check_card, need
from wecom_messages import check_active_reply, check_app_message, check_group_robot_message, parse_body

MINUTE = 60.0


class Platform:
    """One corporation. Every method that changes something is called with `lock` held."""

    def __init__(self, config):
        self.lock = threading.Condition()
        self.corp_id = config["corp_id"]
        self.apps = {int(agent): dict(app) for agent, app in config["apps"].items()}
        self.users = {user.lower() for user in config["users"]}
        self.robots = dict(config["robots"])  # key -> group; None: removed from its group
        self.robot_per_minute = config.get("robot_per_minute", 20)
        self.member_per_minute = config.get("member_per_minute", 30)
        self.token_seconds = config.get("token_seconds", 7200)
        self.tokens = {}  # token -> {agent, expires_at, revoked}
        self.tokens_issued = 0
        self.refresh_allowed = True
        self.records = []
        self.violations = []
        self.faults = []
        self.counts = {}
        self.paces = {}
        self.robot_paused_until = {}
        self.bad_secrets = deque()
        self.task_ids = set()
        self.response_codes = {}  # code -> {agent, task_id, expires_at, used}
        self.response_urls = {}  # code -> {single, expires_at, used}
        self.recent_bodies = {}  # (agent, body) -> (time, msgid)
        self.media = {}

    # -- the record -------------------------------------------------------------------------------------------------

    def violate(self, kind, detail):
        self.violations.append({"kind": kind, "detail": detail, "at": time.time()})

    def record(self, api, **fields):
        entry = {"seq": len(self.records) + 1, "at": time.time(), "api": api, "errcode": 0, "delivered": False, **fields}
        self.records.append(entry)
        self.lock.notify_all()
        return entry

    # -- faults -----------------------------------------------------------------------------------------------------

    def take_fault(self, api, group=None, users=()):
        for fault in self.faults:
            if fault["count"] == 0 or fault["api"] not in ("*", api):
                continue
            if fault.get("group") not in (None, group) or (fault.get("user") and fault["user"] not in users):
                continue
            if fault.get("skip", 0) > 0:
                fault["skip"] -= 1
                continue
            fault["count"] -= 1 if fault["count"] > 0 else 0
            fault["hits"] = fault.get("hits", 0) + 1
            return fault
        return None

    # -- tokens -----------------------------------------------------------------------------------------------------

    def get_token(self, corp_id, secret):
        need(corp_id, 41002, "corpid missing")
        need(secret, 41004, "corpsecret missing")
        need(corp_id == self.corp_id, 40013, "invalid corpid")
        agent = next((agent for agent, app in self.apps.items() if app["secret"] == secret), None)
        now = time.time()
        if agent is None:
            self.bad_secrets.append(now)
            while self.bad_secrets and self.bad_secrets[0] < now - MINUTE:
                self.bad_secrets.popleft()
            if len(self.bad_secrets) > 3:
                self.violate("hammering", "gettoken with a wrong secret again and again")
            raise Refused(40001, "invalid credential")
        valid = [(t, v) for t, v in self.tokens.items() if v["agent"] == agent and not v["revoked"] and v["expires_at"] > now]
        if valid and valid[0][1]["expires_at"] - now > 600 and not self.refresh_allowed:
            self.violate("needless_gettoken", "a token with more than ten minutes of life was asked for again in the same run")
        self.refresh_allowed = False
        if not valid or valid[0][1]["expires_at"] - now < 300:
            valid = [(secrets.token_urlsafe(90), {"agent": agent, "expires_at": now + self.token_seconds, "revoked": False})]
            self.tokens[valid[0][0]] = valid[0][1]
        self.tokens_issued += 1
        token, state = valid[0]
        return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": int(state["expires_at"] - now)}

    def agent_of(self, token):
        need(token, 41001, "access_token missing")
        state = self.tokens.get(token)
        self.refresh_allowed = self.refresh_allowed or state is None or state["revoked"] or state["expires_at"] <= time.time()
        need(state is not None and not state["revoked"], 40014, "invalid access_token")
        need(state["expires_at"] > time.time(), 42001, "access_token expired")
        return state["agent"]

    # -- pace -------------------------------------------------------------------------------------------------------

    def within_pace(self, key, limit):
        """Counts one more in the sliding minute of `key`; False when it would be over the limit."""
        now, times = time.time(), self.paces.setdefault(key, deque())
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if len(times) >= limit:
            return False
        times.append(now)
        return True

    # -- calls ------------------------------------------------------------------------------------------------------

    def send_app(self, token, raw, entry):
        agent = self.agent_of(token)
        body = parse_body(raw)
        entry["body"] = body
        users, lines, task_id = check_app_message(body, agent, self.apps[agent].get("callback", True))
        users = sorted(self.users) if users == ["@all"] else users
        entry.update(agent=agent, users=users, msgtype=body["msgtype"], text="\n".join(lines), task_id=task_id)
        unknown = [user for user in users if user.lower() not in self.users]
        need(len(unknown) < len(users), 81013, "all receivers invalid")
        answer = {"errcode": 0, "errmsg": "ok", "invaliduser": "|".join(u.lower() for u in unknown), "invalidparty": "",
                  "invalidtag": "", "unlicenseduser": "", "msgid": secrets.token_hex(12)}
        same = (agent, raw)
        seen = self.recent_bodies.get(same)
        if body.get("enable_duplicate_check") and seen and time.time() - seen[0] < body.get("duplicate_check_interval", 1800):
            entry.update(suppressed=True, users=[])
            answer["msgid"] = seen[1]
            return answer
        need(task_id is None or (agent, task_id) not in self.task_ids, 42014, "task_id was used before")
        self.recent_bodies[same] = (time.time(), answer["msgid"])
        if task_id is not None:
            self.task_ids.add((agent, task_id))
            if body["template_card"]["card_type"] in INTERACTIVE:
                answer["response_code"] = self.new_response_code(agent, task_id)
        reached = []
        for user in users:
            if user in unknown:
                continue
            if self.within_pace(("member", agent, user.lower()), self.member_per_minute):
                reached.append(user)
            else:
                self.violate("member_flood", f"more than {self.member_per_minute} a minute to {user}")
        entry.update(users=reached, delivered=bool(reached), invalid=unknown)
        return answer

    def new_response_code(self, agent, task_id):
        code = secrets.token_urlsafe(32)
        self.response_codes[code] = {"agent": agent, "task_id": task_id, "expires_at": time.time() + 72 * 3600, "used": False}
        return code

    def update_card(self, token, raw, entry):
        agent = self.agent_of(token)
        body = parse_body(raw)
        entry["body"] = body
        need("agentid" in body, 41011, "agentid missing")
        need(body["agentid"] == agent, 301002, "token has no right to this agentid")
        state = self.response_codes.get(body.get("response_code"))
        need(state and not state["used"] and state["expires_at"] > time.time(), 60140, "bad response_code")
        need(state["agent"] == agent, 42015, "card was sent by another app")
        need(body.get("userids") or body.get("partyids") or body.get("tagids") or body.get("atall") == 1, 82001, "no receiver")
        need(len(body.get("userids", [])) <= 1000, 40032, "too many userids")
        if "button" in body:
            need(isinstance(body["button"], dict) and body["button"].get("replace_name"), 42020, "button name missing")
        else:
            check_card(body.get("template_card"), "app")
        state["used"] = True
        entry.update(users=body.get("userids", []), task_id=state["task_id"], delivered=True)
        return {"errcode": 0, "errmsg": "ok", "invaliduser": []}

    def send_robot(self, key, raw, entry):
        need(key in self.robots, 93000, "invalid webhook key")
        entry["group"] = self.robots[key]
        need(self.robots[key] is not None, 93000, "robot was removed")
        body = parse_body(raw)
        entry["body"] = body
        lines = check_group_robot_message(body)
        entry.update(msgtype=body["msgtype"], text="\n".join(lines))
        if time.time() < self.robot_paused_until.get(key, 0):
            self.violate("no_wait", f"robot of {self.robots[key]} sent again before the end of the pause after 45009")
            raise Refused(45009, "api freq out of limit")
        if not self.within_pace(("robot", key), self.robot_per_minute):
            self.violate("pace", f"robot of {self.robots[key]} sent more than {self.robot_per_minute} in a minute")
            self.robot_paused_until[key] = time.time() + MINUTE
            raise Refused(45009, "api freq out of limit")
        entry["delivered"] = True
        return {"errcode": 0, "errmsg": "ok"}

    def answer_late(self, code, raw, entry):
        state = self.response_urls.get(code)
        need(state, 40035, "unknown response_code")
        entry.update(state["who"])
        if state["used"]:
            self.violate("response_url_reused", "a response_url takes exactly one answer")
            raise Refused(40035, "response_code was used")
        need(state["expires_at"] > time.time(), 40035, "response_code expired")
        body = parse_body(raw)
        entry["body"] = body
        lines = check_active_reply(body, state["single"])
        state["used"] = True
        entry.update(msgtype=body["msgtype"], text="\n".join(lines), delivered=True)
        return {"errcode": 0, "errmsg": "ok"}
