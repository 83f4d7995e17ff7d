"""What differs between SQLite and PostgreSQL, all of it (beside how they are opened)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Column, Connection, MetaData, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    import psycopg

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


def load(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows or change those with the same primary key, as fast as the driver can.

    PostgreSQL takes them by COPY into a table of this transaction, and merges that; SQLite's
    driver runs its one statement over all. `rows` have their values in the order of `names`.
    """
    if not rows:
        return
    bound = _bind(connection, table, names, rows)
    if connection.dialect.name == "postgresql":
        _copy_and_merge(connection, table, names, bound)
        return
    statement = _merge_of(_insert(connection)(table), table, names)
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
    place = {name: at for at, name in enumerate(names)}
    order = [place[name] for name in compiled.positiontup]
    in_order = [tuple(row[at] for at in order) for row in bound]
    connection.exec_driver_sql(compiled.string, in_order)


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


def _bind(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[list[Any]]:
    """The rows as the driver takes them: moments as numbers, days as SQLite has them."""
    found = [
        (at, table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect))
        for at, name in enumerate(names)
    ]
    bound = [list(row) for row in rows]
    for at, process in found:
        if process is not None:
            for row in bound:
                row[at] = process(row[at])
    return bound


def _copy_and_merge(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    from psycopg import sql

    staging = Table(
        f"staging_{table.name}",
        MetaData(),
        *(Column(name, table.c[name].type) for name in names),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )
    staging.create(connection)
    copying = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(staging.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with raw.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)
    # In the order of the keys, so that two loads at once wait for each other and never lock.
    keys = [staging.c[column.name] for column in table.primary_key]
    insert = postgresql.insert(table).from_select(list(names), select(staging).order_by(*keys))
    connection.execute(_merge_of(insert, table, names))
    staging.drop(connection)


def _merge_of(insert: Any, table: Table, names: Sequence[str]) -> Any:  # noqa: ANN401 - as _insert
    keys = [column.name for column in table.primary_key]
    changed = {name: insert.excluded[name] for name in names if name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=changed)


def _insert(connection: Connection) -> Any:  # noqa: ANN401 - two classes with one interface
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
