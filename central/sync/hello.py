"""Hello: who is there, is it still the same desk, and what is it to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from central.access import scope_of
from central.db import audit, desk_words, devices, feed, meta, offices, users
from central.db.desk_words import DeskWord
from central.db.devices import Device
from central.db.engine import Connection
from central.secrets import hash_token, new_token
from central.spoken import Spoken
from central.sync.enrol import describe_place
from central.sync.seal_key import get_public_key
from central.sync.signature import demand_signature
from clerk.contract.numbers import NumberLease
from clerk.contract.sync import PROTOCOL, Directive, Hello, Welcome
from clerk.errors import RefusedError
from clerk.sync.central import KnownDevice, choose_protocol, judge_hello, remember_run

TOKEN_LASTS = timedelta(hours=12)
NUMBERS_AT_ONCE = 200
NUMBERS_LOW = 100
"""A desk with fewer numbers left than this is lent more."""


def hello(
    connection: Connection,
    message: Hello,
    body: bytes,
    signature: str,
    now: datetime,
    *,
    spoken: Spoken,
) -> Welcome:
    """Greet a desk; one that was copied or set back is quarantined and told so."""
    device = _get_device(connection, message.device)
    demand_signature(device.public_key, body, signature)
    if device.disabled:
        return _bid_farewell(connection, device, now)
    generation, head = meta.get(connection, meta.GENERATION), feed.head(connection)
    known = _known(device)
    directive = judge_hello(message, known, generation, head, spoken.protocols)
    welcome = replace(
        _welcome(device, directive, generation, head, now),
        protocol=choose_protocol(message, spoken.protocols) or spoken.protocols.newest,
        kinds=tuple(sorted(spoken.kinds)),
    )
    if directive is Directive.QUARANTINED and not device.quarantined:
        quarantine(connection, device, "hello", now)
    if directive in {Directive.QUARANTINED, Directive.UPGRADE}:
        return welcome
    runs, count = remember_run(known, message), max(message.count, known.hello_count)
    devices.note_hello(connection, device.id, count, runs, now)
    desk_words.note(connection, device.id, DeskWord(message.program, message.unsent))
    if directive is Directive.GREET_AGAIN:
        return welcome
    return _give(connection, device, message, welcome)


def lend_leaving_token(connection: Connection, device_id: str, now: datetime) -> str:
    """What lets a disabled desk bring its scans; for every other there is hello.

    A sealed outbox travels as a file too: it must open no door to whoever found it.
    """
    device = devices.find(connection, device_id)
    return _lend_token(connection, device_id, now) if device and device.disabled else ""


def _lend_token(connection: Connection, device: str, now: datetime) -> str:
    token = new_token()
    devices.give_token(connection, hash_token(token), device, now, now + TOKEN_LASTS)
    return token


def _give(connection: Connection, device: Device, message: Hello, welcome: Welcome) -> Welcome:
    """What a desk that is let in gets: a token, case numbers, and where it belongs."""
    now = welcome.server_time
    token = _lend_token(connection, device.id, now)
    hours = meta.find(connection, meta.LEASE_HOURS)
    return replace(
        welcome,
        token=token,
        token_until=now + TOKEN_LASTS,
        lease=_lend(connection, device, message, now),
        lease_hours=int(hours) if hours else welcome.lease_hours,
        place=describe_place(connection, device),
        seal_key=get_public_key(connection),
        users_gone=users.list_disabled(connection),
    )


def quarantine(connection: Connection, device: Device, reason: str, now: datetime) -> None:
    """Take nothing more from a desk until a person has looked at it."""
    devices.quarantine(connection, device.id)
    entry = audit.Entry(
        at=now,
        actor=device.id,
        action="device.quarantined",
        subject=device.id,
        detail={"reason": reason},
    )
    audit.append(connection, entry)


def _get_device(connection: Connection, device_id: str) -> Device:
    device = devices.find(connection, device_id, lock=True)
    if device is None:
        raise RefusedError("device.unknown")
    return device


def _bid_farewell(connection: Connection, device: Device, now: datetime) -> Welcome:
    """A disabled desk hands over what it has, and gets nothing any more."""
    generation, head = meta.get(connection, meta.GENERATION), feed.head(connection)
    welcome = _welcome(device, Directive.HAND_OVER, generation, head, now)
    return replace(welcome, seal_key=get_public_key(connection))


def _known(device: Device) -> KnownDevice:
    return KnownDevice(
        incarnation=device.incarnation,
        hello_count=device.hello_count,
        last_n=device.last_n,
        scope_version=device.scope_version,
        quarantined=device.quarantined,
        runs=tuple((device.runs or "").split()),
    )


def _lend(
    connection: Connection, device: Device, message: Hello, now: datetime
) -> NumberLease | None:
    if not device.window or message.numbers_left >= NUMBERS_LOW:
        return None
    window = offices.get_window(connection, device.window, lock=True)
    return devices.lend_numbers(connection, window.number, NUMBERS_AT_ONCE, device, now)


def _welcome(
    device: Device, directive: Directive, generation: str, head: int, now: datetime
) -> Welcome:
    return Welcome(
        protocol=PROTOCOL,
        directive=directive,
        token="",
        token_until=now,
        generation=generation,
        head=head,
        last_n=device.last_n,
        scope_version=device.scope_version,
        server_time=now,
        scope=tuple(sorted(scope_of(device))),
        count=device.hello_count,
    )
