"""HTTP to central: one call, one contract struct, and every failure with its own code.

What matters to a caller is whether something may have happened: `line.down` means that nothing
was sent, `answer.awaited` that it was and that nobody knows, a refusal that central said no.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import math
import os
import socket
import threading
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from clerk.clock import Clock
from clerk.contract.ids import new_id
from clerk.contract.sync import Problem
from clerk.decoding import decode
from clerk.errors import InputError, RefusedError, UnreachableError
from clerk.log import write_event

if TYPE_CHECKING:
    import httpx

CONNECT_S = 3.0
ANSWER_S = 15.0
_BUSY = frozenset({429, 503})
_OK = range(200, 300)
_REFUSALS = range(400, 500)
_UNAUTHORISED = 401
_OF_SESSIONS = "session."
"""Codes about the person who signed in, not about the desk."""

_RETRY_AFTER_S = 5
_BEGUN = ("send_request_headers.started",)
_CONNECTED = ("connect_tcp.complete", "start_tls.complete")

_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class StaleTokenError(RefusedError):
    """The desk's token means nothing to central any more; another hello gives a new one."""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A request as central knows it. `body` is encoded already, because hello is signed.

    `acts` where central does something that stands: only then a lost answer leaves anything open.
    """

    path: str
    method: str = "POST"
    body: bytes = b""
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    answer_s: float = ANSWER_S
    acts: bool = False


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is no message; the names of headers are in small letters."""

    headers: dict[str, str]
    body: bytes


