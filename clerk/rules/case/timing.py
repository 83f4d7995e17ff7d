"""Every date of a case, derived from its events through the legal clock."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.case import Stage
from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import settings_for
from clerk.rules.case.clocks import clocks_of
from clerk.rules.case.state import Case
from clerk.rules.clock import (
    ClockFacts,
    ClockSettings,
    Deadline,
    Light,
    LightPlan,
    derive_deadline,
    light_by_plan,
    plan_light,
)

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
    clocks = clocks_of(case, calendar)
    if clocks.statutory is None:
        return _before_acceptance(case, clocks.receipt, calendar, now)
    watched = clocks.delivery or clocks.promised or clocks.statutory

    def dated(clock: ClockFacts | None) -> Deadline | None:
        return derive_deadline(clock, calendar, now) if clock else None

    return Timing(
        plan=plan_light(watched, calendar),
        statutory=dated(clocks.statutory),
        promised=dated(clocks.promised),
        delivery=dated(clocks.delivery),
        step=dated(clocks.step),
        step_plan=plan_light(clocks.step, calendar) if clocks.step else LightPlan(),
    )


def _deadline(
    limit: Limit, calendar: WorkCalendar, now: datetime, settings: ClockSettings
) -> Deadline:
    return derive_deadline(ClockFacts(now, limit, settings=settings), calendar, now)


def _before_acceptance(
    case: Case, facts: ClockFacts | None, calendar: WorkCalendar, now: datetime
) -> Timing:
    receipt, plan = None, LightPlan()
    if facts is not None and case.accepted_at is None:
        receipt, plan = derive_deadline(facts, calendar, now), plan_light(facts, calendar)
    promised, settings = case.terms.promised, settings_for(case, calendar)
    return Timing(
        plan=plan,
        receipt=receipt,
        statutory=_deadline(case.terms.statutory, calendar, now, settings),
        promised=_deadline(promised, calendar, now, settings) if promised else None,
        forecast=True,
    )
