"""Commands as they arrived, with the answers they were given."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, select, update

from central.db import dialect
from central.db.devices import Device
from central.db.engine import Connection
from central.db.schema import commands
from clerk.contract.answer import Answer
from clerk.contract.command import Envelope
from clerk.decoding import decode


class StoredCommand(msgspec.Struct, frozen=True):
    """What a repeat is compared with, and answered with."""

    fingerprint: str
    answer: Answer | None


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """A command at the moment of its arrival. `body` is what is kept of it."""

    envelope: Envelope
    kind: str
    fingerprint: str
    body: bytes
    at: datetime


def add(connection: Connection, device: Device, arrived: Arrived) -> bool:
    """Put a command under its idempotency key; false where one is there already."""
    envelope = arrived.envelope
    return dialect.add_unless_there(
        connection,
        commands,
        {
            "device": device.id,
            "incarnation": device.incarnation,
            "n": envelope.n,
            "id": envelope.id,
            "case_id": envelope.case_id,
            "kind": arrived.kind,
            "user": envelope.user,
            "at": envelope.at,
            "arrived_at": arrived.at,
            "fingerprint": arrived.fingerprint,
            "body": arrived.body,
        },
    )


def find(connection: Connection, device: Device, n: int) -> StoredCommand | None:
    """The command of a desk under a number."""
    statement = select(commands.c.fingerprint, commands.c.answer).where(*_key(device, n))
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    answer = decode(row.answer, Answer) if row.answer else None
    return StoredCommand(row.fingerprint, answer)


def set_answer(connection: Connection, device: Device, answer: Answer) -> None:
    """Keep the answer that every repeat will get."""
    change = update(commands).where(*_key(device, answer.n))
    connection.execute(change.values(answer=msgspec.json.encode(answer)))


def _key(device: Device, n: int) -> tuple[ColumnElement[bool], ...]:
    return (
        commands.c.device == device.id,
        commands.c.incarnation == device.incarnation,
        commands.c.n == n,
    )
