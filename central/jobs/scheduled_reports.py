"""Making the reports that are due, each once, however many processes of central there are.

A due time is taken in one transaction and made outside of it. Whoever takes one gives signs of
life; when they end, another process takes it over. What was missed while nobody served is made
up once, for the newest due time alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from central.calendars import get_calendar
from central.db import catalogue, report_schedules
from central.db.engine import Connection
from central.db.report_schedules import MOST_ATTEMPTS, Kept, Run, State
from central.reporting.scheduled import carry_out, give_up
from central.service import Central
from clerk.log import write_event
from clerk.rules.calendar import WorkCalendar
from clerk.rules.reports.schedule import find_last_due

_log = logging.getLogger(__name__)


def sweep_scheduled_reports(central: Central) -> int:
    """Make what is due and try again what did not work; how many arrived. Twice is once."""
    arrived = 0
    for run in (*_finish_left(central), *_make_due(central)):
        arrived += run.state is State.DONE
        _tell(central, run)
    return arrived


def _make_due(central: Central) -> Iterator[Run]:
    now = central.clock.now()
    with central.database.read() as connection:
        calendar = find_calendar(connection)
        kept = report_schedules.list_all(connection)
    for one in kept:
        due = _find_due(one, calendar, now)
        if due is None:
            continue
        beginning = partial(report_schedules.begin, kept=one, due=due, now=central.clock.now())
        run = central.database.commit(beginning)
        if run is not None:
            yield carry_out(central.database, central.clock, run, one.schedule)


def _find_due(kept: Kept, calendar: WorkCalendar | None, now: datetime) -> datetime | None:
    due = find_last_due(kept.schedule.timing, calendar, now)
    return due if due is not None and due > kept.since else None


def _finish_left(central: Central) -> Iterator[Run]:
    with central.database.read() as connection:
        left = report_schedules.list_open(connection, central.clock.now())
    for one in left:
        with central.database.read() as connection:
            kept = report_schedules.find(connection, one.schedule)
        if kept is None or one.attempts >= MOST_ATTEMPTS:
            problem = "schedule.removed" if kept is None else "schedule.broken_off"
            yield give_up(central.database, central.clock, one, problem)
            continue
        taking = partial(report_schedules.take, run=one, now=central.clock.now())
        run = central.database.commit(taking)
        if run is not None:
            yield carry_out(central.database, central.clock, run, kept.schedule)


def find_calendar(connection: Connection) -> WorkCalendar | None:
    """The calendar in force; without one, nothing is due on a working day."""
    if catalogue.find_calendar_body(connection) is None:
        return None
    return get_calendar(connection)


def _tell(central: Central, run: Run) -> None:
    central.metrics.count("clerk_scheduled_reports_total", outcome=run.state.value)
    event = "report.delivered" if run.state is State.DONE else "report.not_delivered"
    told = {"schedule": run.schedule, "attempts": run.attempts, "state": run.state.value}
    write_event(_log, event, **told, code=run.problem)
