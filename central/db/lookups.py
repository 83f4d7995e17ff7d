"""Every look at a person, remembered with its purpose."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import insert, select

from central.db import meta
from central.db.engine import Connection
from central.db.lookup_schema import lookups
from central.db.schema import cases
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


class Followed(msgspec.Struct, frozen=True):
    """A look for a draft, with the id, number and item of each case that came of it."""

    look: Look
    cases: tuple[tuple[str, str, str], ...]


def digest(connection: Connection, text: str) -> str:
    """A keyed hash, for what may be compared but not read: ID numbers, query passwords."""
    return _keyed(_key(connection), text)


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


def find_first(connection: Connection, since: datetime, until: datetime) -> datetime | None:
    """When somebody first looked for a draft in a stretch of time."""
    statement = (
        select(lookups.c.at)
        .where(lookups.c.purpose == Purpose.DRAFT.value)
        .where(lookups.c.at >= since, lookups.c.at < until)
    )
    return connection.execute(statement.order_by(lookups.c.at).limit(1)).scalar_one_or_none()


def list_followed(connection: Connection, since: datetime, until: datetime) -> tuple[Followed, ...]:
    """The looks for drafts of a stretch of time, with the cases of the same applicant and visit."""
    columns = [lookups.c[name] for name in Look.__struct_fields__]
    case = (cases.c.id.label("case"), cases.c.number, cases.c.item, cases.c.applicant_number)
    statement = (
        select(*columns, *case)
        .select_from(lookups.outerjoin(cases, cases.c.application == lookups.c.subject))
        .where(lookups.c.purpose == Purpose.DRAFT.value)
        .where(lookups.c.at >= since, lookups.c.at < until)
        .order_by(lookups.c.at, lookups.c.id, cases.c.number)
    )
    key, looks = _key(connection), dict[str, Look]()
    came: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in connection.execute(statement):
        *plain, case_id, number, item, applicant = row
        look = dict(zip(Look.__struct_fields__, plain, strict=True))
        looks[row.id] = Look(**look | {"purpose": Purpose.DRAFT})
        if case_id and _keyed(key, applicant) == row.number_digest:
            came[row.id].append((case_id, number, item))
    return tuple(Followed(look, tuple(came[look.id])) for look in looks.values())


def _key(connection: Connection) -> bytes:
    return bytes.fromhex(meta.get(connection, meta.DIGEST_KEY))


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _plain(look: Look) -> dict[str, object]:
    return msgspec.structs.asdict(look) | {"purpose": look.purpose.value}
