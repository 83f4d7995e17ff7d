"""One act on all cases that are marked: asked once, answered case by case.

The rules are asked before anybody types: what an act cannot be done to is told with its reason,
and a decision is signed with the password only for those that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from clerk.contract.case import Outcome
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    ClaimCase,
    DecideCase,
    PassStep,
    ProduceResult,
    UnclaimCase,
)
from clerk.contract.user import Role
from clerk.locale import Plural, _, mark_n
from clerk.rules.case import Case
from screens.base import DeskScreen
from screens.case.department import holds_claim
from screens.case.performer import ANY_TEXT, context_of
from screens.dialogs import Question
from screens.home.lists import Entry
from screens.together import Answers, Refused, SharedAct, Together
from services.batch import Act, ask_rules
from services.bootstrap import Desk

VERBS = ("agree", "send_on", "claim", "produce")
"""What can be done to several cases at once; a refusal has its own reason for each."""


class _Batch(NamedTuple):
    """What the rules are asked, what is asked of the person, and the act with the answers."""

    title: Plural
    command: AnyCommand
    act: Callable[[Desk, Answers], Act]
    asks_opinion: bool = False
    decides: bool = False


_GRANT = _Batch(
    mark_n("Grant {count} case", "Grant {count} cases"),
    DecideCase(outcome=Outcome.GRANTED, opinion=ANY_TEXT),
    lambda desk, told: lambda case: desk.casework.grant(case, told["opinion"]),
    asks_opinion=True,
    decides=True,
)
_ACCEPT = _Batch(
    mark_n("Accept {count} case", "Accept {count} cases"),
    AcceptCase(),
    lambda desk, _told: desk.counter.accept,
    decides=True,
)
_OTHERS = {
    "send_on": _Batch(
        mark_n("Pass {count} case on", "Pass {count} cases on"),
        PassStep(opinion=ANY_TEXT),
        lambda desk, told: lambda case: desk.casework.pass_step(case, told["opinion"]),
        asks_opinion=True,
    ),
    "claim": _Batch(
        mark_n("Claim {count} case", "Claim {count} cases"),
        ClaimCase(),
        lambda desk, _told: desk.casework.claim,
    ),
    "produce": _Batch(
        mark_n("The result of {count} case is made", "The results of {count} cases are made"),
        ProduceResult(),
        lambda desk, _told: desk.casework.produce,
    ),
}


_GIVE_BACK = _Batch(
    mark_n("Give {count} case back", "Give {count} cases back"),
    UnclaimCase(),
    lambda desk, _told: desk.casework.unclaim,
)


class BatchKeys:
    """Asks the rules, then for an opinion and, before a decision, the password; then acts."""

    def __init__(self, screen: DeskScreen, finished: Callable[[], None]) -> None:
        """Tell `finished` once all have their answer."""
        self._screen = screen
        self._finished = finished

    def begin(self, verb: str, marked: Sequence[Entry]) -> None:
        """Do this to all of them."""
        self._screen.do(
            partial(self._ask, verb, marked),
            done=lambda asked: self._act(asked[0], marked, asked[1]),
        )

    def _ask(self, verb: str, marked: Sequence[Entry]) -> tuple[_Batch, Refused]:
        """What the key comes to, and what the rules say of each."""
        desk = self._screen.desk
        batch = self._batch_of(verb)
        if verb == "claim" and all(_is_held(desk, one) for one in marked):
            batch = _GIVE_BACK
        return batch, refused_of(desk, marked, batch.command)

    def _batch_of(self, verb: str) -> _Batch:
        if verb != "agree":
            return _OTHERS[verb]
        user = self._screen.desk.session.get_user()
        return _ACCEPT if user.has(Role.COUNTER) else _GRANT

    def _act(self, batch: _Batch, marked: Sequence[Entry], refused: Refused) -> None:
        desk = self._screen.desk
        opinion = Question("opinion", _("Opinion, for all of them"))
        act = SharedAct[Entry](
            title=batch.title,
            act=lambda one, told: batch.act(desk, told)(one.id),
            name=lambda one: (one.cells[0], one.cells[2]),
            questions=(opinion,) if batch.asks_opinion else (),
            signs=batch.decides,
        )
        Together(self._screen, act, marked, self._finished).begin(refused)


def refused_of(desk: Desk, marked: Sequence[Entry], command: AnyCommand) -> Refused:
    """By its place, what the rules say against the act on a case."""

    def read(case_id: str) -> Case:
        return desk.cases.detail(case_id).case

    refused = ask_rules([one.id for one in marked], command, read, context_of(desk))
    return {n: refused[one.id] for n, one in enumerate(marked) if one.id in refused}


def _is_held(desk: Desk, entry: Entry) -> bool:
    return holds_claim(desk.cases.detail(entry.id).case, context_of(desk))
