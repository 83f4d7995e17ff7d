"""One act on several cases: each a command of its own, with an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from clerk.contract.answer import Refusal
from clerk.contract.command import AnyCommand
from clerk.errand import Errand, Phase
from clerk.errors import CancelledError, ClerkError, InputError, RefusedError, UnreachableError
from clerk.rules.case import Case, Context, decide
from services.counter import Done

Act = Callable[[str], Done]


class CaseDone(msgspec.Struct, frozen=True):
    """What came of the act on one case: its paper, or why nothing was done."""

    case_id: str
    paper: Path | None = None
    problem: ClerkError | None = None


def ask_rules(
    case_ids: Sequence[str], command: AnyCommand, read: Callable[[str], Case], context: Context
) -> Mapping[str, ClerkError]:
    """Which of these cases the act cannot be done to, and why, before anything is typed for it.

    Central decides by the same rules again: it may know more of a case by then.
    """
    refused: dict[str, ClerkError] = {}
    for case_id in case_ids:
        try:
            decided = decide(read(case_id), command, context)
        except ClerkError as problem:
            refused[case_id] = problem
        else:
            if isinstance(decided, Refusal):
                refused[case_id] = RefusedError(decided.code, **decided.parameters)
    return refused


def act_on_each(
    case_ids: Sequence[str], act: Act, errand: Errand | None = None
) -> tuple[CaseDone, ...]:
    """Act on each in turn; one that is refused holds none of the others up.

    Where central cannot be reached the rest is not tried: nothing of it was sent. Nor is it where
    the errand is called off, which is between two cases.
    """
    errand = errand or Errand()
    done: list[CaseDone] = []
    for place, case_id in enumerate(case_ids):
        try:
            errand.tell(Phase.CASES, place, len(case_ids))
            done.append(CaseDone(case_id, paper=act(case_id).paper))
        except CancelledError:
            stopped = InputError("batch.stopped")
            done += [CaseDone(rest, problem=stopped) for rest in case_ids[place:]]
            break
        except UnreachableError as problem:
            done.append(CaseDone(case_id, problem=problem))
            lost = UnreachableError("line.down")
            done += [CaseDone(rest, problem=lost) for rest in case_ids[place + 1 :]]
            break
        except ClerkError as problem:
            done.append(CaseDone(case_id, problem=problem))
    return tuple(done)
