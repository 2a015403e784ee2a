"""A whole world for one test: the fake platform, the program under test, and the people who speak to it."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path

from district import District
from wecom_client import AppDoor, RobotDoor, Wire

HERE = Path(__file__).resolve().parent
SOURCE = Path(os.environ.get("YIQI_SOURCE_DIR", HERE.parents[1]))
PROGRAM = os.environ.get("YIQI", str(SOURCE / "build/release/yiqi"))
CORP, AGENT = "ww0123456789abcdef", 1000002
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Heard:
    """Words of the program that reached somebody: a group (every member reads them) or one person."""

    group: str
    user: str
    text: str
    pushed: bool
    record: dict


class Fake:
    """The fake platform's process, seen through its control door."""

    def __init__(self, folder, users, robots, **limits):
        path = Path(folder) / "fake.json"
        path.write_text(json.dumps({"corp_id": CORP, "apps": {str(AGENT): {"secret": "s3cretOfTheApp-" + secrets.token_hex(12)}},
                                    "users": users, "robots": {key: group for group, key in robots.items()}, **limits}))
        self.secret = json.loads(path.read_text())["apps"][str(AGENT)]["secret"]
        self.process = subprocess.Popen([sys.executable, str(HERE / "fake_wecom.py"), str(path)], stdout=subprocess.PIPE)
        ports = json.loads(self.process.stdout.readline())
        self.base, self.control = f"http://127.0.0.1:{ports['port']}", Wire("127.0.0.1", ports["control"])

    def get(self, path):
        return json.loads(self.control.request("GET", path).body)

    def post(self, path, body=None):
        answer = self.control.request("POST", path, json.dumps(body or {}).encode())
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def received(self, after=0, wait=0.0):
        return self.get(f"/received?after={after}&wait={wait}")

    def violations(self):
        return self.get("/violations")

    def fault(self, api, do, **more):
        self.post("/faults", [{"api": api, "do": do, **more}])

    def close(self):
        self.process.kill()
        self.process.wait()


