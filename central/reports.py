"""The facts behind a report: cases as dates and states, without a person in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from central import access
from central.access import Caller
from central.calendars import get_calendar
from central.db import cases, offices
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE
from clerk.contract.limits import Unit
from clerk.contract.report import CaseFact, Period
from clerk.contract.user import Role
from clerk.errors import InputError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.timing import Timing, timing_of
from clerk.rules.papers_saved import PapersSaved

_LONGEST_DAYS = 400
_AT_ONCE = 500
_IN_HOURS = (Unit.WORKING_HOURS, Unit.NATURAL_HOURS)


def list_facts(connection: Connection, period: Period, caller: Caller) -> tuple[CaseFact, ...]:
    """The cases with something to count in a period, and those still in hand at its end."""
    access.demand_role(caller.user, {Role.MANAGER})
    if (period.last - period.first).days > _LONGEST_DAYS:
        raise InputError("report.period", most_days=_LONGEST_DAYS)
    calendar = get_calendar(connection)
    names = offices.list_window_names(connection)
    saved = PapersSaved()
    return tuple(
        msgspec.structs.replace(
            _fact(case, names.get(case.window, case.window), calendar, caller.now),
            papers_saved=saved.count(case),
        )
        for case in _list_cases(connection, period)
    )


def read_period(since: str, until: str) -> Period:
    """A period from two days as a query says them."""
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        raise InputError("report.period", most_days=_LONGEST_DAYS) from None
    if not first <= last < date.max:  # there must be a day after the last one
        raise InputError("report.period", most_days=_LONGEST_DAYS)
    return Period(first, last)


def _list_cases(connection: Connection, period: Period) -> Iterator[Case]:
    ids = cases.list_to_report(connection, period.first, period.last)
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        records = cases.find_records(connection, some)
        yield from (fold(records[one]) for one in some)


def _fact(case: Case, window_name: str, calendar: WorkCalendar, now: datetime) -> CaseFact:
    timing = timing_of(case, calendar, now)
    due_at = _due_at(case, timing)
    return CaseFact(
        number=case.number,
        item=case.terms.item,
        item_name=case.terms.name,
        department_name=case.terms.department_name,
        window_name=window_name,
        received_on=_day(case.received_at) or now.date(),
        stage=case.stage,
        outcome=case.outcome,
        accepted_on=case.accepted_from,
        deemed=case.deemed,
        supplement_asked_on=_day(case.asked_at),
        declined_on=_day(case.declined_at),
        decided_on=_day(case.decided_at),
        released_on=_day(case.released_at),
        promised_due=None if timing.forecast or not case.terms.promised else timing.promised_due,
        statutory_due=None if timing.forecast else timing.statutory_due,
        due_at=due_at,
        decided_at=case.decided_at if due_at else None,
    )


def _due_at(case: Case, timing: Timing) -> datetime | None:
    """The last moment on time of the limit that is watched, if it is one in hours."""
    limit = case.terms.promised or case.terms.statutory
    watched = timing.promised if case.terms.promised else timing.statutory
    if timing.forecast or watched is None or limit.unit not in _IN_HOURS:
        return None
    return watched.due_at


def _day(at: datetime | None) -> date | None:
    return at.astimezone(OFFICE_ZONE).date() if at else None
