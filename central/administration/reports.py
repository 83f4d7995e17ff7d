"""Reports that make themselves, and how each went last."""

from __future__ import annotations

from datetime import datetime

from central.db import report_schedules
from central.db.engine import Connection
from central.db.report_schedules import Kept
from central.jobs.scheduled_reports import find_calendar
from central.reporting import targets
from clerk.contract.administration import ScheduleState
from clerk.rules.calendar import WorkCalendar
from clerk.rules.reports import schedule as rules


def list_states(connection: Connection, now: datetime) -> tuple[ScheduleState, ...]:
    """Those in force, by number."""
    calendar = find_calendar(connection)
    return tuple(
        _state_of(connection, one, calendar, now) for one in report_schedules.list_all(connection)
    )


def _state_of(
    connection: Connection, kept: Kept, calendar: WorkCalendar | None, now: datetime
) -> ScheduleState:
    schedule, last = kept.schedule, report_schedules.find_last_run(connection, kept.id)
    return ScheduleState(
        number=kept.id,
        report=schedule.report,
        target=schedule.target.folder or targets.host_of(schedule.target),
        next_due=rules.find_next_due(schedule.timing, calendar, now),
        due_at=last.due_at if last else None,
        state=last.state.value if last else "",
        attempts=last.attempts if last else 0,
        problem=last.problem if last else "",
        parameters={"reason": last.reason, "folder": schedule.target.folder} if last else {},
    )
