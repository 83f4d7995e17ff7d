"""What a correction is about and what it changes, in words."""

from __future__ import annotations

from datetime import date

from clerk.contract.proposal import (
    ActUndone,
    AnyAmendment,
    ApplicantAmendment,
    Change,
    CorrectPlan,
    DecisionAmendment,
    FormAmendment,
    Procedure,
    StopAmendment,
    TickAmendment,
)
from clerk.contract.tick import MaterialState, Ticked
from clerk.locale import _, _n, mark
from clerk.locale.punctuation import in_turn
from clerk.rules.identifiers import mask_phone
from clerk.rules.identifiers.masking import scrub
from screens.lights import name_day
from screens.words import word

_ACTS = {
    "received": mark("what was taken in"),
    "completed_at_counter": mark("what was put right at the counter"),
    "supplemented": mark("what came in"),
    "deferred_provided": mark("the deferred material"),
    "accepted": mark("the acceptance"),
    "declined": mark("the decline"),
    "stopped": mark("the stop of the clock"),
    "decided": mark("the decision"),
    "released": mark("the handing out"),
}
_MATTERS = {
    "name": mark("Applicant's name"),
    "phone": mark("Phone"),
    "address": mark("Address"),
    "field": "",
    "material": mark("state"),
    "originals": mark("originals"),
    "copies": mark("copies"),
    "due": mark("promised for"),
    "procedure": mark("Special procedure"),
    "basis": mark("Legal basis"),
    "planned_days": mark("Planned working days"),
    "opinion": mark("Text of the decision"),
    "reason": mark("Reason of the refusal"),
    "licence_until": mark("Licence until"),
}


def name_act(kind: str) -> str:
    """An act that can be put right, by the tag of its event."""
    return _(_ACTS[kind])


def tell_correction(plan: CorrectPlan) -> str:
    """A correction in one line, without its reason; acts are numbered as on the page."""
    text = _("Correct №{n}: {what}")
    return text.format(n=plan.act, what=_tell_amendment(plan.amendment))


def tell_change(change: Change) -> str:
    """What stood, and what stands now."""
    what = _(_MATTERS[change.what]) if _MATTERS[change.what] else ""
    matter = " · ".join(text for text in (change.name, what) if text)
    stood, stands = _value(change, change.stood), _value(change, change.stands)
    return _("{matter}: {stood} → {stands}").format(matter=matter, stood=stood, stands=stands)


def _tell_amendment(amendment: AnyAmendment) -> str:
    match amendment:
        case ApplicantAmendment():
            typed = (amendment.name, mask_phone(amendment.phone), amendment.address)
            return _("the applicant: {text}").format(text=" ".join(one for one in typed if one))
        case FormAmendment(fields=fields):
            return _("the form: {text}").format(text=scrub(in_turn(fields.values())))
        case TickAmendment(materials=materials):
            return in_turn(_tell_tick(one) for one in materials)
        case StopAmendment():
            text = _n(
                "{procedure}, {days} working day; {basis}",
                "{procedure}, {days} working days; {basis}",
                amendment.planned_days,
            )
            return text.format(
                procedure=word(amendment.procedure),
                days=amendment.planned_days,
                basis=amendment.basis,
            )
        case DecisionAmendment():
            until = amendment.licence_until
            typed = (amendment.opinion, amendment.reason, name_day(until) if until else "")
            return " · ".join(one for one in typed if one)
        case ActUndone():
            return _("undo it")


def _tell_tick(tick: Ticked) -> str:
    text = _("{material}: {state}, originals {originals}, copies {copies}")
    return text.format(
        material=tick.name,
        state=word(tick.state),
        originals=tick.originals,
        copies=tick.copies,
    )


def _value(change: Change, text: str) -> str:
    if not text:
        return _("(empty)")
    match change.what:
        case "material":
            return word(MaterialState(text))
        case "procedure":
            return word(Procedure(text))
        case "due" | "licence_until":
            return name_day(date.fromisoformat(text))
        case _:
            return text
