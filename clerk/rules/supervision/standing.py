"""How an open case stands on a supervision board, with the moment when that turns next.

A light is a comparison with its stored plan (`clerk.rules.clock.light`), so that time alone
moves a case only at moments known beforehand; nothing else has to be looked at.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.case import Delivery, Stage
from clerk.contract.supervision import Matter
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.choosing import settings_for
from clerk.rules.case.clocks import decision_clocks, delivering_clock, receipt_clock
from clerk.rules.case.proposing import seat_for
from clerk.rules.case.state import Case
from clerk.rules.clock import (
    Light,
    LightPlan,
    day_of,
    light_by_plan,
    plan_light,
)
from clerk.rules.clock.moments import FOREVER, MICROSECOND
from clerk.rules.watching import Holder, holder_of

APPROVE = "approve"
"""Stands among what was asked for a proposal that waits for the centre's own people."""


class Plans(msgspec.Struct, frozen=True):
    """The light plans of both limits.

    Before acceptance both are that of the five days, once decided both are that of the ten
    days of delivering (Art. 44).
    """

    promised: LightPlan = LightPlan()
    statutory: LightPlan = LightPlan()

    def lights(self, now: datetime) -> tuple[Light, Light]:
        """The promised and the statutory light at a moment."""
        return light_by_plan(self.promised, now), light_by_plan(self.statutory, now)

    def turns_at(self, now: datetime) -> datetime | None:
        """When one of the lights turns next by time alone; None where neither ever does."""
        moments = (
            moment
            for plan in (self.promised, self.statutory)
            for moment in (plan.grey_until, plan.yellow_from, plan.red_from)
            if moment is not None and now < moment < FOREVER
        )
        return min(moments, default=None)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An open case as a board watches it: nothing here changes without an event or `turns_at`."""

    id: str
    version: int
    number: str
    item_name: str
    window: str
    stage: Stage
    delivery: Delivery = Delivery.NONE
    received_at: datetime
    holder: Holder
    plans: Plans
    asked: str = ""
    ask_due: date | None = None
    escalated_to: str = ""

    @property
    def place(self) -> str:
        """The name of its step; of a result that is not handed over yet where it is."""
        handed_on = self.delivery is not Delivery.NONE
        return self.delivery.value if handed_on else self.holder.step_name

    @property
    def promised_due(self) -> date | None:
        """The last day of the promised limit, of the five days before it, or of delivering."""
        return due_by(self.plans.promised)

    @property
    def statutory_due(self) -> date | None:
        """The last day of the statutory limit."""
        return due_by(self.plans.statutory)


def standing_of(case: Case, calendar: WorkCalendar) -> Standing | None:
    """How a case stands, or nothing once it is out of hand and nothing asked of it is open.

    A decided case is in hand until its result is handed over.
    """
    asks = case.open_asks
    kinds = {one.kind.value for one in asks}
    if any(not seat_for(case, one.plan).department for one in case.proposals):
        kinds.add(APPROVE)
    if not (case.in_hand or case.undelivered or kinds):
        return None
    return Standing(
        id=case.id,
        version=case.version,
        number=case.number,
        item_name=case.terms.name,
        window=case.window,
        stage=case.stage,
        delivery=case.delivery if case.undelivered else Delivery.NONE,
        received_at=case.received_at,
        holder=holder_of(case),
        plans=plans_of(case, calendar),
        asked=" ".join(sorted(kinds)),
        ask_due=min((one.due for one in asks), default=None),
        escalated_to=_escalated_to(case),
    )


def plans_of(case: Case, calendar: WorkCalendar) -> Plans:
    """When the lights of both limits turn, if nothing more happens to the case.

    None turns while an accepted case waits for others of its bundle application.
    """
    if case.undelivered:
        delivering = delivering_clock(case, settings_for(case, calendar))
        assert delivering is not None, "it is decided"
        plan = plan_light(delivering, calendar)
        return Plans(plan, plan)
    clocks = decision_clocks(case, calendar)
    if clocks is not None:
        statutory = plan_light(clocks.statutory, calendar)
        promised = plan_light(clocks.promised, calendar) if clocks.promised else statutory
        return Plans(promised, statutory)
    facts = receipt_clock(case, calendar)
    if facts is None or not case.in_hand:
        return Plans()
    receipt = plan_light(facts, calendar)
    return Plans(receipt, receipt)


def due_by(plan: LightPlan) -> date | None:
    """The last day on which a plan's light is not red; None while a stop keeps it open."""
    if plan.red_from is None or plan.red_from >= FOREVER:
        return None
    return day_of(plan.red_from - MICROSECOND)


def _escalated_to(case: Case) -> str:
    """The role that something still open went to last, the limits' before the asks'."""
    delivering = Matter.DELIVERY.value
    steps = [
        (one.level, one.to)
        for one in case.limits_passed
        if (one.matter == delivering) is case.undelivered
    ]
    steps += [(one.level, one.escalated_to) for one in case.open_asks if one.level]
    return max(steps, default=(0, ""))[1]
