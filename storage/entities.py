"""The small kinds of the cache, such as departments, windows, bundles and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select

from clerk.contract.sync import Put
from storage.bulk import take_place, these, write_rows
from storage.matters import is_settled
from storage.schema import entity, fresh_entity


def find(conn: Connection, kind: str, entity_id: str) -> bytes | None:
    """The body of one."""
    statement = select(entity.c.body).where(entity.c.kind == kind, entity.c.id == entity_id)
    return conn.execute(statement).scalar_one_or_none()


def bodies(conn: Connection, kind: str) -> tuple[bytes, ...]:
    """The bodies of all of a kind, by their ids."""
    statement = select(entity.c.body).where(entity.c.kind == kind).order_by(entity.c.id)
    return tuple(conn.execute(statement).scalars())


def find_newest(conn: Connection, kind: str) -> bytes | None:
    """The body of the highest version of a kind, wherever there is to be only one."""
    statement = select(entity.c.body).where(entity.c.kind == kind)
    newest = statement.order_by(entity.c.version.desc(), entity.c.id.desc()).limit(1)
    return conn.execute(newest).scalar_one_or_none()


def find_fresh_newest(conn: Connection, kind: str) -> bytes | None:
    """The same among what a bootstrap has brought so far."""
    statement = select(fresh_entity.c.body).where(fresh_entity.c.kind == kind)
    newest = statement.order_by(fresh_entity.c.version.desc(), fresh_entity.c.id.desc()).limit(1)
    return conn.execute(newest).scalar_one_or_none()


def find_fresh(conn: Connection, kind: str, entity_id: str) -> bytes | None:
    """The body of one among what a bootstrap has brought so far."""
    fresh = fresh_entity.c
    statement = select(fresh.body).where(fresh.kind == kind, fresh.id == entity_id)
    return conn.execute(statement).scalar_one_or_none()


def write(conn: Connection, puts: Sequence[Put]) -> None:
    """Put some into the cache; only the feed does."""
    write_rows(conn, entity, _rows(puts))


def write_fresh(conn: Connection, puts: Sequence[Put]) -> None:
    """Put some into the shadow table."""
    write_rows(conn, fresh_entity, _rows(puts))


def take_fresh(conn: Connection) -> None:
    """Put the shadow table in the cache's place."""
    take_place(conn, fresh_entity, entity)


def versions(conn: Connection, kind: str, ids: Iterable[str]) -> dict[str, int]:
    """The versions of those of these that the cache holds."""
    statement = select(entity.c.id, entity.c.version).where(entity.c.kind == kind)
    rows = conn.execute(statement.where(entity.c.id.in_(these(ids))))
    return {row.id: row.version for row in rows}


def purge(conn: Connection, kind: str, ids: Iterable[str]) -> None:
    """Forget some."""
    conn.execute(delete(entity).where(entity.c.kind == kind, entity.c.id.in_(these(ids))))


def _rows(puts: Sequence[Put]) -> list[tuple[str, str, int, bytes, int]]:
    return [
        (str(put.kind), put.id, put.version, bytes(put.body), int(is_settled(put))) for put in puts
    ]
