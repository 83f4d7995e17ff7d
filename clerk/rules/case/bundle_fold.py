"""Folding what the rest of its bundle application means for a case."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import ClockState, HandoverChosen, Preceded
from clerk.rules.bundle.gate import waits_for
from clerk.rules.case.state import Case


def preceded(case: Case, event: Preceded) -> Case:
    """Once all that it waits for is granted the limit of deciding begins, and stays begun."""
    before = {**case.before, event.item: event.standing}
    if case.decision_runs:
        return replace(case, before=before)
    if waits_for(case.place, before):
        return replace(case, before=before, freed_at=None)
    running = case.clock is ClockState.NOT_STARTED and case.accepted_at
    return replace(
        case,
        before=before,
        freed_at=case.freed_at or event.at,
        clock=ClockState.RUNNING if running else case.clock,
    )


def handover_chosen(case: Case, event: HandoverChosen) -> Case:
    """The applicant wants the results together, or each as it is ready."""
    assert case.place is not None, "only a bundle application is handed over together"
    return replace(case, place=replace(case.place, together=event.together))
