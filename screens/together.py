"""One act on several things of a list: asked for once, answered thing by thing.

What the rules refuse is told before anybody types, and whoever decides signs with the password.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from textual.screen import Screen

from clerk.errors import ClerkError, UnreachableError
from clerk.locale import Plural, _, counted
from clerk.rules.overlay import Laid
from screens.base import DeskScreen
from screens.dialogs import AskText, Confirm, Question
from screens.errands import run_errand
from screens.home.batch_forecast import BatchForecast
from screens.home.batch_summary import BatchSummary, Told
from services.batch import CaseDone, act_on_each
from services.counter import Done

T = TypeVar("T")

Answers = Mapping[str, str]
Refused = Mapping[int, ClerkError]
"""By its place among the things, why the act cannot be done to one."""

_PASSWORD = "password"  # noqa: S105 - the name of a question


class _Unreached(NamedTuple):
    """What was typed for things that the line kept from central."""

    names: frozenset[tuple[str, str]]
    answers: Answers


_unreached: WeakKeyDictionary[Screen[Any], dict[Plural, _Unreached]] = WeakKeyDictionary()
"""By the screen and the act: offered again for the same things, and for no others."""


@dataclass(frozen=True)
class SharedAct(Generic[T]):
    """What is done to each, and what is asked for all. `title` has a count.

    `name` tells a thing in two parts, such as its number and whose it is. `confirm` is what is
    asked first where nothing is to be typed; it has a {count}, too.
    """

    title: Plural
    act: Callable[[T, Answers], Done | None]
    name: Callable[[T], tuple[str, str]]
    questions: tuple[Question, ...] = ()
    signs: bool = False
    confirm: Plural | None = None


def printed(paper: Path) -> Done:
    """What an act that only prints comes to."""
    return Done(Laid(record=None), paper)


class Together(Generic[T]):
    """Carries an act out on several things, in the name of a screen."""

    def __init__(
        self,
        screen: DeskScreen,
        act: SharedAct[T],
        things: Sequence[T],
        finished: Callable[[], None],
    ) -> None:
        """Tell `finished` once all have their answer."""
        self._screen = screen
        self._act = act
        self._things = things
        self._finished = finished
        self._refused: Refused = {}

    def begin(self, refused: Refused) -> None:
        """Say what cannot be done and why, and go on with the others where that is wanted."""
        self._refused = refused
        if not refused:
            self._ask(self._find_typed())
            return
        told = [self._tell_one(n, refused[n]) for n in sorted(refused)]
        dialog = BatchForecast(self._title(len(self._things)), told, len(self._things))
        self._screen.app.push_screen(dialog, self._ask_if)

    def _ask_if(self, wanted: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
        if wanted:
            self._ask(self._find_typed())

    def _find_typed(self) -> Answers:
        """What was typed for these before and did not reach central."""
        kept = _unreached.get(self._screen, {}).get(self._act.title)
        names = {self._act.name(self._things[n]) for n in self._left}
        return kept.answers if kept and names <= kept.names else {}

    def _keep_typed(self, answers: Answers, done: Sequence[CaseDone]) -> None:
        """The password never."""
        lost = [one for one in done if isinstance(one.problem, UnreachableError)]
        names = frozenset(self._act.name(self._things[int(one.case_id)]) for one in lost)
        typed = {key: text for key, text in answers.items() if key != _PASSWORD}
        _unreached.setdefault(self._screen, {})[self._act.title] = _Unreached(names, typed)

    @property
    def _left(self) -> list[int]:
        return [n for n in range(len(self._things)) if n not in self._refused]

    def _title(self, count: int) -> str:
        return counted(self._act.title, count)

    def _ask(self, typed: Answers) -> None:
        """Ask for what the act needs; what was typed already is there, the password never."""
        asked = [replace(one, value=typed.get(one.key, one.value)) for one in self._act.questions]
        if self._act.signs:
            asked.append(Question(_PASSWORD, _("Your password, once more"), password=True))
        if asked:
            begins = _PASSWORD if typed and self._act.signs else ""
            dialog = AskText(self._title(len(self._left)), asked, begins=begins)
            self._screen.app.push_screen(dialog, self._sign)
        elif self._act.confirm:
            question = counted(self._act.confirm, len(self._left))
            self._screen.app.push_screen(Confirm(question), self._run_if)
        else:
            self._run({})

    def _run_if(self, yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
        if yes:
            self._run({})

    def _sign(self, answers: dict[str, str] | None) -> None:
        """Whoever decides signs with the password; a wrong one is asked for again."""
        if answers is None:
            return
        if not self._act.signs:
            self._run(answers)
            return

        def fail(problem: ClerkError) -> None:
            self._screen.app.tell_problem(problem, then=partial(self._ask, answers))

        demand = self._screen.desk.session.demand_own_password
        run = partial(self._run, answers)
        self._screen.do(demand, answers[_PASSWORD], done=lambda _signed: run(), failed=fail)

    def _run(self, answers: Answers) -> None:
        def act(key: str) -> Done:
            done = self._act.act(self._things[int(key)], answers)
            return done or Done(Laid(record=None))

        keys = [str(n) for n in self._left]
        run_errand(
            self._screen,
            self._title(len(self._things)),
            lambda errand: act_on_each(keys, act, errand),
            partial(self._tell, answers),
            cancelled=_("Stopped. What is done already stays done."),
        )

    def _tell(self, answers: Answers, done: tuple[CaseDone, ...]) -> None:
        """All of them, those that the rules refused before among them."""
        self._keep_typed(answers, done)
        self._finished()
        by_place = {int(one.case_id): one for one in done}
        told = [
            self._tell_one(n, self._refused[n])
            if n in self._refused
            else self._tell_one(n, by_place[n].problem)._replace(paper=by_place[n].paper)
            for n in range(len(self._things))
        ]
        self._screen.app.push_screen(BatchSummary(told))

    def _tell_one(self, place: int, problem: ClerkError | None) -> Told:
        number, name = self._act.name(self._things[place])
        return Told(number, name, problem)
