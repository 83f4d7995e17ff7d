"""The journals of the windows: written by them, read by them and by the manager."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, select, update

from central.db import dialect
from central.db.bodies import StoredBody
from central.db.engine import Connection
from central.db.feed import Change
from central.db.journal_schema import journal
from clerk.contract.journal import JournalEntry
from clerk.contract.sync import EntityKind
from clerk.decoding import Reader
from clerk.sync.scope import window_label

_WINDOW = window_label("")
_read = Reader[JournalEntry](JournalEntry)


def find(connection: Connection, entry_id: str) -> JournalEntry | None:
    """An entry by its id, kept from others until this transaction ends."""
    statement = select(journal.c.body).where(journal.c.id == entry_id).with_for_update()
    body = connection.execute(statement).scalar_one_or_none()
    return None if body is None else _read(body)


def put(connection: Connection, entry: JournalEntry) -> None:
    """Store an entry, or what came to it."""
    values = {"version": entry.version, "body": msgspec.json.encode(entry)}
    row = {"id": entry.id, "window": entry.window, "at": entry.at, **values}
    if not dialect.add_unless_there(connection, journal, row):
        connection.execute(update(journal).where(journal.c.id == entry.id).values(values))


def find_version(connection: Connection, entry_id: str) -> int:
    """The version of an entry; 0 where there is none yet."""
    statement = select(journal.c.version).where(journal.c.id == entry_id)
    return connection.execute(statement).scalar_one_or_none() or 0


def list_between(
    connection: Connection, since: datetime, until: datetime
) -> tuple[JournalEntry, ...]:
    """The entries of all windows in a stretch of time, oldest first."""
    statement = select(journal.c.body).where(journal.c.at >= since, journal.c.at < until)
    ordered = statement.order_by(journal.c.at, journal.c.id)
    return tuple(map(_read, connection.execute(ordered).scalars()))


def change_of(entry: JournalEntry) -> Change:
    """What the feed says of a new or changed entry."""
    return Change(
        kind=EntityKind.JOURNAL,
        id=entry.id,
        version=entry.version,
        audiences=frozenset({window_label(entry.window)}),
    )


def bodies(connection: Connection, ids: Sequence[str], scope: Iterable[str]) -> list[StoredBody]:
    """The entries of these ids that this scope sees, as the feed carries them."""
    rows = connection.execute(_BODIES.where(journal.c.id.in_(ids), _seen(scope)))
    return [StoredBody(row.id, row.version, row.body) for row in rows]


def page(connection: Connection, scope: Iterable[str], after: str, limit: int) -> list[StoredBody]:
    """The next entries of this scope by id."""
    statement = _BODIES.where(journal.c.id > after, _seen(scope)).order_by(journal.c.id)
    rows = connection.execute(statement.limit(limit))
    return [StoredBody(row.id, row.version, row.body) for row in rows]


def versions(connection: Connection, scope: Iterable[str]) -> list[tuple[str, int]]:
    """The id and version of every entry of this scope."""
    statement = select(journal.c.id, journal.c.version).where(_seen(scope))
    return [(row.id, row.version) for row in connection.execute(statement)]


_BODIES = select(journal.c.id, journal.c.version, journal.c.body)


def _seen(scope: Iterable[str]) -> ColumnElement[bool]:
    windows = [one.removeprefix(_WINDOW) for one in scope if one.startswith(_WINDOW)]
    return journal.c.window.in_(windows)
