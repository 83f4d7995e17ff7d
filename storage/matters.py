"""Matters in the cache, page by page: what is owed first, and the oldest of it before all."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from clerk.contract.matter import MatterRecord
from clerk.contract.sync import EntityKind, Put
from clerk.decoding import Reader
from clerk.rules.matter import fold_matter
from storage.schema import entity

_decode = Reader[MatterRecord](MatterRecord)


class Place(NamedTuple):
    """Where a page ended: whether in what is settled, and at which matter."""

    settled: bool
    id: str


BEGINNING = Place(settled=False, id="")


def is_settled(put: Put) -> bool:
    """Whether it is a matter to which no answer is owed any more.

    What a newer central sent and nobody here can read is none.
    """
    if put.kind != EntityKind.MATTER:
        return False
    try:
        return not fold_matter(_decode(put.body)).is_open
    except msgspec.MsgspecError:
        return False


def page(
    conn: Connection, after: Place, limit: int
) -> tuple[tuple[MatterRecord, ...], Place | None]:
    """So many behind a place, and where to go on; nothing at the end.

    Their ids grow with the time at which they were taken in: of what is settled the newest is
    first.
    """
    found = _read(conn, after, limit)
    if len(found) < limit and not after.settled:
        after = Place(settled=True, id="")
        found += _read(conn, after, limit - len(found))
    if len(found) < limit:
        return tuple(found), None
    return tuple(found), Place(after.settled, found[-1].id)


def _read(conn: Connection, after: Place, limit: int) -> list[MatterRecord]:
    matters = entity.c.kind == EntityKind.MATTER.value, entity.c.settled == int(after.settled)
    statement = select(entity.c.body).where(*matters).limit(limit)
    if after.settled:
        statement = statement.order_by(entity.c.id.desc())
        behind = entity.c.id < after.id
    else:
        statement = statement.order_by(entity.c.id)
        behind = entity.c.id > after.id
    if after.id:
        statement = statement.where(behind)
    return [_decode(body) for body in conn.execute(statement).scalars()]
