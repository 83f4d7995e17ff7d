"""What came in and what was decided on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from central.db.engine import Connection
from central.db.schema import cases


class InAndOut(NamedTuple):
    """Cases received, and cases decided."""

    received: int
    decided: int


def count_day(connection: Connection, day: date, department: str = "") -> InAndOut:
    """Of one department's items, or of all; both are read from an index of days."""
    own = (cases.c.department == department,) if department else ()
    counts = (
        select(func.count()).select_from(cases).where(column == day, *own).scalar_subquery()
        for column in (cases.c.received_on, cases.c.decided_on)
    )
    return InAndOut(*connection.execute(select(*counts)).one())
