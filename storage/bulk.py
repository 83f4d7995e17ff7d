"""Many rows at once: SQLAlchemy writes the statement, the driver alone runs it.

Passing each row through SQLAlchemy's own execution costs a third more (bench/store.py). A block
of rows is one statement: the driver lets other threads go on only while a statement runs, and
would wait for them again after each single row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select, text
from sqlalchemy.dialects import sqlite


def write_rows(conn: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, each with all columns in the table's order; an equal key is replaced."""
    whole = len(rows) - len(rows) % _BLOCK
    for start in range(0, whole, _BLOCK):
        block = tuple(chain.from_iterable(rows[start : start + _BLOCK]))
        conn.exec_driver_sql(_replace_sql(table, _BLOCK), block)
    if rows[whole:]:
        conn.exec_driver_sql(_replace_sql(table, 1), list(rows[whole:]))


def delete_ids(conn: Connection, table: Table, ids: Iterable[str]) -> None:
    """Delete the rows with these ids."""
    conn.execute(delete(table).where(table.c.id.in_(these(ids))))


def these(values: Iterable[str]) -> Select[Any]:
    """Values as a subquery: one parameter and one statement, however many they are."""
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return select(listed.c.value)


def index_shadow(conn: Connection, shadow: Table, target: Table) -> None:
    """Give a shadow the indexes of the table whose place it will take, best while it is empty.

    Built when it is full they would take memory by the row, and keep a clerk's keystrokes waiting.
    """
    found: dict[str, str] = {row.name: row.tbl_name for row in conn.execute(_INDEXES)}
    for index in target.indexes:
        names = [str(index.name), f"{index.name}{_TURN}"]
        if all(found.get(name) != shadow.name for name in names):
            free = next(name for name in names if name not in found)
            columns = ", ".join(column.name for column in index.columns)
            where = index.dialect_options["sqlite"]["where"]
            some = "" if where is None else f" WHERE {where}"
            conn.exec_driver_sql(f"CREATE INDEX {free} ON {shadow.name} ({columns}){some}")


def take_place(conn: Connection, source: Table, target: Table) -> None:
    """Put one table's rows in the place of another's by exchanging their names.

    Copying would keep a clerk's keystrokes waiting for seconds. The source has the same columns;
    it is empty afterwards and has no indexes.
    """
    assert source.columns.keys() == target.columns.keys(), "shadows have the same columns"
    index_shadow(conn, source, target)
    for name, table in conn.execute(_INDEXES).all():
        if table == target.name:
            conn.exec_driver_sql(f"DROP INDEX {name}")
    passing = f"passing_{target.name}"
    for old, new in ((target.name, passing), (source.name, target.name), (passing, source.name)):
        conn.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")
    conn.execute(delete(source))


_BLOCK = 250
"""Rows in a statement; SQLite takes 32,766 values in one, and no table here has 100 columns."""

_TURN = "_turn"
"""Indexes cannot be renamed, so that a table's bear their names with this or without, in turns."""

_INDEXES = text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")


@cache
def _replace_sql(table: Table, rows: int) -> str:
    names = [column.name for column in table.columns]
    statement = insert(table).prefix_with("OR REPLACE")
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="qmark"), column_keys=names)
    assert compiled.positiontup == names, "rows come in the order of the columns"
    marks = f"({', '.join('?' * len(names))})"
    return str(compiled) + f", {marks}" * (rows - 1)
