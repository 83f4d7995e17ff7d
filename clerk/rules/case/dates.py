"""What lists hold of a case's timing, without the deadlines that only its own page shows."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import settings_for
from clerk.rules.case.clocks import decision_clocks, delivering_clock, receipt_clock
from clerk.rules.case.state import Case
from clerk.rules.case.timing import WITHOUT_TIMING
from clerk.rules.clock import (
    ClockFacts,
    ClockSettings,
    LightPlan,
    find_due,
    plan_light,
)


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """The two due dates, whether they are forecasts, and when the light turns."""

    plan: LightPlan
    promised_due: date | None = None
    statutory_due: date | None = None
    forecast: bool = False


def dates_of(case: Case, calendar: WorkCalendar, now: datetime) -> Dates:
    """The dates that `timing_of` derives, and no more: a bootstrap asks for millions."""
    if case.stage in WITHOUT_TIMING:
        return Dates(plan=LightPlan())
    clocks = decision_clocks(case, calendar)
    if clocks is None:
        return _forecasts(case, calendar, now)
    statutory, _ = find_due(clocks.statutory, calendar, now)
    promised = clocks.promised
    delivering = delivering_clock(case, settings_for(case, calendar))
    watched = delivering or promised or clocks.statutory
    return Dates(
        plan=plan_light(watched, calendar),
        promised_due=find_due(promised, calendar, now)[0] if promised else statutory,
        statutory_due=statutory,
    )


def _forecasts(case: Case, calendar: WorkCalendar, now: datetime) -> Dates:
    receipt = receipt_clock(case, calendar)
    settings = settings_for(case, calendar)
    statutory = _due_if_accepted(case.terms.statutory, calendar, now, settings)
    promised = case.terms.promised
    return Dates(
        plan=plan_light(receipt, calendar) if receipt else LightPlan(),
        promised_due=_due_if_accepted(promised, calendar, now, settings) if promised else statutory,
        statutory_due=statutory,
        forecast=True,
    )


def _due_if_accepted(
    limit: Limit, calendar: WorkCalendar, now: datetime, settings: ClockSettings
) -> date:
    due, _ = find_due(ClockFacts(started_at=now, limit=limit, settings=settings), calendar, now)
    return due
