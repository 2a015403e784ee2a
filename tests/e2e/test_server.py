"""The program's HTTP side as a stranger, an operator and a supervisor see it: limits, broken input, signals, configuration mistakes."""

import json
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

SOURCE = Path(os.environ.get("YIQI_SOURCE_DIR", Path(__file__).resolve().parents[2]))
PROGRAM = os.environ.get("YIQI", str(SOURCE / "build/release/yiqi"))


class Served:
    """`yiqi serve` on a free port with a configuration of its own."""

    def __init__(self, folder, config="[playground]\nenabled = true\n", arguments=()):
        self.folder = Path(folder)
        (self.folder / "yiqi.toml").write_text(f'[storage]\nurl = "sqlite:{self.folder}/yiqi.db"\n' + config, encoding="utf-8")
        self.log = open(self.folder / "serve.log", "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", "--config", "yiqi.toml", "--listen", "127.0.0.1:0", *arguments], cwd=folder,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        first = self.process.stdout.readline()
        assert first, self.words()
        self.port = int(first.rsplit(":", 1)[1])

    def words(self):
        return (self.folder / "serve.log").read_text()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.settimeout(30)
        return connection

    def ask(self, method, path, body=b"", headers=()):
        with self.connect() as connection:
            lines = [f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {len(body)}", *headers]
            connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            return answer(connection)

    def get(self, path):
        return self.ask("GET", path)

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(timeout=20)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()


def answer(connection):
    """Status and body of what comes until the peer closes; (0, b"") when nothing comes."""
    data = b""
    while True:
        try:
            more = connection.recv(65536)
        except ConnectionResetError:
            break
        if not more:
            break
        data += more
    if not data:
        return 0, b""
    head, _, body = data.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.fixture
def served(tmp_path):
    program = Served(tmp_path)
    yield program
    program.close()


# -- pages of the operator -------------------------------------------------------------------------------------------------


def test_health_pages(served):
    assert served.get("/healthz") == (200, b'{"alive":true}')
    status, body = served.get("/readyz")
    assert (status, json.loads(body)["ready"]) == (200, True)
    status, body = served.get("/metrics")
    assert status == 200
    for name in ("yiqi_inbound_seconds_bucket", "yiqi_commit_batch_size_count", "yiqi_outbox_oldest_seconds", "yiqi_jobs_late_seconds"):
        assert name.encode() in body


def test_not_ready_without_channels(tmp_path):
    program = Served(tmp_path, "")
    try:
        status, body = program.get("/readyz")
        assert status == 503
        assert "[[channels]]" in json.loads(body)["reasons"][0]
        assert program.get("/api/v1/playground/clock")[0] == 404
    finally:
        program.close()


def test_unknown_addresses_are_problem_documents(served):
    for path in ("/nothing", "/webhook/wecom-app/none", "/webhook/..%2f..%2fetc/passwd", "/webhook//"):
        status, body = served.ask("POST", path, b"<xml/>")
        assert status == 404, path
        assert json.loads(body)["title"] == "Not Found"
    assert served.ask("DELETE", "/healthz")[0] == 405


# -- limits ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "request_bytes", "status"), [
    ("webhook body", b"POST /webhook/wecom-app/x HTTP/1.1\r\nHost: x\r\nContent-Length: 262145\r\n\r\n", 413),
    ("any body", b"POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n", 413),
    ("header", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 17000 + b"\r\n\r\n", 431),
    ("not http", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    ("no host", b"GET / HTTP/1.1\r\n\r\n", 400),
    ("two lengths", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
], ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else "")
def test_refused(served, name, request_bytes, status):
    with served.connect() as connection:
        connection.sendall(request_bytes)
        assert answer(connection)[0] == status, name
    assert served.get("/healthz")[0] == 200


def test_a_large_body_is_refused_while_it_is_sent(served):
    with served.connect() as connection:
        connection.sendall(b"POST /webhook/wecom-app/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
        try:
            for _ in range(64):
                connection.sendall(chunk)
        except OSError:
            pass  # closed on us, as it should be
        assert answer(connection)[0] in (413, 0)
    assert served.get("/healthz")[0] == 200


def test_slow_senders_are_told_and_do_not_hold_up_others(served):
    slow = [served.connect() for _ in range(50)]
    begun = time.monotonic()
    for connection in slow:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    for _ in range(3):  # a byte now and then buys no time
        assert served.get("/healthz")[0] == 200
        for connection in slow:
            connection.sendall(b"a")
    for connection in slow:
        assert answer(connection)[0] == 408
        connection.close()
    assert 9 < time.monotonic() - begun < 15


def test_requests_sent_ahead_are_answered_in_order(served):
    with served.connect() as connection:
        connection.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % i for i in range(20)) +
                           b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        data = b""
        while more := connection.recv(65536):
            data += more
    assert data.count(b"HTTP/1.1 404 ") == 20
    assert data.endswith(b'{"alive":true}')


# -- signals ---------------------------------------------------------------------------------------------------------------


def test_stops_at_once_when_idle(served):
    kept = served.connect()
    kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert kept.recv(65536).startswith(b"HTTP/1.1 200")
    begun = time.monotonic()
    assert served.end() == 0
    assert time.monotonic() - begun < 5
    assert kept.recv(1) == b""
    with pytest.raises(OSError):
        served.connect()


def test_finishes_what_is_in_flight(served):
    """A request half sent when the stop begins is taken and answered."""
    with served.connect() as connection:
        body = b'{"advance_seconds": 60}'
        head = b"POST /api/v1/playground/clock HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
        connection.sendall(head + body[:5])
        while served.get("/healthz")[0] != 200:  # the server has seen what was sent before
            pass
        served.process.send_signal(signal.SIGTERM)
        gone = False
        while not gone:
            try:
                served.connect().close()
            except OSError:
                gone = True
        connection.sendall(body[5:])
        assert answer(connection)[0] == 200
    assert served.process.wait(timeout=20) == 0


def test_second_signal_ends_at_once(served):
    with served.connect() as connection:
        connection.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")  # holds the stop up
        assert served.get("/healthz")[0] == 200
        served.process.send_signal(signal.SIGTERM)
        while b"event=stopping" not in (served.folder / "serve.log").read_bytes():
            assert served.process.poll() is None
        begun = time.monotonic()
        assert served.end() == 1
        assert time.monotonic() - begun < 3


def test_time_acknowledged_under_load_is_kept(tmp_path):
    """Many clients move the clock while the program is told to stop: whatever was answered is in the store at the next start."""
    program = Served(tmp_path)
    acknowledged, lock = [], threading.Lock()

    def move():
        while True:
            try:
                status, body = program.ask("POST", "/api/v1/playground/clock", b'{"advance_seconds": 3600}')
            except OSError:
                return
            if status != 200:
                return
            with lock:
                acknowledged.append(json.loads(body)["now"])

    threads = [threading.Thread(target=move) for _ in range(8)]
    for thread in threads:
        thread.start()
    while len(acknowledged) < 40:
        assert program.process.poll() is None
        time.sleep(0.001)
    assert program.end() == 0
    for thread in threads:
        thread.join()
    program.close()
    again = Served(tmp_path)
    try:
        assert json.loads(again.get("/api/v1/playground/clock")[1])["now"] >= max(acknowledged)
    finally:
        again.close()


def test_hangup_reloads_and_refuses_a_bad_file(served):
    path = served.folder / "yiqi.toml"
    good = path.read_text()
    path.write_text(good + "[sever]\n")
    served.process.send_signal(signal.SIGHUP)
    while "reload_refused" not in served.words():
        assert served.process.poll() is None
    assert "sever" in served.words()
    path.write_text(good + '[log]\nformat = "json"\n')
    served.process.send_signal(signal.SIGHUP)
    while '"event":"reloaded"' not in served.words():
        assert served.process.poll() is None
    assert served.get("/healthz")[0] == 200


# -- the clock -------------------------------------------------------------------------------------------------------------


def test_a_moved_clock_is_not_served_without_the_playground(tmp_path):
    program = Served(tmp_path)
    assert program.ask("POST", "/api/v1/playground/clock", b'{"advance_seconds": 86400}')[0] == 200
    assert program.end() == 0
    program.close()
    done = run(tmp_path, "serve", config=f'[storage]\nurl = "sqlite:{tmp_path}/yiqi.db"\n')
    assert done.returncode == 1
    assert "clock" in done.stderr and "playground" in done.stderr


def test_demo_begins_on_the_morning_of_its_day(tmp_path):
    program = Served(tmp_path, "", ["--demo"])
    try:
        now = json.loads(program.get("/api/v1/playground/clock")[1])["now"]
        assert now.startswith("2026-07-01T01:00:")
    finally:
        program.close()


# -- the command line ------------------------------------------------------------------------------------------------------


def run(folder, *arguments, config=None, text=""):
    if config is not None:
        (Path(folder) / "yiqi.toml").write_text(config, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "YIQI_CONFIG"}
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, input=text,
                          check=False)


