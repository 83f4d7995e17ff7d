"""What differs between SQLite and PostgreSQL, all of it (beside how they are opened)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

CHANNEL = "clerk_feed"
EVERYBODY = "*"
"""A notice that names nobody: the audiences were too many for one."""

_MOST_NOTICE_BYTES = 8_000
_TAIL_LOCK = 0x636C65726B
"""The number of the advisory lock under which feed and audit grow ("clerk")."""


def lock_tail(connection: Connection) -> None:
    """Let nobody else add to feed or audit until this transaction ends.

    So positions become visible in their order (a sequence alone loses rows to readers).
    On SQLite the transaction is the only writer already. Take it as late as can be.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_TAIL_LOCK)))


def tell_processes(connection: Connection, audiences: Iterable[str]) -> None:
    """Have PostgreSQL tell every process of central, once this transaction is committed."""
    if connection.dialect.name == "postgresql":
        told = "\n".join(sorted(audiences))
        told = told if len(told.encode()) < _MOST_NOTICE_BYTES else EVERYBODY
        connection.execute(select(func.pg_notify(CHANNEL, told)))


def add_unless_there(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless one of its keys is taken; whether it was inserted.

    A second sender of the same row waits for the first one's commit here.
    """
    key = next(iter(table.primary_key))
    insert = _insert(connection)(table).values(**row).on_conflict_do_nothing().returning(key)
    return connection.execute(insert).first() is not None


def put(
    connection: Connection, table: Table, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, or change those that have the same primary key."""
    if isinstance(rows, Mapping):
        rows = [rows]
    if not rows:
        return
    insert = _insert(connection)(table)
    keys = [column.name for column in table.primary_key]
    changed = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    statement = insert.on_conflict_do_update(index_elements=keys, set_=changed)
    connection.execute(statement, [dict(row) for row in rows])


def count_up(
    connection: Connection, table: Table, key: Mapping[str, Any], column: str, first: int = 1
) -> int:
    """The next number of a counter, or its first; held until the transaction ends."""
    insert = _insert(connection)(table).values(**key, **{column: first})
    statement = insert.on_conflict_do_update(
        index_elements=list(key), set_={column: table.c[column] + 1}
    ).returning(table.c[column])
    return int(connection.execute(statement).scalar_one())


def add_up(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], column: str
) -> None:
    """Add each row's number to the counter with the same primary key; a new one begins at it."""
    if not rows:
        return
    insert = _insert(connection)(table)
    keys = [one.name for one in table.primary_key]
    statement = insert.on_conflict_do_update(
        index_elements=keys, set_={column: table.c[column] + insert.excluded[column]}
    )
    connection.execute(statement, [dict(row) for row in rows])


def _insert(connection: Connection) -> Any:  # noqa: ANN401 - two classes with one interface
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
