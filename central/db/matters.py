"""Matters as central keeps them: each whole, with its columns read from it, and who sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import delete, insert, select, union, update

from central.db import dialect
from central.db.bodies import StoredBody
from central.db.engine import Connection
from central.db.feed import Change
from central.db.matter_schema import matter_audiences, matters
from clerk.contract.matter import MatterRecord
from clerk.contract.sync import EntityKind
from clerk.decoding import Reader
from clerk.rules.matter import Matter, fold_matter
from clerk.rules.matter.privacy import masked_matter
from clerk.sync.scope import audiences_of_matter

_read = Reader[MatterRecord](MatterRecord)


def find(connection: Connection, matter_id: str, *, lock: bool = False) -> MatterRecord | None:
    """A matter by its id, unmasked; kept from others until this transaction ends on demand."""
    statement = select(matters.c.body).where(matters.c.id == matter_id)
    statement = statement.with_for_update() if lock else statement
    body = connection.execute(statement).scalar_one_or_none()
    return None if body is None else _read(body)


def find_version(connection: Connection, matter_id: str) -> int:
    """The version of a matter; 0 where there is none yet."""
    statement = select(matters.c.version).where(matters.c.id == matter_id)
    return connection.execute(statement).scalar_one_or_none() or 0


def add(connection: Connection, record: MatterRecord) -> Change | None:
    """Store a new matter; nothing where its id is there already. Announce what is returned."""
    matter = fold_matter(record)
    if not dialect.add_unless_there(connection, matters, {"id": record.id, **_row(matter, record)}):
        return None
    return _show(connection, matter, frozenset())


def put(connection: Connection, before: Matter, record: MatterRecord) -> Change:
    """Store what came to a matter; announce what is returned."""
    matter = fold_matter(record)
    changed = update(matters).where(matters.c.id == record.id).values(_row(matter, record))
    connection.execute(changed)
    return _show(connection, matter, audiences_of_matter(before))


def list_open(connection: Connection) -> tuple[MatterRecord, ...]:
    """Every matter to which an answer is owed, unmasked, the oldest first."""
    statement = select(matters.c.body).where(matters.c.ended_at.is_(None))
    ordered = statement.order_by(matters.c.taken_at, matters.c.id)
    return tuple(map(_read, connection.execute(ordered).scalars()))


def list_since(connection: Connection, since: datetime) -> tuple[MatterRecord, ...]:
    """Those to which an answer is owed, and those taken in since then; the newest first."""
    wanted = matters.c.ended_at.is_(None) | (matters.c.taken_at >= since)
    ordered = select(matters.c.body).where(wanted).order_by(matters.c.taken_at.desc(), matters.c.id)
    return tuple(map(_read, connection.execute(ordered).scalars()))


def find_of_rating(connection: Connection, rating: str) -> MatterRecord | None:
    """The follow-up of a rating, unmasked."""
    body = connection.execute(select(matters.c.body).where(matters.c.rating == rating)).scalar()
    return None if body is None else _read(body)


def list_of_ratings(connection: Connection, ratings: Iterable[str]) -> tuple[MatterRecord, ...]:
    """The follow-ups of these ratings, unmasked."""
    wanted = sorted(one for one in ratings if one)
    statement = select(matters.c.body).where(matters.c.rating.in_(wanted))
    return tuple(map(_read, connection.execute(statement).scalars()))


def list_excluded(connection: Connection, ratings: Iterable[str]) -> frozenset[str]:
    """Those of these ratings that were excluded as malicious: they count in no figure."""
    statement = select(matters.c.rating).where(
        matters.c.rating.in_(sorted(ratings)), matters.c.rating != "", matters.c.excluded
    )
    return frozenset(connection.execute(statement).scalars())


def bodies(connection: Connection, ids: Sequence[str], scope: Iterable[str]) -> list[StoredBody]:
    """The matters of these ids that this scope sees, masked, as the feed carries them."""
    seen = select(matter_audiences.c.matter_id).where(
        matter_audiences.c.matter_id.in_(ids), matter_audiences.c.audience.in_(sorted(scope))
    )
    return _masked(connection, tuple(connection.execute(seen).scalars()))


def page(connection: Connection, scope: Iterable[str], after: str, limit: int) -> list[StoredBody]:
    """The next matters of this scope by id, masked."""
    matter_id = matter_audiences.c.matter_id
    parts = [
        select(matter_id)
        .where(matter_audiences.c.audience == audience, matter_id > after)
        .order_by(matter_id)
        .limit(limit)
        .subquery()
        for audience in sorted(scope)
    ]
    seen = union(*(select(part.c.matter_id) for part in parts)).subquery()
    statement = select(seen.c.matter_id).order_by(seen.c.matter_id).limit(limit)
    return _masked(connection, tuple(connection.execute(statement).scalars()))


def versions(connection: Connection, scope: Iterable[str]) -> list[tuple[str, int]]:
    """The id and version of every matter of this scope."""
    seen = select(matter_audiences.c.matter_id).where(
        matter_audiences.c.audience.in_(sorted(scope))
    )
    rows = connection.execute(select(matters.c.id, matters.c.version).where(matters.c.id.in_(seen)))
    return [(row.id, row.version) for row in rows]


def _masked(connection: Connection, ids: Sequence[str]) -> list[StoredBody]:
    columns = (matters.c.id, matters.c.version, matters.c.body)
    rows = connection.execute(select(*columns).where(matters.c.id.in_(ids)).order_by(matters.c.id))
    return [
        StoredBody(row.id, row.version, msgspec.json.encode(masked_matter(_read(row.body))))
        for row in rows
    ]


def _row(matter: Matter, record: MatterRecord) -> dict[str, object]:
    return {
        "version": record.version,
        "kind": matter.kind.value,
        "way": matter.brought.way.value,
        "department": matter.department,
        "window": matter.window,
        "rating": matter.brought.rating,
        "taken_at": matter.taken_at,
        "answered_at": matter.answered.at if matter.answered else None,
        "ended_at": matter.ended_at,
        "excluded": matter.excluded,
        "body": msgspec.json.encode(record),
    }


def _show(connection: Connection, matter: Matter, before: frozenset[str]) -> Change:
    after = audiences_of_matter(matter)
    gone, new = before - after, after - before
    if gone:
        mine = matter_audiences.c.matter_id == matter.id
        lost = delete(matter_audiences).where(mine, matter_audiences.c.audience.in_(sorted(gone)))
        connection.execute(lost)
    if new:
        rows = [{"audience": one, "matter_id": matter.id} for one in sorted(new)]
        connection.execute(insert(matter_audiences), rows)
    return Change(
        kind=EntityKind.MATTER,
        id=matter.id,
        version=matter.version,
        audiences=after,
        lost_by=gone,
    )
