"""Every date of a case, derived from its events through the legal clock."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.case import Stage, Terms
from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import clock_settings, receipt_settings, settings_for
from clerk.rules.case.standing import clock_stop
from clerk.rules.case.state import Case
from clerk.rules.clock import (
    RECEIPT_LIMIT,
    ClockFacts,
    ClockSettings,
    Deadline,
    DecisionClocks,
    Extension,
    Light,
    LightPlan,
    delivery_clock,
    derive_deadline,
    light_by_plan,
    pair_decision_clocks,
    plan_light,
)
from clerk.rules.flow import limit_of

WITHOUT_TIMING = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.VOID})
"""The stages in which nothing is waited for."""


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """The deadlines of a case as they stand at a moment, and when its light will turn.

    `receipt` runs before acceptance, `statutory` and `promised` from it, `delivery` from the
    decision. Before acceptance `promised_due` and `statutory_due` are forecasts: what they
    would be if it were accepted at that moment. `plan` is of the limit that is watched now: the
    five days, the promise or else the law's limit, the ten days of delivering. `step` is the
    present step's own limit, watched beside it.
    """

    plan: LightPlan
    receipt: Deadline | None = None
    statutory: Deadline | None = None
    promised: Deadline | None = None
    delivery: Deadline | None = None
    step: Deadline | None = None
    step_plan: LightPlan = LightPlan()
    forecast: bool = False

    @property
    def statutory_due(self) -> date | None:
        """The last day that the law gives."""
        return self.statutory.due_on if self.statutory else None

    @property
    def promised_due(self) -> date | None:
        """The last day of the promise; where none was made, of the law."""
        return self.promised.due_on if self.promised else self.statutory_due

    def light(self, now: datetime) -> Light:
        """The light at a moment."""
        return light_by_plan(self.plan, now)

    def step_light(self, now: datetime) -> Light:
        """The light of the present step's own limit."""
        return light_by_plan(self.step_plan, now)


def timing_of(case: Case, calendar: WorkCalendar, now: datetime) -> Timing:
    """All dates of a case, as the office counts."""
    if case.stage in WITHOUT_TIMING:
        return Timing(plan=LightPlan())
    clocks = decision_clocks(case, calendar)
    if clocks is None:
        return _before_acceptance(case, calendar, now)
    promised = clocks.promised
    settings = settings_for(case, calendar)
    step = _step_clock(case, settings)
    delivering = delivering_clock(case, settings)
    delivery = derive_deadline(delivering, calendar, now) if delivering else None
    return Timing(
        plan=plan_light(delivering or promised or clocks.statutory, calendar),
        statutory=derive_deadline(clocks.statutory, calendar, now),
        promised=derive_deadline(promised, calendar, now) if promised else None,
        delivery=delivery,
        step=derive_deadline(step, calendar, now) if step else None,
        step_plan=plan_light(step, calendar) if step else LightPlan(),
    )


def decision_clocks(case: Case, calendar: WorkCalendar) -> DecisionClocks | None:
    """The clocks of deciding, from acceptance or the day it is dated from; none before it.

    In a bundle application they begin once all that the case waits for is granted, if that is
    later (国办发〔2019〕11号).
    """
    if case.accepted_at is None or not case.decision_runs:
        return None
    started_at = case.five_days_at if case.deemed and case.five_days_at else case.accepted_at
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


def forecast_due(terms: Terms, calendar: WorkCalendar, now: datetime) -> Deadline:
    """The due date to tell at the counter: as if the case were accepted now."""
    chosen = clock_settings(calendar.choices.held_at(now), pauses=terms.pause_counts_for_promised)
    return _deadline(terms.promised or terms.statutory, calendar, now, chosen)


def _deadline(
    limit: Limit, calendar: WorkCalendar, now: datetime, settings: ClockSettings
) -> Deadline:
    return derive_deadline(ClockFacts(now, limit, settings=settings), calendar, now)


def _before_acceptance(case: Case, calendar: WorkCalendar, now: datetime) -> Timing:
    receipt, plan = None, LightPlan()
    if case.five_days_at is not None and case.accepted_at is None:
        facts = ClockFacts(
            started_at=case.five_days_at,
            limit=RECEIPT_LIMIT,
            settings=receipt_settings(case, calendar),
        )
        receipt, plan = derive_deadline(facts, calendar, now), plan_light(facts, calendar)
    promised, settings = case.terms.promised, settings_for(case, calendar)
    return Timing(
        plan=plan,
        receipt=receipt,
        statutory=_deadline(case.terms.statutory, calendar, now, settings),
        promised=_deadline(promised, calendar, now, settings) if promised else None,
        forecast=True,
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
