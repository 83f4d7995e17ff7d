"""Pending commands laid over a cached case: the desk's prediction of what central will say.

The very function that central decides with is asked, so that a prediction can differ from
central's conclusion only where central knows more.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, CaseRecord
from clerk.contract.command import AnyCommand
from clerk.rules.case.context import Context
from clerk.rules.case.decide import decide
from clerk.rules.case.fold import fold
from clerk.rules.case.state import Case


class Pending(msgspec.Struct, frozen=True):
    """A command that central has not answered yet, and what it was given under."""

    n: int
    command: AnyCommand
    context: Context


class Doubt(msgspec.Struct, frozen=True):
    """A pending command that the rules would refuse now; central decides."""

    n: int
    refusal: Refusal


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it will stand, if central agrees. `waiting` names the commands in it."""

    record: CaseRecord | None
    waiting: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def case(self) -> Case | None:
        """The state folded from what is known and what is waiting."""
        return fold(self.record) if self.record else None


def overlay(case_id: str, record: CaseRecord | None, pending: Sequence[Pending]) -> Laid:
    """Lay the commands over the case in their order."""
    waiting: list[int] = []
    doubts: list[Doubt] = []
    for one in pending:
        case = fold(record) if record else None
        decision = decide(case, one.command, one.context)
        if isinstance(decision, Refusal):
            doubts.append(Doubt(one.n, decision))
            continue
        record = extend(case_id, record, decision)
        waiting.append(one.n)
    return Laid(record=record, waiting=tuple(waiting), doubts=tuple(doubts))


def extend(case_id: str, record: CaseRecord | None, events: Sequence[AnyEvent]) -> CaseRecord:
    """The record with more events; its version counts them."""
    all_events = (*(record.events if record else ()), *events)
    return CaseRecord(id=case_id, version=len(all_events), events=all_events)
