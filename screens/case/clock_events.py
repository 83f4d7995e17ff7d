"""What moved the legal clock of a case, and what was proposed, in words."""

from __future__ import annotations

from clerk.contract.case import AnyEvent
from clerk.contract.proposal import (
    ActUndone,
    Corrected,
    Extended,
    Prolonged,
    ProposalRejected,
    Proposed,
    Resumed,
    StopLapsed,
    Stopped,
    SupplementAllowed,
)
from clerk.locale import _, _n
from screens.corrections import tell_change
from screens.lights import name_day
from screens.plans import tell_plan, with_hearing
from screens.words import word


def tell_clock(event: AnyEvent) -> str:
    """What happened, with the number of its paper; nothing for other kinds of events."""
    told = _tell_proposal(event) or _tell_stop(event)
    document = getattr(event, "document", "")
    return f"{told} · {document}" if told and document else told


def clock_opinion(event: AnyEvent) -> str:
    """What somebody wrote to it, as they wrote it."""
    match event:
        case Proposed():
            return event.plan.reason
        case Stopped() | Prolonged() | Extended() | SupplementAllowed() | Corrected():
            by = event.proposed_by
            proposed = _("proposed by {name}").format(name=by.name) if by else ""
            changes = event.changes if isinstance(event, Corrected) else ()
            told = (*map(tell_change, changes), event.reason, proposed)
            return "\n".join(text for text in told if text)
        case ProposalRejected(reason=text) | Resumed(finding=text):
            return text
        case _:
            return ""


def _tell_proposal(event: AnyEvent) -> str:
    match event:
        case Proposed():
            return _("Proposed: {plan}").format(plan=tell_plan(event.plan))
        case ProposalRejected():
            return _("The proposal is rejected")
        case Extended():
            return _n("Extended by {days} day", "Extended by {days} days", event.days).format(
                days=event.days
            )
        case SupplementAllowed():
            return _("A second supplement notice is allowed")
        case Corrected():
            undone = isinstance(event.amendment, ActUndone)
            text = _("№{n} is undone") if undone else _("№{n} is put right")
            return text.format(n=event.act)
        case _:
            return ""


def _tell_stop(event: AnyEvent) -> str:
    match event:
        case Stopped():
            text = _n(
                "The clock stopped: {procedure}, {days} working day planned; {basis}",
                "The clock stopped: {procedure}, {days} working days planned; {basis}",
                event.planned_days,
            )
            told = text.format(
                procedure=word(event.procedure), days=event.planned_days, basis=event.basis
            )
            return with_hearing(told, event.hearing)
        case Prolonged():
            text = _n(
                "The special procedure takes {days} working day longer",
                "The special procedure takes {days} working days longer",
                event.days,
            )
            return text.format(days=event.days)
        case Resumed():
            return _("The clock runs again: {procedure}").format(procedure=word(event.procedure))
        case StopLapsed():
            if event.ended:
                text = _("The planned days were over on {day}: the stop ended by itself")
            else:
                text = _("The planned days were over on {day}, and the clock stays stopped")
            return text.format(day=name_day(event.last))
        case _:
            return ""
