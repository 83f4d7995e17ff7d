"""Folding a case's events into its present state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.asking import AskAnswered, Escalated, RenewalUndecided, Supervised, Urged
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CaseRecord,
    Claimed,
    ClockState,
    CompletedAtCounter,
    Decided,
    Declined,
    DeemedAccepted,
    DeferredProvided,
    Delivery,
    DepartmentAccepted,
    DocumentKind,
    HandoverChosen,
    OpinionGiven,
    Outcome,
    Preceded,
    Produced,
    Received,
    Released,
    ScanAttached,
    Silent,
    Stage,
    StepPassed,
    StepReturned,
    SupplementAsked,
    Supplemented,
    Ticked,
    Unclaimed,
    Withdrawn,
)
from clerk.contract.item import ResultKind
from clerk.contract.proposal import (
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
from clerk.contract.register import LookedUp
from clerk.rules.bundle.gate import waits_for
from clerk.rules.case import (
    asks,
    bundle_fold,
    clock_fold,
    correction_fold,
    joint_fold,
    licence_fold,
    loss_fold,
    notices,
    register_fold,
    trail,
)
from clerk.rules.case.acts import recorded
from clerk.rules.case.state import (
    Case,
    CaseScan,
    Claim,
    DecisionText,
    PrintedDocument,
    Reopening,
    StepDone,
    merge_ticks,
    printed,
)
from clerk.rules.case.trail import with_trail
from clerk.rules.joint import is_failed


def fold(record: CaseRecord) -> Case:
    """The present state of a stored case."""
    first, *rest = record.events
    assert isinstance(first, Received), "a case begins with its receipt"
    case = begin(record.id, first)
    for event in rest:
        case = evolve(case, event)
    return case


def begin(case_id: str, event: Received) -> Case:
    """A case that was received just now."""
    return Case(
        id=case_id,
        version=1,
        number=event.number,
        application=event.application,
        terms=event.terms,
        applicant=event.applicant,
        agent=event.agent,
        window=event.window,
        received_at=event.at,
        received_by=event.by,
        answers=event.answers,
        fields=event.fields,
        materials=event.materials,
        five_days_at=event.at,
        documents=(PrintedDocument(DocumentKind.RECEIPT, event.number, event.at),),
        place=event.place,
        freed_at=event.at if event.place and not waits_for(event.place, {}) else None,
        acts=recorded((), event, 1),
        looked=event.looked,
        trail=(event,),
    )


def evolve(case: Case, event: AnyEvent) -> Case:
    """The case after one more event."""
    changed = _FOLDS[type(event)](case, event)
    n = case.version + 1
    return replace(
        changed,
        version=n,
        acts=recorded(changed.acts, event, n),
        trail=with_trail(changed.trail, event),
    )


def evolve_all(case: Case, events: Iterable[AnyEvent]) -> Case:
    """The case after several more events."""
    for event in events:
        case = evolve(case, event)
    return case


def _office_day(at: datetime) -> date:
    return at.astimezone(OFFICE_ZONE).date()


def _start(case: Case, event: AnyEvent) -> Case:
    first = case.terms.flow[0].key if case.terms.flow else ""
    return replace(
        case,
        stage=Stage.ACCEPTED,
        clock=ClockState.NOT_STARTED if case.waits_for else ClockState.RUNNING,
        accepted_at=event.at,
        step=first,
        claim=None,
        **_arrival(event),
    )


def _accepted(case: Case, event: Accepted) -> Case:
    return replace(
        _start(case, event),
        accepted_from=_office_day(min(event.at, case.owed_from or event.at)),
        documents=printed(case, DocumentKind.ACCEPTANCE, event.document, event.at),
    )


def _deemed(case: Case, event: DeemedAccepted) -> Case:
    return replace(
        _start(case, event),
        accepted_from=event.dated_from,
        deemed=True,
        documents=printed(case, DocumentKind.ACCEPTANCE, event.document, event.at),
    )


def _department_accepted(case: Case, event: DepartmentAccepted) -> Case:
    return replace(case, stage=Stage.HANDLING, department_accepted_at=event.at)


def _supplement_asked(case: Case, event: SupplementAsked) -> Case:
    return replace(
        case,
        stage=Stage.SUPPLEMENTING,
        clock=ClockState.NOT_STARTED,
        supplements_asked=case.supplements_asked + 1,
        asked_at=event.at,
        asked=event.lines,
        awaited=tuple(one.key for one in event.lines),
        supplement_allowed=False,
        five_days_at=None,
        owed_from=None,
        accepted_at=None,
        accepted_from=None,
        deemed=False,
        step="",
        step_since=None,
        claim=None,
        proposals=loss_fold.lasting(case),
        stops=(),
        extensions=(),
        opinions=(),
        joint_failed="",
        documents=printed(case, DocumentKind.SUPPLEMENT, event.document, event.at),
    )


def _supplemented(case: Case, event: Supplemented) -> Case:
    changed = take_in(case, event.materials, event.fields)
    if not event.complete:
        return changed
    return replace(changed, stage=Stage.RECEIVED, five_days_at=event.at)


def _completed_at_counter(case: Case, event: CompletedAtCounter) -> Case:
    return take_in(case, event.materials, event.fields)


def take_in(case: Case, materials: tuple[Ticked, ...], fields: Mapping[str, str]) -> Case:
    """The case with what came in, which is awaited no longer."""
    came = {one.key for one in materials} | set(fields)
    return replace(
        case,
        materials=merge_ticks(case.materials, materials),
        fields=case.fields | dict(fields),
        awaited=tuple(key for key in case.awaited if key not in came),
    )


def _deferred_provided(case: Case, event: DeferredProvided) -> Case:
    return replace(case, materials=merge_ticks(case.materials, event.materials))


def _declined(case: Case, event: Declined) -> Case:
    return replace(
        case,
        stage=Stage.DECLINED,
        clock=ClockState.ENDED,
        declined_at=event.at,
        reopening=Reopening(case.stage, case.five_days_at),
        five_days_at=None,
        claim=None,
        proposals=loss_fold.lasting(case),
        documents=printed(case, DocumentKind.DECLINE, event.document, event.at),
    )


def _claimed(case: Case, event: Claimed) -> Case:
    return replace(case, claim=Claim(event.by, event.until))


def _unclaimed(case: Case, _event: Unclaimed) -> Case:
    return replace(case, claim=None)


def _step_passed(case: Case, event: StepPassed) -> Case:
    return replace(
        case,
        done=_with_step(case, event),
        step=_step_after(case, event.step),
        claim=None,
        joint_failed=case.joint_failed or (event.step if is_failed(case) else ""),
        **_arrival(event),
    )


def _step_after(case: Case, key: str) -> str:
    return next(after.key for step, after in pairwise(case.terms.flow) if step.key == key)


def _step_returned(case: Case, event: StepReturned) -> Case:
    """Back to a step before; a joint step that is gone through again begins anew."""
    keys = [step.key for step in case.terms.flow]
    failed = case.joint_failed
    again = bool(failed) and keys.index(event.to) <= keys.index(failed)
    return replace(
        case,
        done=_with_step(case, event),
        step=event.to,
        claim=None,
        joint_failed="" if again else failed,
        **_arrival(event),
    )


def _arrival(event: AnyEvent) -> dict[str, Any]:
    """What every step begins with: the moment, and nobody's opinion yet."""
    return {"step_since": event.at, "opinions": ()}


