"""How registers of others are described, as the office has loaded it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.register_schema import registers


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A description as JSON, with its version and whether the register is asked at all."""

    id: str
    version: int
    active: bool
    changed_at: datetime
    body: bytes


def put(connection: Connection, register: str, body: bytes, now: datetime) -> int:
    """Let this description hold from now on, and the register be asked; its version."""
    known = find(connection, register)
    version = known.version + 1 if known else 1
    row = {
        "id": register,
        "version": version,
        "active": True,
        "changed_at": now,
        "body": body,
    }
    dialect.put(connection, registers, row)
    return version


def set_active(connection: Connection, register: str, now: datetime, *, active: bool) -> None:
    """Ask a register no more, or again."""
    statement = update(registers).where(registers.c.id == register)
    connection.execute(statement.values(active=active, changed_at=now))


def find(connection: Connection, register: str) -> Stored | None:
    """One description."""
    row = connection.execute(select(registers).where(registers.c.id == register)).one_or_none()
    return None if row is None else Stored(**row._asdict())


def list_all(connection: Connection) -> tuple[Stored, ...]:
    """Every description, by id."""
    rows = connection.execute(select(registers).order_by(registers.c.id))
    return tuple(Stored(**row._asdict()) for row in rows)
