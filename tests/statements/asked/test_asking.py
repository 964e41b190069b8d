"""The two ways to ask, against a fake endpoint and fake commands; no network."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from holdfire.errors import HoldfireError
from holdfire.statements.asked import Asked, Command, Endpoint, asked
from holdfire.statements.asked import asking as asking_module
from holdfire.statements.asked.asking import named

SECRET = "sk-not-to-be-shown"  # noqa: S105


class Fake(BaseHTTPRequestHandler):
    """Answers by the path that is asked."""

    seen: list[tuple[str, str | None, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append((self.path, self.headers["Authorization"], body))
        way = self.path.split("/")[1]
        if way == "moved":
            self.send_response(302)
            self.send_header("Location", "/good/chat/completions")
            self.end_headers()
            return
        if way == "slow":
            time.sleep(1.5)
        self.send_response(500 if way == "fails" else 200)
        self.end_headers()
        told = json.dumps([{"source": ["Mara"], "cue": ["said"], "content": ["it holds"]}])
        good = json.dumps({"choices": [{"message": {"content": told}}]})
        bodies = {
            "form": '{"choices": []}',
            "nothing": "",
            "text": '{"choices": [{"message": {}}]}',
        }
        if way == "drip":
            for _ in range(15):
                time.sleep(0.1)
                self.wfile.write(b" ")
                self.wfile.flush()
        if way == "null":
            good = '{"choices": [{"message": {"content": null}}]}'
        self.wfile.write(b" " * 5000 if way == "long" else bodies.get(way, good).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    Fake.seen = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Fake)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize("path", ["/good", "/good/", "/good/chat/completions"])
def test_an_endpoint_is_asked(server: str, path: str) -> None:
    endpoint = Endpoint(server + path, "small", SECRET)
    (found,) = Asked(endpoint).attributions("Mara said it holds.")
    assert found.content == ((10, 18),)
    where, key, body = Fake.seen[-1]
    assert where == "/good/chat/completions"
    assert key == f"Bearer {SECRET}"
    assert (body["model"], body["temperature"]) == ("small", 0)
    assert "Mara said it holds." in body["messages"][0]["content"]


def test_without_a_key_none_is_sent(server: str) -> None:
    Endpoint(server + "/good", "small")("?")
    assert Fake.seen[-1][1] is None


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("fails", "HTTP 500"),
        ("moved", "HTTP 302"),
        ("form", "form of a chat completion"),
        ("nothing", "form of a chat completion"),
        ("text", "form of a chat completion"),
        ("null", "holds no text"),
        ("slow", "within 0.5 seconds"),
        ("drip", "within 0.5 seconds"),
        ("long", "longer than 4000 bytes"),
    ],
)
def test_what_is_no_answer_is_an_error(
    server: str, way: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_module, "LONGEST", 4000)
    endpoint = Endpoint(f"{server}/{way}", "small", SECRET, seconds=0.5)
    with pytest.raises(HoldfireError, match=found) as raised:
        endpoint("?")
    assert SECRET not in str(raised.value)
    assert SECRET not in repr(endpoint)


def test_a_redirection_gets_neither_text_nor_key(server: str) -> None:
    before = len(Fake.seen)
    with pytest.raises(HoldfireError):
        Endpoint(server + "/moved", "small", SECRET)("?")
    assert [where for where, *_ in Fake.seen[before:]] == ["/moved/chat/completions"]


def test_nobody_there() -> None:
    with pytest.raises(HoldfireError, match="See that the endpoint runs"):
        Endpoint("http://127.0.0.1:9", "small")("?")


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "ftp://host/v1", "host", "http://[", "http://"]
)
def test_only_http(url: str) -> None:
    with pytest.raises(HoldfireError, match="no address of an endpoint"):
        Endpoint(url, "small")


ENDPOINT = {
    "HOLDFIRE_ASK_URL": "https://models.invalid/v1",
    "HOLDFIRE_ASK_MODEL": "small",
    "HOLDFIRE_ASK_KEY": SECRET,
}


def test_an_endpoint_named_by_the_environment() -> None:
    endpoint = named(ENDPOINT)
    assert endpoint == Endpoint("https://models.invalid/v1", "small", SECRET)
    assert "leaves this machine" in endpoint.notice
    assert "models.invalid" in endpoint.notice
    assert asked(ENDPOINT).notice == endpoint.notice
    assert "on this machine" in Endpoint("http://localhost:8080/v1", "small").notice


def test_a_command_named_by_the_environment() -> None:
    command = named({"HOLDFIRE_ASK_COMMAND": "run 'a model' --fast; rm x"})
    assert command == Command(("run", "a model", "--fast;", "rm", "x"))
    assert "up to that" in command.notice


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, "not set: HOLDFIRE_ASK_URL, HOLDFIRE_ASK_MODEL"),
        ({"HOLDFIRE_ASK_URL": "http://localhost/v1"}, "not set: HOLDFIRE_ASK_MODEL"),
        ({**ENDPOINT, "HOLDFIRE_ASK_COMMAND": "run"}, "both HOLDFIRE_ASK_COMMAND and"),
        ({"HOLDFIRE_ASK_COMMAND": "run 'a"}, "No closing quotation"),
        ({"HOLDFIRE_ASK_COMMAND": " "}, "no command"),
    ],
)
def test_an_environment_that_names_nothing_clearly(environment: dict[str, str], found: str) -> None:
    with pytest.raises(HoldfireError, match=found):
        asked(environment)


def python(code: str, seconds: float = 20) -> Command:
    return Command([sys.executable, "-c", code], seconds)


def test_a_command_is_asked() -> None:
    told = """
import json, sys
assert "Mara said it holds." in sys.stdin.read()
print(json.dumps([{"source": ["Mara"], "cue": ["said"], "content": ["it holds"]}]))
"""
    command = python(told)
    (found,) = Asked(command).attributions("Mara said it holds.")
    assert found.source == ((0, 4),)


def test_a_command_that_reads_nothing() -> None:
    assert Asked(python("print([])")).attributions("Mara said it holds. " * 20_000) == []


def test_a_command_that_prints_no_text() -> None:
    command = python("import sys; sys.stdout.buffer.write(bytes(range(256)))")
    assert Asked(command).attributions("Mara said it holds.") == []


@pytest.mark.parametrize(
    ("command", "found"),
    [
        (python("import sys; sys.exit('out of\\nluck')"), "it ended with 1: .*out of.luck"),
        (python("import time; time.sleep(30)", 0.5), "within 0.5 seconds"),
        (Command(["/nowhere/model"]), "No such file"),
    ],
)
def test_a_command_without_an_answer_is_an_error(command: Command, found: str) -> None:
    with pytest.raises(HoldfireError, match=found):
        command("?")


def test_what_a_late_command_has_started_ends_with_it() -> None:
    code = """
import subprocess, sys
subprocess.run([sys.executable, "-c", "import time; time.sleep(30)"])
"""
    began = time.monotonic()
    with pytest.raises(HoldfireError, match="within 1 seconds"):
        python(code, 1)("?")
    assert time.monotonic() - began < 15


def test_no_command() -> None:
    with pytest.raises(HoldfireError, match="no command"):
        Command([])
