"""What is proposed, in words."""

from __future__ import annotations

from clerk.contract.custody import LossPlan, Mishap
from clerk.contract.licence_life import LicenceAct, LicenceChanged, LicencePlan
from clerk.contract.proposal import (
    AnyPlan,
    CorrectPlan,
    ExtendPlan,
    Hearing,
    ProlongPlan,
    StopPlan,
    SupplementPlan,
)
from clerk.locale import _, _n
from clerk.locale.punctuation import bracketed, in_turn, labelled
from clerk.rules.identifiers.masking import scrub
from screens.corrections import tell_correction
from screens.custody.words import name_form
from screens.lights import name_day
from screens.words import word


def tell_plan(plan: AnyPlan) -> str:
    """A plan in one line, without its reason."""
    match plan:
        case StopPlan():
            return _tell_stop(plan)
        case ProlongPlan():
            text = _n(
                "Prolong the special procedure by {days} working day",
                "Prolong the special procedure by {days} working days",
                plan.days,
            )
            return text.format(days=plan.days)
        case ExtendPlan():
            return _n(
                "Extend the limit by {days} day", "Extend the limit by {days} days", plan.days
            ).format(days=plan.days)
        case SupplementPlan():
            return _("Ask the applicant a second time")
        case CorrectPlan():
            return tell_correction(plan)
        case LicencePlan() | LossPlan():
            return tell_licence_act(plan) if isinstance(plan, LicencePlan) else _tell_loss(plan)


def _tell_loss(plan: LossPlan) -> str:
    lost = plan.mishap is Mishap.LOST
    text = _("Confirm as lost: {papers}") if lost else _("Confirm as damaged: {papers}")
    named = zip(plan.names, plan.papers, strict=False)
    papers = (bracketed(name, name_form(one.form, one.count)) for name, one in named)
    return text.format(papers=in_turn(papers))


def tell_licence_act(said: LicencePlan | LicenceChanged) -> str:
    """What is done to a licence: with its ground, basis and last day, or what is to stand on it."""
    act = word(said.act)
    told = [labelled(act, word(said.ground)) if said.ground is not None else act]
    if said.until is not None and said.act is LicenceAct.SUSPEND:
        told.append(_("lasting until {day}").format(day=name_day(said.until)))
    if said.basis:
        told.append(_("basis: {basis}").format(basis=said.basis))
    if said.act is LicenceAct.CORRECT:
        stands = in_turn(text for text in (said.holder, *said.fields.values()) if text)
        told.append(_("it is to say: {text}").format(text=scrub(stands)))
    return in_turn(told)


def _tell_stop(plan: StopPlan) -> str:
    text = _n(
        "Stop the clock: {procedure}, {days} working day; {basis}",
        "Stop the clock: {procedure}, {days} working days; {basis}",
        plan.planned_days,
    )
    told = text.format(procedure=word(plan.procedure), days=plan.planned_days, basis=plan.basis)
    return with_hearing(told, plan.hearing)


def with_hearing(told: str, hearing: Hearing | None) -> str:
    """What is told of a stop, and when and where its hearing is held, where it is for one."""
    if hearing is None:
        return told
    text = _("held on {day}, {place}")
    return in_turn((told, text.format(day=name_day(hearing.held_on), place=hearing.place)))
