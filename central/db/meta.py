"""Single facts about this database: its generation, its keys, the office's settings."""

from __future__ import annotations

import os

from sqlalchemy import delete, select

from central.db import dialect
from central.db.engine import Connection
from central.db.schema import meta
from clerk.contract.ids import new_id
from clerk.errors import StoreError

GENERATION = "generation"
DIGEST_KEY = "digest_key"
RESTORED_AT = "restored_at"
LEASE_HOURS = "lease_hours"
SEAL_KEY = "seal_key"


def find(connection: Connection, key: str, *, lock: bool = False) -> str | None:
    """One fact, if it was ever set, kept from others on demand."""
    statement = select(meta.c.value).where(meta.c.key == key)
    return connection.execute(statement.with_for_update() if lock else statement).scalar()


def get(connection: Connection, key: str) -> str:
    """One fact; a database that was never initialised has none."""
    value = find(connection, key)
    if value is None:
        raise StoreError("database.not_initialised")
    return value


def put(connection: Connection, key: str, value: str) -> None:
    """Set a fact."""
    dialect.put(connection, meta, {"key": key, "value": value})


def drop(connection: Connection, key: str) -> None:
    """Forget a fact."""
    connection.execute(delete(meta).where(meta.c.key == key))


def found(connection: Connection, now_ms: int) -> None:
    """Give a new database its generation and its keys; an old one keeps them.

    A database restored from a backup needs a new generation: desks begin again then.
    """
    dialect.add_unless_there(
        connection, meta, {"key": GENERATION, "value": new_id(now_ms, os.urandom)}
    )
    for key in (DIGEST_KEY, SEAL_KEY):
        dialect.add_unless_there(connection, meta, {"key": key, "value": os.urandom(32).hex()})
