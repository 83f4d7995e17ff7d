"""A request, read: its body within its limit, decoded, with whoever sent it."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec
from starlette.requests import Request

from central import sessions
from central.access import Caller
from central.db import devices
from central.db.devices import Device
from central.db.engine import Connection
from central.secrets import hash_token
from clerk.clock import Clock
from clerk.contract.sync import Push
from clerk.contract.user import User
from clerk.decoding import decode
from clerk.errors import InputError, RefusedError

T = TypeVar("T")
_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})

_NUL = b"\\u0000"
"""As JSON writes it. No text of ours has one, and PostgreSQL takes none."""

_WHERE = re.compile(r" - at `([^`]{1,200})`$")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a handler needs of a request, with nothing of HTTP in it but the headers."""

    raw: bytes
    headers: dict[str, str]
    query: dict[str, str]
    path: dict[str, str]
    clock: Clock
    client: str = ""

    def decode(self, kind: type[T]) -> T:
        """The body as a message. Says where it is wrong, never what was in it.

        A push may hold a NUL: the command that has it is refused, and the others are taken.
        """
        if _NUL in self.raw and kind is not Push:
            raise InputError("body.malformed")
        try:
            return decode(self.raw, kind)
        except msgspec.ValidationError as error:
            found = _WHERE.search(str(error))
            raise InputError("body.invalid", at=found[1] if found else "$") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise InputError("body.malformed") from None

    def get_device(self, connection: Connection) -> Device:
        """The desk whose token this is."""
        device = self.get_leaving_device(connection)
        if device.disabled:
            raise RefusedError("device.disabled")
        return device

    def get_leaving_device(self, connection: Connection) -> Device:
        """The same, or one that was disabled and hands over what it still has."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        now = self.clock.now()
        known = scheme.lower() == "bearer" and token
        device = devices.find_by_token(connection, hash_token(token), now) if known else None
        if device is None:
            raise RefusedError("token.expired")
        if device.quarantined:
            raise RefusedError("device.quarantined")
        return device

    def find_user(self, connection: Connection, device: Device) -> User | None:
        """Who is signed in at the desk, if somebody is."""
        token = self.headers.get("clerk-session", "")
        return sessions.find_user(connection, token, device, self.clock.now())

    def get_caller(self, connection: Connection) -> Caller:
        """The desk together with who is signed in there."""
        device = self.get_device(connection)
        user = self.find_user(connection, device)
        if user is None:
            raise RefusedError("session.expired")
        return Caller(user, device, self.clock.now())


async def read_request(request: Request, clock: Clock, most_bytes: int) -> Asked:
    """Read a request; a body that is too large is refused before it is all there."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise InputError("body.encoding")
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > most_bytes:
        raise InputError("body.too_large", most_bytes=most_bytes)
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > most_bytes:
            raise InputError("body.too_large", most_bytes=most_bytes)
    query, path = dict(request.query_params), dict(request.path_params)
    if any("\0" in value for value in (*query.values(), *path.values())):
        raise InputError("http.not_found")
    headers = dict(request.headers)
    return Asked(
        raw=bytes(raw),
        headers=headers,
        query=query,
        path=path,
        clock=clock,
        client=_client(request),
    )


def _client(request: Request) -> str:
    """The address that a request comes from; a proxy on this machine says it for others."""
    host = request.client.host if request.client else ""
    told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return told if told and host in _THIS_MACHINE else host