def test_configuration_mistakes_name_file_line_and_key(tmp_path):
    config = ('[server]\nlisten = "localhost"\nprot = 1\n[[channels]]\nplatform = "wecom-group-robot"\nname = "g01"\nkey = "s3cret-key"\n'
              'api_base = "http://example.org"\n')
    for command in ("check-config", "serve", "migrate"):
        done = run(tmp_path, command, config=config)
        assert done.returncode == 2, command
        lines = done.stderr.splitlines()
        assert [line.split(": ")[0:2] for line in lines] == [
            ["yiqi.toml:2", "server.listen"], ["yiqi.toml:3", "server.prot"], ["yiqi.toml:4", "channels[1].group"],
            ["yiqi.toml:8", "channels[1].api_base"]]
        assert "s3cret" not in done.stderr + done.stdout


def test_every_command_says_what_it_works_with(tmp_path):
    done = run(tmp_path, "migrate", config="")
    assert done.returncode == 0
    assert "config: yiqi.toml; store: sqlite:var/yiqi.db" in done.stderr


@pytest.mark.parametrize(("arguments", "code"), [
    ([], 2), (["nonsense"], 2), (["serve", "--port", "1"], 2), (["serve", "--listen", "example.org:80"], 2),
    (["import", "district"], 2), (["import", "district", ".", "--bind", "wecom-app/none"], 2), (["export", "secrets"], 2),
    (["restore", "missing.tar"], 1), (["verify"], 1), (["import", "district", "/nowhere"], 1), (["help"], 0), (["--help"], 0),
    (["version"], 0), (["check-config"], 0),
], ids=lambda value: "_".join(value).replace("/", "") or "nothing" if isinstance(value, list) else "")
def test_exit_codes(tmp_path, arguments, code):
    done = run(tmp_path, *arguments)
    assert done.returncode == code, done.stderr
    if code != 0:
        assert done.stderr.strip()
        assert "what()" not in done.stderr


def test_a_taken_port_is_named(served):
    done = run(served.folder, "serve", "--listen", f"127.0.0.1:{served.port}", config="[playground]\nenabled = true\n")
    assert done.returncode == 1
    assert f"127.0.0.1:{served.port}" in done.stderr
