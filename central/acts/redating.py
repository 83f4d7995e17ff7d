"""Dates of open cases counted anew: another calendar is in force.

Events are what is stored, and they do not change; only the columns that sweeps and reports
ask by do. Desks date their own rows anew when the feed brings them the calendar.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from central.acts import recording
from central.calendars import get_calendar
from central.db import cases
from central.db.engine import Connection, Database

_AT_ONCE = 500


def redate_open_cases(database: Database, now: datetime) -> int:
    """Date all open cases anew, some hundred in a transaction; how many dates moved."""
    moved, after = 0, ""
    while True:
        with database.read() as connection:
            ids = cases.list_open(connection, after, _AT_ONCE)
        if not ids:
            return moved
        moved += database.commit(partial(_redate, ids=ids, now=now))
        after = ids[-1]


def _redate(connection: Connection, ids: tuple[str, ...], now: datetime) -> int:
    moment = recording.Moment(now, get_calendar(connection))
    moved = 0
    for case_id in ids:
        loaded = recording.load_case(connection, case_id)
        assert loaded is not None, "cases are never deleted"
        moved += recording.date_anew(connection, loaded[0], moment)
    return moved
