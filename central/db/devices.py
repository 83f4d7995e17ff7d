"""Desks: enrolment codes, keys, what was heard of them, their tokens and number leases."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import delete, insert, select, update

from central.db.engine import Connection
from central.db.schema import device_tokens, devices, enrolment_codes, number_leases
from clerk.contract.numbers import LAST_SEQUENCE, NumberLease


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A desk as central knows it. It serves a window or a department, never both."""

    id: str
    public_key: str
    incarnation: int
    hello_count: int
    last_n: int
    window: str
    department: str
    scope_version: int
    quarantined: bool = False
    disabled: bool = False


class EnrolmentCode(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time code; `device` is the desk that used it."""

    window: str
    department: str
    until: datetime
    device: str = ""


_DEVICE = select(*(devices.c[name] for name in Device.__struct_fields__))


def add_code(
    connection: Connection, code_hash: str, code: EnrolmentCode, created_at: datetime
) -> None:
    """Remember a one-time code."""
    row = {"code_hash": code_hash, "window": code.window, "department": code.department}
    statement = insert(enrolment_codes).values(**row, until=code.until, created_at=created_at)
    connection.execute(statement)


def find_code(connection: Connection, code_hash: str) -> EnrolmentCode | None:
    """A code, kept from others until this transaction ends."""
    statement = select(
        enrolment_codes.c.window,
        enrolment_codes.c.department,
        enrolment_codes.c.until,
        enrolment_codes.c.device,
    ).where(enrolment_codes.c.code_hash == code_hash)
    row = connection.execute(statement.with_for_update()).one_or_none()
    return None if row is None else EnrolmentCode(**row._asdict())


def use_code(connection: Connection, code_hash: str, device: str, at: datetime) -> None:
    """Note who used a code."""
    change = update(enrolment_codes).where(enrolment_codes.c.code_hash == code_hash)
    connection.execute(change.values(used_at=at, device=device))


def add(connection: Connection, device: Device, name: str, at: datetime) -> None:
    """Remember a new desk."""
    row = msgspec.structs.asdict(device)
    connection.execute(insert(devices).values(**row, name=name, enrolled_at=at))


def find(connection: Connection, device_id: str, *, lock: bool = False) -> Device | None:
    """A desk by its id, kept from others on demand."""
    statement = _DEVICE.where(devices.c.id == device_id)
    row = connection.execute(statement.with_for_update() if lock else statement).one_or_none()
    return None if row is None else Device(**row._asdict())


def find_by_token(connection: Connection, token_hash: str, now: datetime) -> Device | None:
    """The desk that a bearer token was given to."""
    statement = _DEVICE.join(device_tokens, device_tokens.c.device == devices.c.id).where(
        device_tokens.c.token_hash == token_hash, device_tokens.c.until > now
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else Device(**row._asdict())


def note_hello(connection: Connection, device_id: str, count: int, at: datetime) -> None:
    """Note how often a desk has said hello."""
    change = update(devices).where(devices.c.id == device_id)
    connection.execute(change.values(hello_count=count, seen_at=at))


def note_last_n(connection: Connection, device_id: str, n: int) -> None:
    """Note the last command that came from a desk."""
    connection.execute(update(devices).where(devices.c.id == device_id).values(last_n=n))


def quarantine(connection: Connection, device_id: str) -> None:
    """Take nothing more from a desk; its tokens end at once."""
    connection.execute(update(devices).where(devices.c.id == device_id).values(quarantined=True))
    connection.execute(delete(device_tokens).where(device_tokens.c.device == device_id))


def give_token(
    connection: Connection, token_hash: str, device_id: str, now: datetime, until: datetime
) -> None:
    """Remember a bearer token; those that ran out are forgotten."""
    connection.execute(delete(device_tokens).where(device_tokens.c.until <= now))
    row = {"token_hash": token_hash, "device": device_id, "until": until}
    connection.execute(insert(device_tokens).values(**row))


def lend_numbers(
    connection: Connection, window: int, amount: int, device: Device, at: datetime
) -> NumberLease:
    """Lend the next sequence numbers of a window; the caller has locked the window's row.

    After the last number of a window its numbers begin again at 1: the day tells them apart.
    """
    newest = (
        select(number_leases.c.last)
        .where(number_leases.c.window == window)
        .order_by(number_leases.c.id.desc())
        .limit(1)
    )
    first = (connection.execute(newest).scalar() or 0) + 1
    if first + amount - 1 > LAST_SEQUENCE:
        first = 1
    lease = NumberLease(window, first, first + amount - 1)
    row = {"window": window, "first": lease.first, "last": lease.last, "device": device.id}
    given = {"incarnation": device.incarnation, "given_at": at}
    connection.execute(insert(number_leases).values(**row, **given))
    return lease


def was_lent(connection: Connection, device_id: str, window: int, sequence: int) -> bool:
    """Whether a desk was ever lent this number of a window."""
    statement = select(number_leases.c.id).where(
        number_leases.c.device == device_id,
        number_leases.c.window == window,
        number_leases.c.first <= sequence,
        number_leases.c.last >= sequence,
    )
    return connection.execute(statement.limit(1)).first() is not None
