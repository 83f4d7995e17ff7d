"""One act on all cases that are marked: asked once, answered case by case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from clerk.contract.user import Role
from clerk.errors import ClerkError
from clerk.locale import _, mark
from screens.base import DeskScreen
from screens.dialogs import AskText, Question
from screens.home.batch_summary import BatchSummary
from screens.home.lists import Entry
from services.batch import Act, CaseDone, act_on_each
from services.bootstrap import Desk

VERBS = ("agree", "send_on", "claim", "produce")
"""What can be done to several cases at once; a refusal has its own reason for each."""


class _Batch(NamedTuple):
    """What is asked before, and the act with the answers."""

    title: str
    asks_opinion: bool
    decides: bool
    act: Callable[[Desk, Mapping[str, str]], Act]


_GRANT = _Batch(
    mark("Grant all that are marked ({count})"),
    asks_opinion=True,
    decides=True,
    act=lambda desk, told: lambda case: desk.casework.grant(case, told["opinion"]),
)
_ACCEPT = _Batch(
    mark("Accept all that are marked ({count})"),
    asks_opinion=False,
    decides=True,
    act=lambda desk, _told: desk.counter.accept,
)
_OTHERS = {
    "send_on": _Batch(
        mark("Pass on all that are marked ({count})"),
        asks_opinion=True,
        decides=False,
        act=lambda desk, told: lambda case: desk.casework.pass_step(case, told["opinion"]),
    ),
    "claim": _Batch(
        mark("Claim all that are marked ({count})"),
        asks_opinion=False,
        decides=False,
        act=lambda desk, _told: desk.casework.claim,
    ),
    "produce": _Batch(
        mark("The results of all that are marked are made ({count})"),
        asks_opinion=False,
        decides=False,
        act=lambda desk, _told: desk.casework.produce,
    ),
}


class BatchKeys:
    """Asks for an opinion and, before a decision, for the password; then acts on each."""

    def __init__(self, screen: DeskScreen, finished: Callable[[], None]) -> None:
        """Tell `finished` once all have their answer."""
        self._screen = screen
        self._finished = finished

    def begin(self, verb: str, marked: Sequence[Entry]) -> None:
        """Do this to all of them."""
        if not marked:
            told = _("Mark cases first, with Space; or open one with Enter.")
            self._screen.app.warn(told)
            return
        batch = self._batch_of(verb)
        questions = [Question("opinion", _("Opinion, for all of them"))]
        questions = questions if batch.asks_opinion else []
        if batch.decides:
            questions.append(Question("password", _("Your password, once more"), password=True))
        if not questions:
            self._act(batch, marked, {})
            return
        title = _(batch.title).format(count=len(marked))
        again = partial(self._answered, batch, marked)
        self._screen.app.push_screen(AskText(title, questions), again)

    def _batch_of(self, verb: str) -> _Batch:
        if verb != "agree":
            return _OTHERS[verb]
        user = self._screen.desk.session.get_user()
        return _ACCEPT if user.has(Role.COUNTER) else _GRANT

    def _answered(
        self, batch: _Batch, marked: Sequence[Entry], answers: dict[str, str] | None
    ) -> None:
        if answers is not None:
            self._act(batch, marked, answers)

    def _act(self, batch: _Batch, marked: Sequence[Entry], answers: Mapping[str, str]) -> None:
        desk = self._screen.desk

        def carry_out() -> tuple[CaseDone, ...]:
            if batch.decides:
                desk.session.demand_own_password(answers["password"])
            return act_on_each([one.id for one in marked], batch.act(desk, answers))

        self._screen.do(carry_out, done=partial(self._tell, marked), failed=self._fail)

    def _tell(self, marked: Sequence[Entry], done: tuple[CaseDone, ...]) -> None:
        self._finished()
        self._screen.app.push_screen(BatchSummary([one.cells[0] for one in marked], done))

    def _fail(self, problem: ClerkError) -> None:
        self._screen.app.tell_problem(problem)
