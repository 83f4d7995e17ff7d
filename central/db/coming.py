"""What comes into the catalogue on a later day: versions of items, and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from sqlalchemy import delete, select

from central.db import dialect
from central.db.coming_schema import coming_items
from central.db.engine import Connection
from clerk.contract.item import Item


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """An item as it is to be from a day on; `base` is the version that it was made from."""

    item: Item
    on: date
    base: int
    put_at: datetime
    actor: str
    reason: str = ""


def put(connection: Connection, coming: Coming) -> None:
    """Remember it, in place of what was to come for this item on this day."""
    row = {
        "item": coming.item.id,
        "on": coming.on,
        "base": coming.base,
        "body": msgspec.json.encode(coming.item),
        "put_at": coming.put_at,
        "actor": coming.actor,
        "reason": coming.reason,
    }
    dialect.put(connection, coming_items, row)


def list_all(connection: Connection, until: date | None = None) -> tuple[Coming, ...]:
    """What is to come, by day; until a day on demand."""
    statement = select(coming_items).order_by(coming_items.c.on, coming_items.c.item)
    if until is not None:
        statement = statement.where(coming_items.c.on <= until)
    return tuple(
        Coming(
            item=msgspec.json.decode(row.body, type=Item),
            on=row.on,
            base=row.base,
            put_at=row.put_at,
            actor=row.actor,
            reason=row.reason,
        )
        for row in connection.execute(statement)
    )


def find_on(connection: Connection, on: date) -> dict[str, Coming]:
    """What is to come on this very day, by item."""
    return {one.item.id: one for one in list_all(connection, on) if one.on == on}


def take(connection: Connection, item_id: str, on: date) -> bool:
    """Take it away; whether it was still there, so that of many only one carries it out."""
    mine = (coming_items.c.item == item_id) & (coming_items.c.on == on)
    return bool(connection.execute(delete(coming_items).where(mine)).rowcount)


def days_of(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[date, ...]]:
    """On which days something comes for these items."""
    wanted = set(ids)
    days: dict[str, tuple[date, ...]] = {}
    rows = connection.execute(select(coming_items.c.item, coming_items.c.on))
    for row in sorted(rows, key=lambda one: (one.item, one.on)):
        if row.item in wanted:
            days[row.item] = (*days.get(row.item, ()), row.on)
    return days
