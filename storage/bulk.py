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


def move_all(conn: Connection, source: Table, target: Table) -> None:
    """Put the rows of one table in the place of another's; the source is empty afterwards."""
    conn.execute(delete(target))
    names = [column.name for column in target.columns]
    chosen = select(*(source.c[name] for name in names))
    conn.execute(insert(target).from_select(names, chosen))
    conn.execute(delete(source))


@cache
def _replace_sql(table: Table) -> str:
    names = [column.name for column in table.columns]
    statement = insert(table).prefix_with("OR REPLACE")
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="qmark"), column_keys=names)
    assert compiled.positiontup == names, "rows come in the order of the columns"
    return str(compiled)
