"""What a correction does to the state of a case: the act that it puts right counts no longer."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from clerk.contract.case import (
    ClockState,
    Delivery,
    DocumentKind,
    MaterialState,
    Outcome,
    Stage,
    Ticked,
)
from clerk.contract.proposal import Correctable, Corrected
from clerk.rules.case.state import Case, merge_ticks, printed


def corrected(case: Case, event: Corrected) -> Case:
    """The case as it stands without the act, or with the right tick or text."""
    answered = replace(
        case,
        proposals=tuple(one for one in case.proposals if one.n != event.proposal),
        documents=printed(case, DocumentKind.CORRECTION, event.document, event.at),
    )
    return _FOLDS[event.what](answered, event)


def _not_accepted(case: Case, _event: Corrected) -> Case:
    return replace(
        case,
        stage=Stage.RECEIVED,
        clock=ClockState.NOT_STARTED,
        accepted_at=None,
        accepted_from=None,
        accepted_n=0,
        step="",
        step_since=None,
        claim=None,
        proposals=(),
    )


def _not_declined(case: Case, _event: Corrected) -> Case:
    return replace(
        case,
        stage=case.declined_from,
        clock=ClockState.NOT_STARTED,
        declined_at=None,
        declined_n=0,
        five_days_at=case.five_days_before,
    )


def _not_decided(case: Case, _event: Corrected) -> Case:
    """Back in the step that decided; its limits run on as if nothing had been decided."""
    *done, last = case.done
    return replace(
        case,
        stage=Stage.HANDLING if case.department_accepted_at else Stage.ACCEPTED,
        clock=ClockState.RUNNING,
        outcome=Outcome.NONE,
        delivery=Delivery.NONE,
        decided_at=None,
        decided_n=0,
        licence="",
        done=tuple(done),
        step=last.step,
        step_since=last.at,
    )


def _other_tick(case: Case, event: Corrected) -> Case:
    known = next((one for one in case.materials if one.key == event.key), None)
    state = MaterialState(event.after)
    tick = (
        replace(known, state=state)
        if known
        else Ticked(key=event.key, name=event.name, state=state)
    )
    return replace(case, materials=merge_ticks(case.materials, (tick,)))


def _other_text(case: Case, event: Corrected) -> Case:
    return replace(case, fields=case.fields | {event.key: event.after})


_FOLDS: dict[Correctable, Callable[[Case, Corrected], Case]] = {
    Correctable.ACCEPTANCE: _not_accepted,
    Correctable.DECLINE: _not_declined,
    Correctable.DECISION: _not_decided,
    Correctable.MATERIAL: _other_tick,
    Correctable.FIELD: _other_text,
}
