"""Which matters a report counts, page by page."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from central.db.engine import Connection
from central.db.matter_schema import matters
from clerk.clock import begin_of_day
from clerk.contract.matter import MatterRecord
from clerk.decoding import Reader

_read = Reader[MatterRecord](MatterRecord)


def count_matters(connection: Connection, since: date, until: date) -> int:
    """How many matters have anything to count between two days, or are open after them."""
    statement = select(func.count()).select_from(matters).where(_counted(since, until))
    return connection.execute(statement).scalar_one()


def list_matters(
    connection: Connection, since: date, until: date, after: str, limit: int
) -> tuple[MatterRecord, ...]:
    """The next of them by their ids, unmasked."""
    statement = select(matters.c.body).where(_counted(since, until), matters.c.id > after)
    ordered = statement.order_by(matters.c.id).limit(limit)
    return tuple(map(_read, connection.execute(ordered).scalars()))


def _counted(since: date, until: date) -> ColumnElement[bool]:
    """An excluded one may have ended before it was excluded."""
    first, over = begin_of_day(since), begin_of_day(until + timedelta(days=1))
    late = matters.c.ended_at.is_(None) | (matters.c.ended_at >= first) | matters.c.excluded
    return (matters.c.taken_at < over) & (late | (matters.c.taken_at >= first))