def _with_step(case: Case, event: StepPassed | StepReturned | Decided) -> tuple[StepDone, ...]:
    return (*case.done, StepDone(event.step, event.by, event.at, event.opinion))


def _decided(case: Case, event: Decided) -> Case:
    refused = event.outcome is Outcome.REFUSED
    kind = DocumentKind.REFUSAL if refused else DocumentKind.DECISION
    return replace(
        asks.begin_delivering(case),
        stage=Stage.DECIDED,
        clock=ClockState.ENDED,
        outcome=event.outcome,
        delivery=_first_delivery(case, refused=refused),
        decided_at=event.at,
        done=_with_step(case, event),
        step="",
        step_since=None,
        claim=None,
        proposals=loss_fold.lasting(case),
        **licence_fold.granted(event),
        decision=DecisionText(event.opinion, event.reason, event.licence_until),
        documents=printed(case, kind, event.document, event.at),
    )


def _first_delivery(case: Case, *, refused: bool) -> Delivery:
    """A refusal is a paper at the window at once; a result may have to be made first."""
    result = case.terms.result
    if not refused and result.kind is not ResultKind.NOTHING and result.produced:
        return Delivery.IN_PRODUCTION
    return Delivery.AT_WINDOW


def _produced(case: Case, _event: Produced) -> Case:
    return replace(case, delivery=Delivery.AT_WINDOW)


def _released(case: Case, event: Released) -> Case:
    return replace(
        case,
        delivery=Delivery.RELEASED,
        released_at=event.at,
        documents=printed(case, DocumentKind.DELIVERY, event.document, event.at),
    )


def _withdrawn(case: Case, event: Withdrawn) -> Case:
    return replace(
        case,
        documents=printed(case, DocumentKind.WITHDRAWAL, event.document, event.at),
        stage=Stage.WITHDRAWN,
        clock=ClockState.ENDED,
        five_days_at=None,
        claim=None,
        proposals=loss_fold.lasting(case),
    )


def _scan_attached(case: Case, event: ScanAttached) -> Case:
    return replace(case, scans=(*case.scans, CaseScan(event.scan, event.by, event.at)))


_FOLDS: dict[type, Callable[[Case, Any], Case]] = {
    Accepted: _accepted,
    DeemedAccepted: _deemed,
    DepartmentAccepted: _department_accepted,
    SupplementAsked: _supplement_asked,
    Supplemented: _supplemented,
    CompletedAtCounter: _completed_at_counter,
    DeferredProvided: _deferred_provided,
    Declined: _declined,
    Claimed: _claimed,
    Unclaimed: _unclaimed,
    StepPassed: _step_passed,
    StepReturned: _step_returned,
    Proposed: clock_fold.proposed,
    ProposalRejected: clock_fold.rejected,
    Stopped: clock_fold.stopped,
    Prolonged: clock_fold.prolonged,
    Resumed: clock_fold.resumed,
    StopLapsed: clock_fold.lapsed,
    Extended: clock_fold.extended,
    SupplementAllowed: clock_fold.supplement_allowed,
    Corrected: correction_fold.corrected,
    Decided: _decided,
    **licence_fold.FOLDS,
    Produced: _produced,
    Released: _released,
    Withdrawn: _withdrawn,
    ScanAttached: _scan_attached,
    Preceded: bundle_fold.preceded,
    OpinionGiven: joint_fold.opinion_given,
    Silent: joint_fold.silent,
    HandoverChosen: bundle_fold.handover_chosen,
    Urged: asks.urged,
    Supervised: asks.supervised,
    RenewalUndecided: asks.renewal_undecided,
    AskAnswered: asks.answered,
    Escalated: asks.escalated,
    LookedUp: register_fold.looked_up,
    **trail.FOLDS,
    **loss_fold.FOLDS,
    **notices.FOLDS,
}
