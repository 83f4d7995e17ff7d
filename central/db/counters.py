"""Consecutive numbers, without gaps: a number is given back if its transaction fails."""

from __future__ import annotations

import msgspec
from sqlalchemy import select, update

from central.db import dialect, meta
from central.db.engine import Connection
from central.db.schema import document_counters
from clerk.decoding import decode

_SKIPS = "restored_skips"
_TAKEN = "restored_documents"


class Skip(msgspec.Struct, frozen=True):
    """What one restore left out of each series: so many numbers after its last one."""

    before: dict[str, int]
    skipped: int

    def holds(self, series: str, n: int) -> bool:
        """Whether this number may be out on paper; a series not known yet begins at 1."""
        last = self.before.get(series, 0)
        return last < n <= last + self.skipped


def next_number(connection: Connection, year: int, department: str, kind: str) -> int:
    """The next number of a series; others wait for it until this transaction ends."""
    key = {"year": year, "department": department, "kind": kind}
    left_out = max((one.skipped for one in _find_skips(connection)), default=0)
    return dialect.count_up(connection, document_counters, key, "last", left_out + 1)


def skip_numbers(connection: Connection, skipped: int) -> dict[str, int]:
    """Leave out, in every series, what may be out on paper; the last numbers before that.

    What an earlier restore left out, and no desk has brought yet, is still waited for.
    """
    rows = connection.execute(select(document_counters)).all()
    before = {_name(row.year, row.department, row.kind): row.last for row in rows}
    connection.execute(update(document_counters).values(last=document_counters.c.last + skipped))
    if not is_skipping(connection):
        meta.put(connection, _TAKEN, "[]")
    skips = (*_find_skips(connection), Skip(before, skipped))
    meta.put(connection, _SKIPS, msgspec.json.encode(skips).decode())
    return before


def is_skipping(connection: Connection) -> bool:
    """Whether a restore still keeps numbers back."""
    return meta.find(connection, _SKIPS) is not None


def end_skipping(connection: Connection) -> None:
    """Series that begin from now on begin at 1 again."""
    meta.drop(connection, _SKIPS)
    meta.drop(connection, _TAKEN)


def take_given(connection: Connection, year: int, department: str, kind: str, n: int) -> bool:
    """Give out a number once more that a restore has lost; false where it may not be."""
    skips, name = _find_skips(connection, lock=True), _name(year, department, kind)
    if not any(one.holds(name, n) for one in skips):
        return False
    taken = decode(meta.get(connection, _TAKEN), list[str])
    document = f"{name}/{n}"
    if document in taken:
        return False
    meta.put(connection, _TAKEN, msgspec.json.encode([*taken, document]).decode())
    return True


def _find_skips(connection: Connection, *, lock: bool = False) -> tuple[Skip, ...]:
    told = meta.find(connection, _SKIPS, lock=lock)
    return decode(told, tuple[Skip, ...]) if told else ()


def _name(year: int, department: str, kind: str) -> str:
    return f"{year}/{department}/{kind}"
