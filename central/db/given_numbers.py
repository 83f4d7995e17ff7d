"""Which numbers of documents are out, and what restores left out of their series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from central.db.cases import find_records
from central.db.engine import Connection
from central.db.schema import audit, cases, document_counters
from clerk.contract.case import CaseRecord
from clerk.decoding import decode

_AT_ONCE = 500


def list_series(connection: Connection, year: int) -> tuple[tuple[str, str, int], ...]:
    """Department, kind and last number of each series of a year."""
    table = document_counters.c
    mine = select(table.department, table.kind, table.last).where(table.year == year)
    rows = connection.execute(mine.order_by(table.department, table.kind)).all()
    return tuple((row.department, row.kind, row.last) for row in rows)


def each_record(connection: Connection) -> Iterator[CaseRecord]:
    """Every case, a few hundred at a time."""
    after = ""
    while True:
        mine = select(cases.c.id).where(cases.c.id > after).order_by(cases.c.id).limit(_AT_ONCE)
        ids = list(connection.execute(mine).scalars())
        if not ids:
            return
        yield from find_records(connection, ids).values()
        after = ids[-1]


def count_records(connection: Connection) -> int:
    """How many cases there are."""
    return connection.execute(select(func.count()).select_from(cases)).scalar_one()


def list_restores(connection: Connection) -> tuple[tuple[datetime, dict[str, str]], ...]:
    """When central was restored, and what was told of it, the oldest first."""
    mine = select(audit.c.at, audit.c.detail).where(audit.c.action == "central.restored")
    rows = connection.execute(mine.order_by(audit.c.seq)).all()
    return tuple((row.at, decode(row.detail, dict[str, str])) for row in rows)
