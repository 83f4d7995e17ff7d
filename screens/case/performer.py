"""Carrying an act out: the rules are asked first, and what was typed stays until it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from clerk.contract.answer import Refusal
from clerk.contract.command import AnyCommand
from clerk.errors import ClerkError
from clerk.locale import in_a_row
from clerk.rules.case import Case, Context, decide
from screens.base import DeskScreen
from screens.dialogs import AskText, Question
from screens.telling import explain
from services.bootstrap import Desk
from services.cases import CaseDetail
from services.counter import Done
from services.scans import ListedScan

_UNDER_WAY = "answer.awaited"
"""What was sent and may have been done is never asked for a second time."""

ANY_TEXT = "…"
"""Stands for what is not typed yet, when the rules are asked whether an act may be at all."""


@dataclass(frozen=True)
class Read:
    """The case as it was read, and what a decision on it is made with."""

    detail: CaseDetail
    context: Context
    scans: tuple[ListedScan, ...] = ()

    @property
    def case(self) -> Case:
        """The case."""
        return self.detail.case


def context_of(desk: Desk) -> Context:
    """What somebody who sits here now decides with."""
    return Context(
        now=desk.clock.now(),
        calendar=desk.catalogue.calendar(),
        user=desk.session.get_user(),
        window=desk.enrolled.window,
    )


class Performer:
    """Does what a key of the page asks for, in the name of the screen."""

    def __init__(self, screen: DeskScreen, said: Callable[[str, Done], None]) -> None:
        """Tell `said` what was done."""
        self.screen = screen
        self.read: Read | None = None
        self._said = said
        self._typed: dict[str, dict[str, str]] = {}

    def may(self, command: AnyCommand) -> Read | None:
        """The case, if the rules allow it; else a toast says why not."""
        if self.read is None:
            return None
        decision = decide(self.read.case, command, self.read.context)
        if isinstance(decision, Refusal):
            told = explain(decision.code, decision.parameters)
            self.screen.app.warn(in_a_row(told.what, told.remedy))
            return None
        return self.read

    def allows(self, command: AnyCommand) -> bool:
        """Whether the rules allow it, without a word."""
        assert self.read is not None, "what is asked about was read"
        return not isinstance(decide(self.read.case, command, self.read.context), Refusal)

    def ask(
        self,
        verb: str,
        title: str,
        questions: Sequence[Question],
        act: Callable[[Mapping[str, str]], Done],
        said: str,
    ) -> None:
        """Ask for words, then act; what was typed comes back until the act is done."""
        kept = self._typed.get(verb, {})
        asked = [replace(one, value=kept.get(one.key, one.value)) for one in questions]

        def answered(answers: dict[str, str] | None) -> None:
            if answers is None:
                return
            self._typed[verb] = answers
            again = partial(self.ask, verb, title, questions, act, said)
            self.run(partial(act, answers), said, verb=verb, again=again)

        self.screen.app.push_screen(AskText(title, asked, remembers=True), answered)

    def run(
        self,
        act: Callable[[], Done],
        said: str,
        *,
        verb: str = "",
        again: Callable[[], None] | None = None,
    ) -> None:
        """Act; a problem is told, and afterwards the words are offered again."""
        self.screen.do(
            act, done=partial(self._finish, said, verb), failed=partial(self._fail, verb, again)
        )

    def _finish(self, said: str, verb: str, done: Done) -> None:
        self._typed.pop(verb, None)
        self._said(said, done)

    def _fail(self, verb: str, again: Callable[[], None] | None, problem: ClerkError) -> None:
        if problem.code == _UNDER_WAY:
            self._typed.pop(verb, None)
            again = None
        self.screen.app.tell_problem(problem, then=again)
        self.screen.reload()
