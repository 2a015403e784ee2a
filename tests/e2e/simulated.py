"""The program with the demo district and its playground, and nothing else: people speak through the playground's own door."""

import json
import signal
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from district import District
from world import PATIENCE_S, PROGRAM, SOURCE, free_port


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)


class Simulated:
    def __init__(self, folder, playground=True):
        self.folder, self.port, self.playground = Path(folder), free_port(), playground
        self.base = f"http://127.0.0.1:{self.port}"
        self.district = District(SOURCE / "data/demo")
        self.config = self.folder / "yiqi.toml"
        self.config.write_text(f'[server]\nlisten = "127.0.0.1:{self.port}"\npublic_url = "{self.base}"\n[storage]\n'
                               f'url = "sqlite:{self.folder}/yiqi.db"\n[playground]\nenabled = {str(playground).lower()}\n', encoding="utf-8")
        self.process = None

    def start(self):
        demo = ["--demo"] if self.playground else []
        self.log = open(self.folder / "serve.log", "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", "--config", str(self.config), *demo], cwd=self.folder, stdout=self.log,
                                        stderr=subprocess.STDOUT)
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                if self.get("/healthz").status == 200:
                    return self
            except OSError:
                pass
            assert self.process.poll() is None, self.log_text()[-3000:]
            assert time.monotonic() < until, self.log_text()[-3000:]
            time.sleep(0.02)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=15) == 0, self.log_text()[-3000:]
        self.log.close()

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def log_text(self):
        return (self.folder / "serve.log").read_text(errors="replace")

    def request(self, path, body=None, headers=None):
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json", **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def get(self, path, **headers):
        return self.request(path, None, {name.replace("_", "-"): value for name, value in headers.items()})

    def api(self, path):
        answer = self.get("/api/v1/" + path)
        assert answer.status == 200, f"{path}: {answer.status} {answer.text[:500]}"
        return answer.json

    def say(self, user, text, chat="", **more):
        answer = self.request("/api/v1/playground/messages", {"as": user, "chat": chat, "text": text, **more})
        assert answer.status == 200, answer.text
        return (answer.json["reply"] or {}).get("text", "")

    def neighbours(self, community, no, action, count, **more):
        wish = {"community": community, "no": no, "action": action, "count": count, **more}
        answer = self.request("/api/v1/playground/neighbours", wish)
        assert answer.status == 200, answer.text
        return answer.json

    def advance(self, seconds):
        answer = self.request("/api/v1/playground/clock", {"advance_seconds": seconds})
        assert answer.status == 200, answer.text
        return answer.json["now"]

    def lines(self, **query):
        wanted = "&".join(f"{name}={value}" for name, value in query.items())
        return self.api(f"playground/timeline?limit=500&{wanted}" if "last" not in query else f"playground/timeline?{wanted}")["items"]

    def matter(self, no, community="V2"):
        return self.api(f"communities/{community}/proposals/{no}")

    def wait_for(self, wanted, what):
        until = time.monotonic() + PATIENCE_S
        while True:
            found = [line for line in self.lines(last=200) if wanted(line)]
            if found:
                return found
            assert time.monotonic() < until, f"not shown: {what}\n{self.log_text()[-2000:]}"
            time.sleep(0.02)

    # The story of data/demo/README.md, as far as tests need it.
    def open_vote(self):
        self.say("u0150", "@小邻 提议 聚居点入口装升降杆，外来车太多", "CG-G12")
        self.neighbours("V2", 1, "endorse", 4)
        words = "审议 1 通过\n方式：户表决\n范围：网格\n费用：预算内"
        self.say("s-v201", words)
        self.say("s-v202", words)
        assert self.matter(1)["state"] == "deliberating"
        self.advance(5 * 86400)
        self.say("s-v202", "1 进入表决\n纪要：只拦外来车，亲友来访由住户开杆\n天数：5")
        assert self.matter(1)["state"] == "voting"
        return self