class World:
    def __init__(self, folder, district=None, groups=(), playground=True, listen_port=None, **limits):
        self.folder = Path(folder)
        self.district = District(district or SOURCE / "data/demo")
        self.robots = {group: secrets.token_urlsafe(24) for group in groups}
        self.fake = Fake(self.folder, self.district.user_ids(), self.robots, **limits)
        self.port = listen_port or free_port()
        self.keys = {name: secret_word(size) for name, size in (("app_token", 24), ("app_aes", 43), ("bot_token", 24), ("bot_aes", 43))}
        self.config = self.folder / "yiqi.toml"
        self.config.write_text(self.configuration(playground), encoding="utf-8")
        self.wire = Wire("127.0.0.1", self.port)
        self.app = AppDoor(self.wire, "main", self.keys["app_token"], self.keys["app_aes"], CORP, AGENT)
        self.bot = RobotDoor(self.wire, "bot", self.keys["bot_token"], self.keys["bot_aes"], self.response_url)
        self.process, self.runs, self.heard, self.seen, self.said = None, 0, [], 0, []

    def configuration(self, playground):
        (self.folder / "app_secret").write_text(self.fake.secret + "\n")
        lines = ["[server]", f'listen = "127.0.0.1:{self.port}"', 'public_url = "https://yishi.example.org"', "[storage]",
                 f'url = "sqlite:{self.folder}/yiqi.db"', "[playground]", f"enabled = {'true' if playground else 'false'}",
                 "[[channels]]", 'platform = "wecom-app"', 'name = "main"', f'token = "{self.keys["app_token"]}"',
                 'encoding_aes_key = "env:E2E_APP_AES_KEY"', f'corp_id = "{CORP}"', f"agent_id = {AGENT}",
                 f'corp_secret = "file:{self.folder}/app_secret"', f'api_base = "{self.fake.base}"',
                 "[[channels]]", 'platform = "wecom-bot"', 'name = "bot"', 'token = "env:E2E_BOT_TOKEN"',
                 f'encoding_aes_key = "{self.keys["bot_aes"]}"', f'corp_id = "{CORP}"', f'api_base = "{self.fake.base}"']
        for group, key in self.robots.items():
            lines += ["[[channels]]", 'platform = "wecom-group-robot"', f'name = "{group.lower()}"', f'key = "{key}"',
                      f'group = "{group}"', f'api_base = "{self.fake.base}"']
        return "\n".join(lines) + "\n"

    # -- the program ------------------------------------------------------------------------------------------------

    def environment(self):
        return {**os.environ, "E2E_APP_AES_KEY": self.keys["app_aes"], "E2E_BOT_TOKEN": self.keys["bot_token"]}

    def yiqi(self, *arguments, expect=0, timeout=120):
        """Runs a command of the program and returns what it printed."""
        done = subprocess.run([PROGRAM, *arguments, "--config", str(self.config)], cwd=self.folder, env=self.environment(),
                              capture_output=True, text=True, timeout=timeout, check=False)
        assert expect is None or done.returncode == expect, f"yiqi {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def prepare(self):
        self.yiqi("migrate")
        self.yiqi("import", "district", str(self.district.folder), "--bind", "wecom-bot/bot", "--bind", "wecom-app/main")
        return self

    def start(self):
        self.runs += 1
        self.fake.post("/epoch")
        with open(self.folder / f"serve-{self.runs}.log", "wb") as log:
            self.process = subprocess.Popen([PROGRAM, "serve", "--config", str(self.config)], cwd=self.folder,
                                            env=self.environment(), stdout=log, stderr=subprocess.STDOUT)
        until = time.monotonic() + PATIENCE_S
        while not self.ready():
            assert self.process.poll() is None, f"serve ended with {self.process.returncode}:\n{self.log()[-3000:]}"
            assert time.monotonic() < until, f"not ready after {PATIENCE_S} s:\n{self.log()[-3000:]}"
            time.sleep(0.01)
        return self

    def ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    def stop(self):
        """SIGTERM and a clean end."""
        self.wire.drop()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=15) == 0, f"serve did not end cleanly:\n{self.log()[-3000:]}"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.wire.drop()

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.fake.close()

    def log(self):
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("serve-*.log")))

    # -- what scripts read ------------------------------------------------------------------------------------------

    def get(self, path):
        return self.wire.request("GET", path)

    def api(self, path):
        answer = self.get("/api/v1/" + path)
        assert answer.status == 200, f"GET {path}: {answer.status} {answer.body[:500]!r}"
        return json.loads(answer.body)

    def matter(self, community, number):
        return self.api(f"communities/{community}/proposals/{number}")

    def metrics(self):
        lines = self.get("/metrics").body.decode().splitlines()
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if line and not line.startswith("#")}

    # -- procedure time ---------------------------------------------------------------------------------------------

    def now(self):
        return instant(self.api("playground/clock")["now"])

    def advance(self, seconds):
        body = json.dumps({"advance_seconds": seconds}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v1/playground/clock", body,
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as response:
            return instant(json.load(response)["now"])

    def advance_to(self, when):
        target = instant(when)
        missing = ceil((target - self.now()).total_seconds())
        assert missing >= 0, f"procedure time is past {when} already"
        assert self.advance(missing) >= target

    # -- people speak -----------------------------------------------------------------------------------------------

    def response_url(self, single, who):
        return self.fake.post("/response_url", {"single": single, "who": who})["url"]

    def hear(self, reply, group="", user=""):
        if not reply.empty:
            self.heard.append(Heard(group, user, reply.text, False, {"reply": reply}))
        return reply

    def say(self, user, text):
        """`user` writes to the app, alone with it."""
        self.said.append(text)
        return self.hear(self.app.open(self.wire.deliver(self.app.text(user, text)), user), user=user)

    def say_to_bot(self, user, text):
        """`user` writes to the smart robot, alone with it."""
        self.said.append(text)
        callback = self.bot.text(user, text)
        return self.hear(self.bot.open(self.wire.deliver(callback), callback, single=True), user=user)

    def say_in_group(self, group, user, text):
        """`user` mentions the robot in a group. Everybody there reads the answer."""
        self.said.append(text)
        callback = self.bot.text(user, "@小邻 " + text, group)
        return self.hear(self.bot.open(self.wire.deliver(callback), callback), group=group)

    def send_picture(self, user, content=b"\xff\xd8\xff\xe0" + bytes(400)):
        media = self.fake.post("/media", {"base64": _base64(content), "content_type": "image/jpeg"})
        return self.hear(self.app.open(self.wire.deliver(self.app.image(user, media["media_id"], media["url"])), user), user=user)

    def press(self, user, heard, label):
        """`user` presses what `label` names on a card that the app pushed."""
        card = heard.record["body"]["template_card"]
        key, chosen = pick(card, label)
        code = self.fake.post("/click", {"agent": AGENT, "task_id": card["task_id"]})["response_code"]
        return self.hear(self.app.open(self.wire.deliver(self.app.click(user, card, key, code, chosen)), user), user=user)

    def press_on_robot_card(self, user, reply, label):
        """`user` presses what `label` names on a card that the smart robot answered with, alone with it."""
        card = reply.content["template_card"]
        key, chosen = pick(card, label)
        callback = self.bot.click(user, card, key, chosen)
        update = self.bot.open(self.wire.deliver(callback), callback, answer_to="card", single=True)
        if not update.empty:
            assert update.content["template_card"].get("task_id") == card["task_id"], "an update names the card of the click"
        return self.hear(update, user=user)

    # -- what people heard ------------------------------------------------------------------------------------------

    def listen(self, wait=0.0):
        """Takes over what the fake platform received since the last look."""
        for record in self.fake.received(self.seen, wait):
            self.seen = record["seq"]
            if record["delivered"]:
                for user in record.get("users") or [""]:
                    self.heard.append(Heard(record.get("group") or "", user, record.get("text") or "", True, record))

    def mark(self):
        self.listen()
        return len(self.heard)

    def wait_for(self, wanted, since=0, seconds=PATIENCE_S, what=""):
        """The first thing heard since the mark for which `wanted` holds; fails when it has not come in `seconds`."""
        until = time.monotonic() + seconds
        while True:
            self.listen()
            for heard in self.heard[since:]:
                if wanted(heard):
                    return heard
            left = until - time.monotonic()
            if left <= 0:
                lines = "\n".join(f"  {h.group or h.user}: {h.text!r}" for h in self.heard[since:])
                raise AssertionError(f"not heard in {seconds} s: {what}\nheard since:\n{lines}\nlog:\n{self.log()[-2000:]}")
            self.fake.received(self.seen, min(left, 2.0))

    def group_hears(self, group, pattern, since=0, pushed=True):
        return self.wait_for(lambda h: h.group == group and h.pushed >= pushed and re.search(pattern, h.text, re.DOTALL), since,
                             what=f"{group} hears /{pattern}/")

    def person_hears(self, user, pattern, since=0, pushed=False):
        return self.wait_for(lambda h: h.user == user and h.pushed >= pushed and re.search(pattern, h.text, re.DOTALL), since,
                             what=f"{user} hears /{pattern}/")

    def heard_by(self, user="", group="", since=0):
        self.listen()
        return [h for h in self.heard[since:] if h.user == user and h.group == group]


def pick(card, label):
    """(key, {question: [option]}) of pressing the button, or choosing the option, whose text contains `label` ("同意" is not "不同意")."""
    def named(text):
        return label in text and ("不" in label or "不" + label not in text)

    for box in [card["checkbox"]] if "checkbox" in card else card.get("select_list", []):
        for option in box["option_list"]:
            if named(option["text"]):
                return card["submit_button"]["key"], {box["question_key"]: [option["id"]]}
    for button in card.get("button_list", []):
        if named(button["text"]):
            return button["key"], None
    raise AssertionError(f"nothing named {label} on {json.dumps(card, ensure_ascii=False)}")


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def secret_word(size):
    return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") for _ in range(size))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _base64(content):
    from base64 import b64encode
    return b64encode(content).decode()
