"""A proxy between a desk and central that delays, cuts and loses, or says that central is busy.

It reads whole requests and whole answers, so that what is lost is lost after central did it.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urlsplit

_CHUNK = 65_536
_PATIENCE_S = 30


class Fate(StrEnum):
    """What becomes of a request."""

    PASSED = "passed"
    ANSWER_LOST = "answer_lost"
    ANSWER_CUT = "answer_cut"
    ANSWER_LATE = "answer_late"
    REQUEST_LOST = "request_lost"
    REQUEST_LATE = "request_late"
    BUSY = "busy"


class Proxy:
    """Stands on a port of its own and passes requests on to central, one by one.

    What is late is held until `release`, however long the desk has the patience to wait.
    """

    def __init__(self, central: str) -> None:
        """Take the address of central."""
        parts = urlsplit(central)
        assert parts.hostname is not None
        assert parts.port is not None
        self.upstream = (parts.hostname, parts.port)
        self.seen: list[tuple[str, Fate]] = []
        self._fates: dict[str, list[Fate]] = {}
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._held = threading.Semaphore(0)
        self._passing = threading.Semaphore(0)
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def address(self) -> str:
        """Where a desk finds it."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def start(self) -> None:
        """Begin to pass requests on."""
        self._thread.start()

    def close(self) -> None:
        """Stop, with every passing request ended."""
        self._released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def plan(self, path: str, *fates: Fate) -> None:
        """What becomes of the next requests to this path; later ones are passed."""
        with self._lock:
            self._fates.setdefault(path, []).extend(fates)

    def decide(self, path: str) -> Fate:
        """The fate of a request that came in."""
        with self._lock:
            waiting = self._fates.get(path, [])
            fate = waiting.pop(0) if waiting else Fate.PASSED
            self.seen.append((path, fate))
            return fate

    def wait_until_held(self) -> None:
        """Wait until something late has come as far as it may."""
        assert self._held.acquire(timeout=_PATIENCE_S), "nothing came that is late"

    def release(self) -> None:
        """Let one late thing go on, and wait until it is through."""
        self._released.set()
        assert self._passing.acquire(timeout=_PATIENCE_S), "it did not come through"
        self._released.clear()

    def hold(self) -> None:
        """Keep what is late, for the thread that carries it."""
        self._held.release()
        self._released.wait()

    def note_passed(self) -> None:
        """What was late is through, or found nobody who still waits."""
        self._passing.release()

    def count(self, path: str) -> int:
        """How many requests came for a path."""
        with self._lock:
            return sum(one == path for one, _ in self.seen)


@contextlib.contextmanager
def run_proxy(central: str) -> Iterator[Proxy]:
    """A running proxy before this central."""
    proxy = Proxy(central)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """One request on one connection; what the desk closes early is no matter here."""
        with contextlib.suppress(OSError):
            self._pass_on()

    def _pass_on(self) -> None:
        request = _read_request(self.request)
        if not request:
            return
        path = request.split(b" ", 2)[1].decode().partition("?")[0]
        fate = self.server.proxy.decide(path)
        if fate is Fate.REQUEST_LOST:
            return
        if fate is Fate.BUSY:
            self.request.sendall(_BUSY)
            return
        if fate is Fate.REQUEST_LATE:
            self.server.proxy.hold()
        answer = _ask(self.server.proxy.upstream, request)
        if fate is Fate.ANSWER_LATE:
            self.server.proxy.hold()
        try:
            self.request.sendall(_share_of(answer, fate))
        finally:
            if fate in {Fate.REQUEST_LATE, Fate.ANSWER_LATE}:
                self.server.proxy.note_passed()


def _share_of(answer: bytes, fate: Fate) -> bytes:
    """What comes through of an answer."""
    if fate is Fate.ANSWER_LOST:
        return b""
    return answer[: len(answer) // 2] if fate is Fate.ANSWER_CUT else answer


_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\n"
    b"Connection: close\r\n\r\n"
)


def _read_request(desk: socket.socket) -> bytes:
    """A whole request, told to be the last one of its connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = desk.recv(_CHUNK)
        if not chunk:
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = next(
        (int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += desk.recv(_CHUNK)
    return b"\r\n".join([*lines, b"Connection: close", b"", body])


def _ask(upstream: tuple[str, int], request: bytes) -> bytes:
    """Central's whole answer."""
    with socket.create_connection(upstream) as central:
        central.sendall(request)
        answer = b""
        while chunk := central.recv(_CHUNK):
            answer += chunk
        return answer
