"""Consecutive numbers, without gaps: a number is given back if its transaction fails."""

from __future__ import annotations

import msgspec
from sqlalchemy import select, update

from central.db import dialect, meta
from central.db.engine import Connection
from central.db.schema import document_counters

SKIPPED = 1_000
"""Document numbers of each series left out at a restore: some of them are out on paper."""

_BEFORE = "restored_counters"
_TAKEN = "restored_documents"


def next_number(connection: Connection, year: int, department: str, kind: str) -> int:
    """The next number of a series; others wait for it until this transaction ends."""
    key = {"year": year, "department": department, "kind": kind}
    first = SKIPPED + 1 if is_skipping(connection) else 1
    return dialect.count_up(connection, document_counters, key, "last", first)


def skip_numbers(connection: Connection) -> dict[str, int]:
    """Leave out, in every series, what may be out on paper; the last numbers before that."""
    rows = connection.execute(select(document_counters)).all()
    before = {_name(row.year, row.department, row.kind): row.last for row in rows}
    connection.execute(update(document_counters).values(last=document_counters.c.last + SKIPPED))
    meta.put(connection, _BEFORE, msgspec.json.encode(before).decode())
    meta.put(connection, _TAKEN, "[]")
    return before


def is_skipping(connection: Connection) -> bool:
    """Whether a restore still keeps numbers back."""
    return meta.find(connection, _BEFORE) is not None


def end_skipping(connection: Connection) -> None:
    """Series that begin from now on begin at 1 again."""
    meta.drop(connection, _BEFORE)
    meta.drop(connection, _TAKEN)


def take_given(connection: Connection, year: int, department: str, kind: str, n: int) -> bool:
    """Give out a number once more that a restore has lost; false where it may not be."""
    told = meta.find(connection, _BEFORE, lock=True)
    if told is None:
        return False
    name = _name(year, department, kind)
    before = msgspec.json.decode(told, type=dict[str, int]).get(name, 0)
    taken = msgspec.json.decode(meta.get(connection, _TAKEN), type=list[str])
    document = f"{name}/{n}"
    if not before < n <= before + SKIPPED or document in taken:
        return False
    meta.put(connection, _TAKEN, msgspec.json.encode([*taken, document]).decode())
    return True


def _name(year: int, department: str, kind: str) -> str:
    return f"{year}/{department}/{kind}"
