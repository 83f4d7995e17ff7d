"""Consecutive numbers, without gaps: a number is given back if its transaction fails."""

from __future__ import annotations

from central.db import dialect
from central.db.engine import Connection
from central.db.schema import document_counters


def next_number(connection: Connection, year: int, department: str, kind: str) -> int:
    """The next number of a series; others wait for it until this transaction ends."""
    key = {"year": year, "department": department, "kind": kind}
    return dialect.count_up(connection, document_counters, key, "last")
