"""Every look at a person, remembered with its purpose."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import insert, select

from central.db import meta
from central.db.engine import Connection
from central.db.schema import lookups
from clerk.contract.session import Purpose


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Who looked, when, from where and why; never at which number in clear."""

    id: str
    at: datetime
    user: str
    device: str
    purpose: Purpose
    subject: str
    reason: str
    number_digest: str
    found: bool
    sources: str


def digest(connection: Connection, text: str) -> str:
    """A keyed hash, for what may be compared but not read: ID numbers, query passwords."""
    key = bytes.fromhex(meta.get(connection, meta.DIGEST_KEY))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def add(connection: Connection, look: Look) -> None:
    """Remember a look."""
    connection.execute(insert(lookups), _plain(look))


def find(connection: Connection, look: str) -> Look | None:
    """A look by its id."""
    columns = [lookups.c[name] for name in Look.__struct_fields__]
    row = connection.execute(select(*columns).where(lookups.c.id == look)).one_or_none()
    return None if row is None else Look(**row._asdict() | {"purpose": Purpose(row.purpose)})


def list_of(connection: Connection, number_digest: str) -> Sequence[Look]:
    """Who looked at a number, oldest first."""
    columns = [lookups.c[name] for name in Look.__struct_fields__]
    statement = select(*columns).where(lookups.c.number_digest == number_digest)
    rows = connection.execute(statement.order_by(lookups.c.at, lookups.c.id))
    return [Look(**row._asdict() | {"purpose": Purpose(row.purpose)}) for row in rows]


def _plain(look: Look) -> dict[str, object]:
    return msgspec.structs.asdict(look) | {"purpose": look.purpose.value}
