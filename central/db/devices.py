"""Desks: enrolment codes, keys, what was heard of them, their tokens and number leases."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import delete, func, insert, select, update

from central.db import meta
from central.db.engine import Connection
from central.db.schema import (
    commands,
    device_tokens,
    devices,
    enrolment_codes,
    number_leases,
    sessions,
)
from clerk.contract.numbers import NumberLease
from clerk.rules.numbers import CaseNumber
from clerk.sync.lending import Lent, next_range, usable_until
from clerk.sync.restoring import may_be_lost


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
    disabled_at: datetime | None = None
    runs: str | None = None


class ListedDevice(msgspec.Struct, frozen=True, kw_only=True):
    """A desk as a list shows it."""

    id: str
    name: str
    window: str
    department: str
    last_n: int
    quarantined: bool
    disabled: bool
    seen_at: datetime | None


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


def note_hello(
    connection: Connection, device_id: str, count: int, runs: tuple[str, ...], at: datetime
) -> None:
    """Note how often a desk has said hello, and in which runs."""
    change = update(devices).where(devices.c.id == device_id)
    connection.execute(change.values(hello_count=count, runs=" ".join(runs), seen_at=at))


def note_last_n(connection: Connection, device_id: str, n: int) -> None:
    """Note the last command that came from a desk."""
    connection.execute(update(devices).where(devices.c.id == device_id).values(last_n=n))


def quarantine(connection: Connection, device_id: str) -> None:
    """Take nothing more from a desk; its tokens end at once."""
    connection.execute(update(devices).where(devices.c.id == device_id).values(quarantined=True))
    connection.execute(delete(device_tokens).where(device_tokens.c.device == device_id))


def list_all(connection: Connection) -> tuple[ListedDevice, ...]:
    """Every desk, in the order of enrolment."""
    columns = (devices.c[name] for name in ListedDevice.__struct_fields__)
    rows = connection.execute(select(*columns).order_by(devices.c.enrolled_at, devices.c.id))
    return tuple(ListedDevice(**row._asdict()) for row in rows)


def list_newest_acts(connection: Connection) -> dict[str, datetime]:
    """When the newest act of each desk came: one step into an index for each."""
    newest = (
        (commands.c.device == devices.c.id)
        & (commands.c.incarnation == devices.c.incarnation)
        & (commands.c.n == devices.c.last_n)
    )
    statement = select(devices.c.id, commands.c.arrived_at).join_from(devices, commands, newest)
    return {row.id: row.arrived_at for row in connection.execute(statement)}


def find_by_prefix(connection: Connection, prefix: str) -> Device | None:
    """The one desk whose id is this or begins so, kept from others; ids are long to type."""
    like = devices.c.id.startswith(prefix, autoescape=True)
    rows = connection.execute(_DEVICE.where(like).limit(2).with_for_update()).all()
    return Device(**rows[0]._asdict()) if prefix and len(rows) == 1 else None


def move(connection: Connection, moved: Device) -> None:
    """Change where a desk belongs."""
    change = update(devices).where(devices.c.id == moved.id)
    place = {"window": moved.window, "department": moved.department}
    connection.execute(change.values(**place, scope_version=moved.scope_version))


def disable(connection: Connection, device_id: str, at: datetime) -> None:
    """Let a desk in no more."""
    change = update(devices).where(devices.c.id == device_id)
    connection.execute(change.values(disabled=True, disabled_at=at))
    connection.execute(delete(device_tokens).where(device_tokens.c.device == device_id))


def end_tokens_of(connection: Connection, user: str) -> None:
    """Have every desk that somebody signed in at greet anew, and so hear of them."""
    there = select(sessions.c.device).where(sessions.c.user == user)
    connection.execute(delete(device_tokens).where(device_tokens.c.device.in_(there)))


def release(connection: Connection, device_id: str) -> None:
    """Take something from a desk again. Its runs are forgotten, for one of them goes on."""
    change = update(devices).where(devices.c.id == device_id)
    connection.execute(change.values(quarantined=False, runs=None))


def give_token(
    connection: Connection, token_hash: str, device_id: str, now: datetime, until: datetime
) -> None:
    """Remember a bearer token; those that ran out are forgotten."""
    connection.execute(delete(device_tokens).where(device_tokens.c.until <= now))
    row = {"token_hash": token_hash, "device": device_id, "until": until}
    connection.execute(insert(device_tokens).values(**row))


def lend_numbers(
    connection: Connection, window: int, amount: int, device: Device, at: datetime
) -> NumberLease | None:
    """Lend the next numbers of a window, if any may be; the caller has locked the window's row."""
    numbers = next_range(_known_lent(connection, window), amount, at)
    if numbers is None:
        return None
    lease = NumberLease(window, *numbers, until=usable_until(at))
    connection.execute(insert(number_leases).values(**_lease_row(lease, device), given_at=at))
    return lease


def _known_lent(connection: Connection, window: int) -> Lent:
    """Ranges that were taken back in after a restore, as was done once, are none of the newest."""
    newest = (
        select(number_leases.c.last, number_leases.c.given_at)
        .where(number_leases.c.window == window, number_leases.c.readopted == 0)
        .order_by(number_leases.c.id.desc())
        .limit(1)
    )
    row = connection.execute(newest).one_or_none()
    last, at = (row.last, row.given_at) if row else (0, None)
    # Nothing is lent before the first desk is there, and no backup with a desk lacks the first.
    since = connection.execute(select(func.min(devices.c.enrolled_at))).scalar_one()
    return Lent(since=since, restored_at=_find_restored(connection), newest=last, newest_at=at)


def _find_restored(connection: Connection) -> datetime | None:
    told = meta.find(connection, meta.RESTORED_AT)
    return datetime.fromisoformat(told) if told else None


def _lease_row(lease: NumberLease, device: Device) -> dict[str, object]:
    row = {"window": lease.window, "first": lease.first, "last": lease.last}
    return {**row, "device": device.id, "incarnation": device.incarnation}


def holds_number(connection: Connection, device_id: str, number: CaseNumber) -> bool:
    """Whether a desk was lent this number, as far as is known or can have been lost."""
    rows = connection.execute(
        select(number_leases.c.device, number_leases.c.given_at).where(
            number_leases.c.window == number.window,
            number_leases.c.first <= number.sequence,
            number_leases.c.last >= number.sequence,
        )
    ).all()
    if any(row.device == device_id for row in rows):
        return True
    others = (row.given_at for row in rows if row.device)
    return may_be_lost(number.day, _find_restored(connection), others)
