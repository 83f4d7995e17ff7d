"""What is proposed, in words."""

from __future__ import annotations

from datetime import date

from clerk.contract.licence_life import LicenceAct, LicenceGround, LicencePlan
from clerk.contract.proposal import (
    AnyPlan,
    CorrectPlan,
    ExtendPlan,
    Hearing,
    ProlongPlan,
    StopPlan,
    SupplementPlan,
)
from clerk.locale import _
from screens.corrections import tell_correction
from screens.lights import name_day
from screens.words import word


def tell_plan(plan: AnyPlan) -> str:
    """A plan in one line, without its reason."""
    match plan:
        case StopPlan():
            return _tell_stop(plan)
        case ProlongPlan():
            text = _("Prolong the special procedure by {days} working days")
            return text.format(days=plan.days)
        case ExtendPlan():
            return _("Extend the limit by {days} days").format(days=plan.days)
        case SupplementPlan():
            return _("Ask the applicant a second time")
        case CorrectPlan():
            return tell_correction(plan)
        case LicencePlan():
            return tell_licence_act(plan.act, plan.ground, plan.until)


def tell_licence_act(act: LicenceAct, ground: LicenceGround | None, until: date | None) -> str:
    """What is done to a licence, with its ground or its last day."""
    told = word(act)
    if ground is not None:
        told += ": " + word(ground)
    if until is not None and act is LicenceAct.SUSPEND:
        told += _("; until {day}").format(day=name_day(until))
    return told


def _tell_stop(plan: StopPlan) -> str:
    text = _("Stop the clock: {procedure}, {days} working days; {basis}")
    told = text.format(procedure=word(plan.procedure), days=plan.planned_days, basis=plan.basis)
    return told + tell_hearing(plan.hearing)


def tell_hearing(hearing: Hearing | None) -> str:
    """When and where a hearing is held; nothing where there is none."""
    if hearing is None:
        return ""
    text = _("; held on {day}, {place}")
    return text.format(day=name_day(hearing.held_on), place=hearing.place)
