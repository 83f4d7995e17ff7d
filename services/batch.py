"""One act on several cases: each a command of its own, with an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from clerk.errors import ClerkError, UnreachableError
from services.counter import Done

Act = Callable[[str], Done]


class CaseDone(msgspec.Struct, frozen=True):
    """What came of the act on one case: its paper, or why nothing was done."""

    case_id: str
    paper: Path | None = None
    problem: ClerkError | None = None


def act_on_each(case_ids: Sequence[str], act: Act) -> tuple[CaseDone, ...]:
    """Act on each in turn; one that is refused holds none of the others up.

    Where central cannot be reached the rest is not tried: nothing of it was sent.
    """
    done: list[CaseDone] = []
    for place, case_id in enumerate(case_ids):
        try:
            done.append(CaseDone(case_id, paper=act(case_id).paper))
        except UnreachableError as problem:
            done += [CaseDone(case_id, problem=problem)]
            lost = UnreachableError("line.down")
            done += [CaseDone(rest, problem=lost) for rest in case_ids[place + 1 :]]
            break
        except ClerkError as problem:
            done.append(CaseDone(case_id, problem=problem))
    return tuple(done)
