"""Bundles that come into the catalogue on a later day."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from sqlalchemy import delete, select

from central.db import dialect
from central.db.coming_schema import coming_bundles
from central.db.engine import Connection
from clerk.contract.item import Bundle


class ComingBundle(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle as it is to be from a day on; `base` is the version that it was made from."""

    bundle: Bundle
    on: date
    base: int
    put_at: datetime
    actor: str
    reason: str = ""


def put(connection: Connection, coming: ComingBundle) -> None:
    """Remember it, in place of what was to come for this bundle on this day."""
    row = {
        "bundle": coming.bundle.id,
        "on": coming.on,
        "base": coming.base,
        "body": msgspec.json.encode(coming.bundle),
        "put_at": coming.put_at,
        "actor": coming.actor,
        "reason": coming.reason,
    }
    dialect.put(connection, coming_bundles, row)


def list_all(connection: Connection, until: date | None = None) -> tuple[ComingBundle, ...]:
    """What is to come, by day; until a day on demand."""
    statement = select(coming_bundles).order_by(coming_bundles.c.on, coming_bundles.c.bundle)
    if until is not None:
        statement = statement.where(coming_bundles.c.on <= until)
    return tuple(
        ComingBundle(
            bundle=msgspec.json.decode(row.body, type=Bundle),
            on=row.on,
            base=row.base,
            put_at=row.put_at,
            actor=row.actor,
            reason=row.reason,
        )
        for row in connection.execute(statement)
    )


def take(connection: Connection, bundle_id: str, on: date) -> bool:
    """Take it away; whether it was still there, so that of many only one carries it out."""
    mine = (coming_bundles.c.bundle == bundle_id) & (coming_bundles.c.on == on)
    return bool(connection.execute(delete(coming_bundles).where(mine)).rowcount)


def days_of(connection: Connection, bundle_id: str) -> tuple[date, ...]:
    """On which days something comes for this bundle."""
    mine = select(coming_bundles.c.on).where(coming_bundles.c.bundle == bundle_id)
    return tuple(connection.execute(mine.order_by(coming_bundles.c.on)).scalars())
