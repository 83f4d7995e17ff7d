"""How long items usually take: asked of the decided cases, kept as the feed carries it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import select, union

from central.db import dialect
from central.db.engine import Connection
from central.db.feed import Change
from central.db.schema import cases
from central.db.usual_schema import usual_times
from clerk.contract.sync import EntityKind
from clerk.contract.usual_time import UsualTime
from clerk.decoding import decode


def list_items(connection: Connection, since: date) -> tuple[str, ...]:
    """The items with a case decided since, and those of which something is known already."""
    decided = select(cases.c.item).where(cases.c.decided_on >= since)
    known = select(usual_times.c.id)
    found = union(decided, known).subquery()
    return tuple(connection.execute(select(found).order_by(*found.c)).scalars())


def list_spent(connection: Connection, item: str, since: date, most: int) -> list[int]:
    """The counted working days of an item's newest decided cases."""
    days = select(cases.c.decided_in).where(
        cases.c.item == item, cases.c.decided_on >= since, cases.c.decided_in.is_not(None)
    )
    newest = days.order_by(cases.c.decided_on.desc(), cases.c.id.desc()).limit(most)
    return list(connection.execute(newest).scalars())


def find(connection: Connection, items: Sequence[str]) -> dict[str, tuple[int, UsualTime]]:
    """What is known of these items, with its version."""
    statement = select(usual_times).where(usual_times.c.id.in_(items))
    return {
        row.id: (row.version, decode(row.body, UsualTime)) for row in connection.execute(statement)
    }


def put(connection: Connection, told: UsualTime, version: int) -> Change:
    """Keep what is known of an item now; announce what is returned."""
    row = {"id": told.item, "version": version, "body": msgspec.json.encode(told)}
    dialect.put(connection, usual_times, row)
    return Change(kind=EntityKind.USUAL_TIME, id=told.item, version=version)