class Client:
    """Speaks to one central. Threads may share it; closing it ends every call in flight."""

    def __init__(self, address: str, clock: Clock, *, practice: bool = False) -> None:
        """Take the address of central, as `https://host[:port][/path]`.

        One of a practice desk cannot be made for another address than this machine's own:
        `practice.foreign`.
        """
        if not _is_address(address):
            raise InputError("central.address", address=address)
        if practice and not _is_own(address):
            raise InputError("practice.foreign", address=address)
        self.address = address.rstrip("/")
        self._clock = clock
        self._http: httpx.Client | None = None
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._closed = False

    def ask(self, call: Call, answer: type[Answer]) -> Answer:
        """Make the call and read its answer.

        Raises UnreachableError (`line.down`, `answer.awaited`, `central.busy`), RefusedError
        with the code of central's problem, or `central.strange` for what central never says.
        """
        return _decode(self._succeed(call), answer)

    def exchange(self, call: Call) -> Reply:
        """Make a call whose answer is bytes and headers. Raises what `ask` raises."""
        response = self._succeed(call)
        return Reply(headers=dict(response.headers), body=response.content)

    def interrupt(self) -> None:
        """End every call in flight, a long wait too, as one without an answer."""
        for one in list(self._sockets):
            # Closing would not wake who sits in a read of it; this does.
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End every call in flight and make no other."""
        with self._lock:
            self._closed = True
            http, self._http = self._http, None
        self.interrupt()
        self._sockets.clear()
        if http is not None:
            http.close()

    def _succeed(self, call: Call) -> httpx.Response:
        response = self._send(call)
        if response.status_code in _OK:
            return response
        raise _failure(response)

    def _send(self, call: Call) -> httpx.Response:
        from services.http import httpx

        request_id = new_id(int(self._clock.now().timestamp() * 1000), os.urandom)
        progress = _Progress(self._sockets)
        try:
            response = self._get_http().request(
                call.method,
                self.address + call.path,
                content=call.body,
                params=call.query,
                headers={"Clerk-Request": request_id, **call.headers},
                timeout=httpx.Timeout(call.answer_s, connect=CONNECT_S),
                extensions={"trace": progress.note},
            )
        except (httpx.TransportError, httpx.DecodingError) as error:
            code = "answer.awaited" if progress.begun else "line.down"
            _tell(call, request_id, lost=type(error).__name__)
            raise UnreachableError(code, request=request_id) from error
        _let_go(response)
        _tell(call, request_id, status=response.status_code)
        return response

    def _get_http(self) -> httpx.Client:
        """The connections, made at the first call: importing httpx costs a fifth of the start."""
        from services.http import httpx

        with self._lock:
            if self._closed:
                raise UnreachableError("line.down")
            if self._http is None:
                self._http = httpx.Client(
                    headers={"Content-Type": "application/json", "Accept": "application/json"},
                    limits=httpx.Limits(max_connections=8, keepalive_expiry=20),
                    trust_env=False,  # central is in the office's own network, behind no proxy
                    verify=_certificates() if self.address.startswith("https:") else _nobody(),
                )
            return self._http


class _Progress:
    """How far a call came, as the transport tells it."""

    def __init__(self, sockets: set[socket.socket]) -> None:
        self.begun = False
        self._sockets = sockets

    def note(self, event: str, told: dict[str, Any]) -> None:
        """Remember that sending began, and each socket that was opened."""
        if event.endswith(_BEGUN):
            self.begun = True
        elif event.endswith(_CONNECTED):
            opened = told["return_value"].get_extra_info("socket")
            self._sockets.difference_update([one for one in self._sockets if one.fileno() < 0])
            self._sockets.add(opened)


def _let_go(response: httpx.Response) -> None:
    """Take an answer's stream from it, which refers back to it.

    A page of a bootstrap, megabytes in a few dozen objects, would otherwise stay in memory until
    Python looks for cycles among old objects, which it does by their number and not their size.
    """
    from services.http import httpx

    response.stream = httpx.ByteStream(b"")


def encode(message: msgspec.Struct) -> bytes:
    """A message as the body of a call."""
    return msgspec.json.encode(message)


def _decode(response: httpx.Response, answer: type[Answer]) -> Answer:
    try:
        return decode(response.content or b"null", answer)
    except msgspec.DecodeError as error:
        raise UnreachableError("central.strange", status=response.status_code) from error


def _failure(response: httpx.Response) -> UnreachableError | RefusedError:
    """What an answer that is no success means."""
    status = response.status_code
    problem = _find_problem(response)
    if status in _BUSY:
        busy = {"retry_after_s": _retry_after(response)}
        if problem and problem.code.startswith(_OF_SESSIONS):
            minutes = math.ceil(busy["retry_after_s"] / 60)
            return RefusedError(problem.code, **busy, minutes=minutes)
        return UnreachableError("central.busy", **busy)
    if problem is None or status not in _REFUSALS:
        # A 5xx may have happened before or after the deed: nobody knows, so it is asked again.
        return UnreachableError("answer.awaited" if problem else "central.strange", status=status)
    of_desk = status == _UNAUTHORISED and not problem.code.startswith(_OF_SESSIONS)
    kind = StaleTokenError if of_desk else RefusedError
    return kind(problem.code, **problem.parameters)


def _find_problem(response: httpx.Response) -> Problem | None:
    try:
        return decode(response.content, Problem)
    except msgspec.DecodeError:
        # An answer to HEAD has no body, so that its code stands in a header too.
        code = response.headers.get("Clerk-Problem", "")
        return Problem(code=code) if code else None


def _retry_after(response: httpx.Response) -> int:
    told = response.headers.get("Retry-After", "")
    return int(told) if told.isdecimal() else _RETRY_AFTER_S


def _tell(call: Call, request_id: str, **more: object) -> None:
    """Log a call: never its body or its query."""
    write_event(_log, "call", path=call.path, request_id=request_id, **more)


def _nobody() -> Any:  # noqa: ANN401 - ssl is loaded late
    """Trust in nobody: where there is no TLS, reading all authorities is time for nothing."""
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _certificates() -> Any:  # noqa: ANN401 - ssl is loaded late
    """What this machine trusts, the office's own authority included."""
    import ssl

    return ssl.create_default_context()


def _is_own(address: str) -> bool:
    """Whether an address is this machine's loopback, told by number: a name could lead away."""
    try:
        return ipaddress.ip_address(urlsplit(address).hostname or "").is_loopback
    except ValueError:
        return False


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False  # a bracket too few, or a port that is none
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
