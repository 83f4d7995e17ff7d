"""The clocks of a case: one for each limit, as the facts that every date is derived from."""

from __future__ import annotations

import msgspec

from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import receipt_settings, settings_for
from clerk.rules.case.standing import clock_stop
from clerk.rules.case.state import Case
from clerk.rules.clock import (
    RECEIPT_LIMIT,
    ClockFacts,
    ClockSettings,
    DecisionClocks,
    Extension,
    delivery_clock,
    pair_decision_clocks,
)
from clerk.rules.flow import limit_of


class CaseClocks(msgspec.Struct, frozen=True, kw_only=True):
    """The limits that run or ran; what never began is None."""

    receipt: ClockFacts | None = None
    statutory: ClockFacts | None = None
    promised: ClockFacts | None = None
    step: ClockFacts | None = None
    delivery: ClockFacts | None = None


def clocks_of(case: Case, calendar: WorkCalendar) -> CaseClocks:
    """All clocks of a case."""
    settings, decision = settings_for(case, calendar), decision_clocks(case, calendar)
    return CaseClocks(
        receipt=_five_days(case, calendar),
        statutory=decision.statutory if decision else None,
        promised=decision.promised if decision else None,
        step=_step_clock(case, settings),
        delivery=delivering_clock(case, settings),
    )


def decision_clocks(case: Case, calendar: WorkCalendar) -> DecisionClocks | None:
    """The clocks of deciding, from acceptance or the day it is dated from; none before it.

    In a bundle application they begin once all that the case waits for is granted, if that is
    later (国办发〔2019〕11号). An acceptance that the office's mistake put off counts from when it
    was due: a correction never costs the applicant a day.
    """
    if case.accepted_at is None or not case.decision_runs:
        return None
    started_at = case.five_days_at if case.deemed and case.five_days_at else case.accepted_at
    if case.owed_from is not None:
        started_at = min(started_at, case.owed_from)
    if case.freed_at is not None:
        started_at = max(started_at, case.freed_at)
    facts = ClockFacts(
        started_at=started_at,
        limit=case.terms.statutory,
        stops=tuple(clock_stop(one) for one in case.stops),
        extensions=tuple(Extension(one.at, one.days) for one in case.extensions),
        finished_at=case.decided_at,
        settings=settings_for(case, calendar),
    )
    return pair_decision_clocks(facts, case.terms.promised, calendar)


def receipt_clock(case: Case, calendar: WorkCalendar) -> ClockFacts | None:
    """The five days in which nobody has acted yet (Art. 32(4)); none once it is accepted."""
    return _five_days(case, calendar) if case.accepted_at is None else None


def _five_days(case: Case, calendar: WorkCalendar) -> ClockFacts | None:
    """The five days, until the case was accepted."""
    if case.five_days_at is None:
        return None
    return ClockFacts(
        started_at=case.five_days_at,
        limit=RECEIPT_LIMIT,
        finished_at=case.accepted_at,
        settings=receipt_settings(case, calendar),
    )


def _step_clock(case: Case, settings: ClockSettings) -> ClockFacts | None:
    """The present step's own limit, from when the case came to it; what stops the case stops it.

    While a case of a bundle waits for others, no step's limit runs either.
    """
    limit = limit_of(case.present_step) if case.present_step else None
    if limit is None or case.step_since is None or not case.decision_runs:
        return None
    return ClockFacts(
        started_at=max(case.step_since, case.freed_at or case.step_since),
        limit=limit,
        stops=tuple(clock_stop(one) for one in case.stops),
        settings=settings,
    )


def delivering_clock(case: Case, settings: ClockSettings) -> ClockFacts | None:
    """The ten days of delivering (Art. 44): watched from the decision until the release."""
    if case.decided_at is None:
        return None
    return delivery_clock(case.decided_at, delivered_at=case.released_at, settings=settings)
