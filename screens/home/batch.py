"""One act on all cases that are marked: asked once, answered case by case.

The rules are asked before anybody types: what an act cannot be done to is told with its reason,
and a decision is signed with the password only for those that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from clerk.contract.case import Outcome
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    ClaimCase,
    DecideCase,
    PassStep,
    ProduceResult,
)
from clerk.contract.user import Role
from clerk.errors import ClerkError
from clerk.locale import _, mark
from screens.base import DeskScreen
from screens.case.performer import ANY_TEXT, context_of
from screens.dialogs import AskText, Question
from screens.errands import run_errand
from screens.home.batch_forecast import BatchForecast
from screens.home.batch_summary import BatchSummary, Told
from screens.home.lists import Entry
from services.batch import Act, CaseDone, act_on_each, ask_rules
from services.bootstrap import Desk

VERBS = ("agree", "send_on", "claim", "produce")
"""What can be done to several cases at once; a refusal has its own reason for each."""

Answers = Mapping[str, str]
Refused = Mapping[str, ClerkError]


class _Batch(NamedTuple):
    """What the rules are asked, what is asked of the person, and the act with the answers."""

    title: str
    command: AnyCommand
    act: Callable[[Desk, Answers], Act]
    asks_opinion: bool = False
    decides: bool = False


_GRANT = _Batch(
    mark("Grant {count} cases"),
    DecideCase(outcome=Outcome.GRANTED, opinion=ANY_TEXT),
    lambda desk, told: lambda case: desk.casework.grant(case, told["opinion"]),
    asks_opinion=True,
    decides=True,
)
_ACCEPT = _Batch(
    mark("Accept {count} cases"),
    AcceptCase(),
    lambda desk, _told: desk.counter.accept,
    decides=True,
)
_OTHERS = {
    "send_on": _Batch(
        mark("Pass {count} cases on"),
        PassStep(opinion=ANY_TEXT),
        lambda desk, told: lambda case: desk.casework.pass_step(case, told["opinion"]),
        asks_opinion=True,
    ),
    "claim": _Batch(
        mark("Claim {count} cases"),
        ClaimCase(),
        lambda desk, _told: desk.casework.claim,
    ),
    "produce": _Batch(
        mark("The results of {count} cases are made"),
        ProduceResult(),
        lambda desk, _told: desk.casework.produce,
    ),
}


class BatchKeys:
    """Asks the rules, then for an opinion and, before a decision, the password; then acts."""

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
        desk, batch = self._screen.desk, self._batch_of(verb)

        def ask() -> Refused:
            ids = [one.id for one in marked]
            case_of = desk.cases.detail
            return ask_rules(ids, batch.command, lambda one: case_of(one).case, context_of(desk))

        self._screen.do(ask, done=partial(self._foretell, batch, marked))

    def _batch_of(self, verb: str) -> _Batch:
        if verb != "agree":
            return _OTHERS[verb]
        user = self._screen.desk.session.get_user()
        return _ACCEPT if user.has(Role.COUNTER) else _GRANT

    def _foretell(self, batch: _Batch, marked: Sequence[Entry], refused: Refused) -> None:
        """Say what cannot be done and why, and go on with the others where that is wanted."""
        run = _Run(self._screen, batch, marked, refused, self._finished)
        if not refused:
            run.ask()
            return
        told = [_told(one, problem=refused[one.id]) for one in marked if one.id in refused]
        dialog = BatchForecast(run.title, told, len(marked))
        self._screen.app.push_screen(dialog, lambda wanted: run.ask() if wanted else None)


class _Run:
    """One act on those that the rules allow it to."""

    def __init__(
        self,
        screen: DeskScreen,
        batch: _Batch,
        marked: Sequence[Entry],
        refused: Refused,
        finished: Callable[[], None],
    ) -> None:
        """Act on what is marked and not refused."""
        self._screen = screen
        self._batch = batch
        self._marked = marked
        self._refused = refused
        self._finished = finished
        self._ids = [one.id for one in marked if one.id not in refused]
        self.title = _(batch.title).format(count=len(marked))

    def ask(self, opinion: str = "") -> None:
        """Ask for what the act needs; an opinion that was typed already is there."""
        questions = []
        if self._batch.asks_opinion:
            questions.append(Question("opinion", _("Opinion, for all of them"), opinion))
        if self._batch.decides:
            questions.append(Question("password", _("Your password, once more"), password=True))
        title = _(self._batch.title).format(count=len(self._ids))
        if questions:
            self._screen.app.push_screen(AskText(title, questions), self._sign)
        else:
            self._act({})

    def _sign(self, answers: dict[str, str] | None) -> None:
        """Whoever decides signs with the password; a wrong one is asked for again."""
        if answers is None:
            return
        if not self._batch.decides:
            self._act(answers)
            return

        def fail(problem: ClerkError) -> None:
            again = partial(self.ask, answers.get("opinion", ""))
            self._screen.app.tell_problem(problem, then=again)

        demand = self._screen.desk.session.demand_own_password
        act = partial(self._act, answers)
        self._screen.do(demand, answers["password"], done=lambda _signed: act(), failed=fail)

    def _act(self, answers: Answers) -> None:
        act = self._batch.act(self._screen.desk, answers)
        run_errand(
            self._screen,
            self.title,
            lambda errand: act_on_each(self._ids, act, errand),
            self._tell,
            cancelled=_("Stopped. What is done already stays done."),
        )

    def _tell(self, done: tuple[CaseDone, ...]) -> None:
        """All that were marked, those that the rules refused before among them."""
        self._finished()
        by_id = {one.case_id: one for one in done}
        told = [
            _told(one, problem=self._refused[one.id])
            if one.id in self._refused
            else _told(one, problem=by_id[one.id].problem, paper=by_id[one.id].paper)
            for one in self._marked
        ]
        self._screen.app.push_screen(BatchSummary(told))


def _told(entry: Entry, *, problem: ClerkError | None = None, paper: Path | None = None) -> Told:
    number, _item, name = entry.cells[:3]
    return Told(number, name, problem, paper)
