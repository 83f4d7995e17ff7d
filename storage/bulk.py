"""Many rows at once: SQLAlchemy writes the statement, the driver alone runs it.

Passing each row through SQLAlchemy's own execution costs a third more (bench/store.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, DropIndex


def write_rows(conn: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, each with all columns in the table's order; an equal key is replaced."""
    if rows:
        conn.exec_driver_sql(_replace_sql(table), list(rows))


def delete_ids(conn: Connection, table: Table, ids: Iterable[str]) -> None:
    """Delete the rows with these ids."""
    conn.execute(delete(table).where(table.c.id.in_(these(ids))))


def these(values: Iterable[str]) -> Select[Any]:
    """Values as a subquery: one parameter and one statement, however many they are."""
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return select(listed.c.value)


def take_place(conn: Connection, source: Table, target: Table) -> None:
    """Put one table's rows in the place of another's by exchanging their names.

    Copying would keep a clerk's keystrokes waiting for seconds. The source has the same columns
    and no indexes; it is empty afterwards.
    """
    assert source.columns.keys() == target.columns.keys(), "shadows have the same columns"
    for index in target.indexes:
        conn.execute(DropIndex(index))
    passing = f"passing_{target.name}"
    for old, new in ((target.name, passing), (source.name, target.name), (passing, source.name)):
        conn.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")
    for index in target.indexes:
        conn.execute(CreateIndex(index))
    conn.execute(delete(source))


@cache
def _replace_sql(table: Table) -> str:
    names = [column.name for column in table.columns]
    statement = insert(table).prefix_with("OR REPLACE")
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="qmark"), column_keys=names)
    assert compiled.positiontup == names, "rows come in the order of the columns"
    return str(compiled)
