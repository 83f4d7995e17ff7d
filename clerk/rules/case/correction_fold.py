"""Folding a correction: the case stands as if the act had been right from the beginning (容错)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from clerk.contract.case import (
    Accepted,
    ClockState,
    Decided,
    Declined,
    Delivery,
    DocumentKind,
    Outcome,
    Released,
    Stage,
)
from clerk.contract.proposal import (
    ActUndone,
    ApplicantAmendment,
    Corrected,
    DecisionAmendment,
    FormAmendment,
    StopAmendment,
    Stopped,
    TickAmendment,
)
from clerk.rules.case.acts import find_act, tag_of
from clerk.rules.case.loss_fold import lasting
from clerk.rules.case.state import Case, DecisionText, PrintedDocument, merge_ticks, printed


def corrected(case: Case, event: Corrected) -> Case:
    """The act put right, its proposal answered, its paper void, the new paper given."""
    changed = _AMEND[type(event.amendment)](case, event)
    changed = replace(
        changed,
        proposals=tuple(one for one in changed.proposals if one.n != event.proposal),
        documents=_with_void(changed, event.voids),
    )
    kind = paper_kind(case, event)
    if kind is None:
        return changed
    return replace(changed, documents=printed(changed, kind, event.document, event.at))


def paper_kind(case: Case, event: Corrected) -> DocumentKind | None:
    """The paper that a correction makes: only where the old slip stood on one (文书)."""
    match event.amendment:
        case DecisionAmendment():
            refused = case.outcome is Outcome.REFUSED
            return DocumentKind.REFUSAL if refused else DocumentKind.DECISION
        case FormAmendment():
            return None
        case ApplicantAmendment(name=name):
            return DocumentKind.CORRECTION if name else None
        case ActUndone():
            act = find_act(case, event.act)
            released = act is not None and act.kind == tag_of(Released)
            return None if released else DocumentKind.CORRECTION
        case _:
            return DocumentKind.CORRECTION


def _amend_applicant(case: Case, event: Corrected) -> Case:
    amended = event.amendment
    assert isinstance(amended, ApplicantAmendment), "chosen by its type"
    party = case.applicant
    party = replace(
        party,
        name=amended.name or party.name,
        phone=amended.phone or party.phone,
        address=amended.address or party.address,
    )
    return replace(case, applicant=party)


def _amend_form(case: Case, event: Corrected) -> Case:
    assert isinstance(event.amendment, FormAmendment), "chosen by its type"
    return replace(case, fields=case.fields | event.amendment.fields)


def _amend_ticks(case: Case, event: Corrected) -> Case:
    assert isinstance(event.amendment, TickAmendment), "chosen by its type"
    return replace(case, materials=merge_ticks(case.materials, event.amendment.materials))


def _amend_stop(case: Case, event: Corrected) -> Case:
    amended = event.amendment
    assert isinstance(amended, StopAmendment), "chosen by its type"
    return replace(
        case,
        stops=tuple(
            replace(
                stop,
                procedure=amended.procedure,
                basis=amended.basis,
                planned_days=amended.planned_days,
            )
            if stop.n == event.act
            else stop
            for stop in case.stops
        ),
    )


def _amend_decision(case: Case, event: Corrected) -> Case:
    amended = event.amendment
    assert isinstance(amended, DecisionAmendment), "chosen by its type"
    assert case.decision is not None, "what is put right was decided"
    until = amended.licence_until or case.decision.licence_until
    decision = DecisionText(amended.opinion, amended.reason, until)
    if amended.licence_until is None or not case.licence:
        return replace(case, decision=decision)
    again = case.sealing or case.licence_paper is not None
    return replace(case, decision=decision, sealing=again, licence_paper=None)


def _undo(case: Case, event: Corrected) -> Case:
    act = find_act(case, event.act)
    assert act is not None, "an act that is undone is recorded"
    return _UNDO[act.kind](case, event)


def _undo_acceptance(case: Case, _event: Corrected) -> Case:
    """Received again, the five days as they stood; accepted later it counts from this day."""
    return replace(
        case,
        stage=Stage.RECEIVED,
        clock=ClockState.NOT_STARTED,
        owed_from=case.owed_from or case.accepted_at,
        accepted_at=None,
        accepted_from=None,
        step="",
        step_since=None,
        claim=None,
        proposals=lasting(case),
        stops=(),
        extensions=(),
        opinions=(),
        joint_failed="",
    )


def _undo_decline(case: Case, _event: Corrected) -> Case:
    """Where it stood before; if acceptance was due then, the limit counts from that moment."""
    assert case.reopening is not None, "what was declined stood somewhere before"
    received = case.reopening.stage is Stage.RECEIVED
    return replace(
        case,
        stage=case.reopening.stage,
        clock=ClockState.NOT_STARTED,
        five_days_at=case.reopening.five_days_at,
        owed_from=case.owed_from or (case.declined_at if received else None),
        declined_at=None,
        reopening=None,
    )


def _undo_stop(case: Case, event: Corrected) -> Case:
    """As if the clock had never stood for it."""
    stops = tuple(one for one in case.stops if one.n != event.act)
    stands = any(one.open for one in stops)
    return replace(case, stops=stops, clock=ClockState.STOPPED if stands else ClockState.RUNNING)


def _undo_decision(case: Case, _event: Corrected) -> Case:
    """Back in the step that decided; its limits run on as if nothing had been decided."""
    *done, last = case.done
    return replace(
        case,
        stage=Stage.HANDLING if case.department_accepted_at else Stage.ACCEPTED,
        clock=ClockState.RUNNING,
        outcome=Outcome.NONE,
        delivery=Delivery.NONE,
        decided_at=None,
        decision=None,
        licence="",
        sealing=False,
        licence_paper=None,
        done=tuple(done),
        step=last.step,
        step_since=last.at,
    )


def _undo_release(case: Case, _event: Corrected) -> Case:
    """The result lies at the window; the ten days run on from the decision (Art. 44)."""
    return replace(case, delivery=Delivery.AT_WINDOW, released_at=None)


def _with_void(case: Case, number: str) -> tuple[PrintedDocument, ...]:
    return tuple(
        replace(one, void=True) if number and one.number == number else one
        for one in case.documents
    )


_AMEND: dict[type, Callable[[Case, Corrected], Case]] = {
    ApplicantAmendment: _amend_applicant,
    FormAmendment: _amend_form,
    TickAmendment: _amend_ticks,
    StopAmendment: _amend_stop,
    DecisionAmendment: _amend_decision,
    ActUndone: _undo,
}

_UNDO: dict[str, Callable[[Case, Any], Case]] = {
    tag_of(Accepted): _undo_acceptance,
    tag_of(Declined): _undo_decline,
    tag_of(Stopped): _undo_stop,
    tag_of(Decided): _undo_decision,
    tag_of(Released): _undo_release,
}
