"""The HTTP client: what it says when things go wrong on the way."""

from __future__ import annotations

import contextlib
import gc
import socket
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx
import pytest

from clerk.clock import OFFICE_ZONE, SettableClock
from clerk.contract.ids import read_time_ms
from clerk.contract.sync import Problem
from clerk.errors import ClerkError, InputError, RefusedError, UnreachableError
from services.client import Call, Client, encode
from tests.support.proxy import Fate, run_proxy

CLOCK = SettableClock(datetime(2026, 11, 23, 9, tzinfo=OFFICE_ZONE))
ANSWER = Problem(code="all.well", request_id="x")


class Handler(BaseHTTPRequestHandler):
    """Answers each path in its own way."""

    protocol_version = "HTTP/1.1"
    requests: ClassVar[list[dict[str, str]]] = []
    waiting: ClassVar[threading.Event] = threading.Event()
    released: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.requests.append(dict(self.headers))
        problem = encode(Problem(code="case.wrong_stage", parameters={"stage": "received"}))
        answers = {
            "/well": (200, encode(ANSWER)),
            "/empty": (204, b""),
            "/refused": (409, problem),
            "/broken": (500, encode(Problem(code="internal"))),
            "/gateway": (504, b"<html>"),
            "/garbled": (200, b"{"),
            "/full": (429, b""),
            "/guessed": (429, encode(Problem(code="session.too_many_attempts"))),
        }
        if self.path == "/slow":
            self.waiting.set()
            self.released.wait(10)
        status, body = answers.get(self.path, (404, b"<html>"))
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "12")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Handler.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    client = Client(address, CLOCK)
    yield client
    client.close()


def ask(client: Client, path: str) -> ClerkError:
    with pytest.raises(ClerkError) as caught:
        client.ask(Call(path=path, body=b"{}"), Problem)
    return caught.value


def test_an_answer_is_read(client: Client) -> None:
    assert client.ask(Call(path="/well"), Problem) == ANSWER


def test_an_empty_answer_is_nothing(client: Client) -> None:
    assert client.ask(Call(path="/empty"), type(None)) is None


@pytest.mark.parametrize("path", ["/well", "/refused", "/garbled"])
def test_an_answer_leaves_memory_without_a_search_for_cycles(client: Client, path: str) -> None:
    gc.collect()
    gc.disable()
    try:
        with contextlib.suppress(ClerkError):
            client.ask(Call(path=path), Problem)
        kept = [one for one in gc.get_objects() if isinstance(one, httpx.Response)]
    finally:
        gc.enable()
    assert not kept, "megabytes, where it is a page of a bootstrap"


def test_every_call_has_an_identity_of_its_own(client: Client) -> None:
    Handler.requests.clear()
    client.ask(Call(path="/well"), Problem)
    client.ask(Call(path="/well"), Problem)
    ids = [one["Clerk-Request"] for one in Handler.requests]
    assert len(set(ids)) == 2
    assert read_time_ms(ids[0]) == int(CLOCK.now().timestamp() * 1000)
    assert {"gzip", "zstd"} <= set(Handler.requests[0]["Accept-Encoding"].split(", "))


def test_a_refusal_keeps_its_code(client: Client) -> None:
    error = ask(client, "/refused")
    assert isinstance(error, RefusedError)
    assert (error.code, error.parameters) == ("case.wrong_stage", {"stage": "received"})


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/broken", "answer.awaited"),
        ("/gateway", "central.strange"),
        ("/garbled", "central.strange"),
        ("/nowhere", "central.strange"),
        ("/full", "central.busy"),
    ],
)
def test_what_is_no_answer_leaves_open_what_happened(client: Client, path: str, code: str) -> None:
    error = ask(client, path)
    assert isinstance(error, UnreachableError)
    assert error.code == code


def test_busy_says_until_when(client: Client) -> None:
    assert ask(client, "/full").parameters == {"retry_after_s": 12}


def test_guessing_says_in_how_many_minutes(client: Client) -> None:
    error = ask(client, "/guessed")
    assert isinstance(error, RefusedError)
    assert error.parameters == {"retry_after_s": 12, "minutes": 1}


def test_nobody_listening_is_a_line_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = Client(f"http://127.0.0.1:{port}", CLOCK)
    assert ask(client, "/well").code == "line.down"
    client.close()


@pytest.mark.parametrize("fate", [Fate.ANSWER_LOST, Fate.REQUEST_LOST])
def test_sent_without_an_answer_is_awaited(address: str, fate: Fate) -> None:
    with run_proxy(address) as proxy:
        client = Client(proxy.address, CLOCK)
        proxy.plan("/well", fate)
        assert ask(client, "/well").code == "answer.awaited"
        assert client.ask(Call(path="/well"), Problem) == ANSWER
        client.close()


def test_closing_ends_a_waiting_call(address: str) -> None:
    client = Client(address, CLOCK)
    caught: list[ClerkError] = []
    waiter = threading.Thread(target=lambda: caught.append(ask(client, "/slow")))
    waiter.start()
    assert Handler.waiting.wait(5)
    client.close()
    waiter.join(5)
    assert [one.code for one in caught] == ["answer.awaited"]
    assert ask(client, "/well").code == "line.down"


@pytest.mark.parametrize("address", ["", "central", "ftp://central", "http://"])
def test_an_odd_address_is_refused(address: str) -> None:
    with pytest.raises(InputError, match=r"central\.address"):
        Client(address, CLOCK)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "ftp://hall",
        "http://",
        "http://[::",
        "http://hall:port",
        "http://hall:0",
        "https://hall:99999",
    ],
)
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(InputError, match=r"central\.address"):
        Client(address, CLOCK)
