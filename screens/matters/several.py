"""What is done to several matters at once: handed on, given back, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from clerk.contract.command import MoveMatter
from clerk.contract.matter import AnyMatterAct, Close, PassOn
from clerk.errors import RefusedError
from clerk.locale import Plural, _, mark_n
from screens.case.performer import ANY_TEXT
from screens.dialogs import Question
from screens.matters.taking import CENTRE, choose_department, department_of
from screens.together import Answers, Refused, SharedAct, Together
from services.matters import ListedMatter

if TYPE_CHECKING:
    from screens.matters.screen import MattersScreen

_Make = Callable[[str], AnyMatterAct]
"""The act with the words that were typed for all of them."""

_TITLE = 40


class SeveralMatters:
    """Asks once for the words of an act, and does it to all that are marked."""

    def __init__(self, screen: MattersScreen) -> None:
        """Act in the name of this screen."""
        self._screen = screen

    def hand_on(self, matters: Sequence[ListedMatter]) -> None:
        """Ask to whom, then why."""
        choice = choose_department(self._screen, _("Hand it on: to whom?"))
        self._screen.app.push_screen(choice, partial(self._hand_to, matters))

    def give_back(self, matters: Sequence[ListedMatter]) -> None:
        """To the centre, which finds out whose they are."""
        self._hand_to(matters, CENTRE)

    def close(self, matters: Sequence[ListedMatter]) -> None:
        """Nothing more is to be done with any of them: a decision, and so it is signed."""
        question = Question("words", _("Why it is closed"))
        title = mark_n("Close {count} matter", "Close {count} matters")
        self._begin(matters, title, question, lambda why: Close(reason=why), signs=True)

    def _hand_to(self, matters: Sequence[ListedMatter], department: str | None) -> None:
        if department is None:
            return
        to = department_of(department)
        question = Question("words", _("Why it is handed on"))
        title = mark_n("Hand {count} matter on", "Hand {count} matters on")
        self._begin(matters, title, question, lambda why: PassOn(to=to, reason=why))

    def _begin(
        self,
        matters: Sequence[ListedMatter],
        title: Plural,
        question: Question,
        make: _Make,
        *,
        signs: bool = False,
    ) -> None:
        refusals, screen = self._screen.desk.matters.refusal_of, self._screen

        def act(one: ListedMatter, told: Answers) -> None:
            screen.desk.matters.move(one, make(told["words"]))

        def ask() -> Refused:
            command = MoveMatter(act=make(ANY_TEXT))
            found = {n: refusals(one.matter, command) for n, one in enumerate(matters)}
            return {n: RefusedError(one.code, **one.parameters) for n, one in found.items() if one}

        shared = SharedAct(title=title, act=act, name=_name, questions=(question,), signs=signs)
        together = Together(screen, shared, matters, screen.end_several)
        screen.do(ask, done=together.begin)


def _name(one: ListedMatter) -> tuple[str, str]:
    return one.number, " ".join(one.matter.brought.text.split())[:_TITLE]
