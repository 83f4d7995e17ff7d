"""Dealing with the matter under the cursor: the rules are asked first, words stay until then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from clerk.contract.command import MatterCommand, MoveMatter, TellMatter
from clerk.contract.matter import (
    AnyMatterAct,
    Appeal,
    Close,
    Contact,
    ContactGiven,
    DecideAppeal,
    MatterKind,
    PassOn,
    Reply,
)
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row
from screens.case.performer import ANY_TEXT
from screens.dialogs import AskText, Choose, Question
from screens.matters.taking import CENTRE, choose_department, department_of
from screens.telling import explain
from services.matters import ListedMatter

if TYPE_CHECKING:
    from screens.matters.screen import MattersScreen

_LINES = 5
_EXCLUDE, _UPHOLD = "exclude", "uphold"


class Dealing:
    """Asks for the words of an act and carries it out, in the name of the screen."""

    def __init__(self, screen: MattersScreen) -> None:
        """Act on what is under its cursor."""
        self._screen = screen
        self._typed: dict[str, dict[str, str]] = {}

    def answer(self) -> None:
        """Answer it; where an appeal waits, that is answered first."""
        one = self._chosen()
        if one is None:
            return
        if one.matter.appeal_waits and self._allows(one, DecideAppeal(exclude=True, reason="x")):
            self._answer_appeal(one)
        elif self._may(one, MoveMatter(act=Reply(text=ANY_TEXT))):
            mended = one.matter.kind is MatterKind.FOLLOW_UP
            label = _("What was found and mended") if mended else _("The answer")
            question = Question("text", label, lines=_LINES)
            self._ask(one, "answer", [question], lambda words: Reply(text=words["text"]))

    def contact(self) -> None:
        """Note that whoever brought it was talked to."""
        one = self._chosen()
        if one and self._may(one, MoveMatter(act=Contact(note=ANY_TEXT))):
            question = Question("note", _("What was said when you talked"), lines=_LINES)
            self._ask(one, "contact", [question], lambda words: Contact(note=words["note"]))

    def hand_on(self) -> None:
        """Ask to whom, then why."""
        one = self._chosen()
        if one and self._may(one, MoveMatter(act=PassOn(to=ANY_TEXT, reason=ANY_TEXT))):
            own = one.matter.department
            chosen = choose_department(self._screen, _("Hand it on: to whom?"), without=own)
            self._screen.app.push_screen(chosen, partial(self._ask_why, one))

    def give_back(self) -> None:
        """To the centre, which finds out whose it is."""
        one = self._chosen()
        if one and self._may(one, MoveMatter(act=PassOn(to="", reason=ANY_TEXT))):
            self._ask_why(one, CENTRE)

    def tell(self) -> None:
        """Note that whoever brought it knows the answer."""
        one = self._chosen()
        if one and self._may(one, TellMatter()):
            question = Question("note", _("How they were told, and what they said"), required=False)
            act = partial(self._told, one)
            self._ask_words(one, "tell", [question], act)

    def close(self) -> None:
        """Ask why nothing more is to be done."""
        one = self._chosen()
        if one and self._may(one, MoveMatter(act=Close(reason=ANY_TEXT))):
            question = Question("reason", _("Why it is closed"))
            self._ask(one, "close", [question], lambda words: Close(reason=words["reason"]))

    def appeal(self) -> None:
        """Ask why the rating is unjust."""
        one = self._chosen()
        if one and self._may(one, MoveMatter(act=Appeal(reason=ANY_TEXT))):
            question = Question("reason", _("Why the rating is unjust"), lines=_LINES)
            self._ask(one, "appeal", [question], lambda words: Appeal(reason=words["reason"]))

    def unmask(self, done: Callable[[str, ContactGiven], None]) -> None:
        """Ask why, then whom to call."""
        one = self._chosen()
        if one is None:
            return

        def answered(answers: dict[str, str] | None) -> None:
            if answers is not None:
                act = partial(self._screen.desk.matters.ask_contact, one, answers["reason"])
                self._screen.do(act, done=partial(done, one.matter.id))

        question = Question("reason", _("Why the whole number is needed (this is recorded)"))
        self._screen.app.push_screen(AskText(_("Show the telephone number"), [question]), answered)

    def _answer_appeal(self, one: ListedMatter) -> None:
        options = [
            (_UPHOLD, _("Uphold the rating: it is to be mended")),
            (_EXCLUDE, _("Exclude the rating: it is malicious")),
        ]
        assert one.matter.appealed is not None, "an appeal waits"
        title = _("The appeal: {reason}").format(reason=one.matter.appealed.reason)
        self._screen.app.push_screen(Choose(title, options), partial(self._ask_verdict, one))

    def _ask_verdict(self, one: ListedMatter, verdict: str | None) -> None:
        if verdict is not None:
            exclude = verdict == _EXCLUDE
            question = Question("reason", _("Why (this stays for everybody to see)"))
            act = partial(_decide_appeal, exclude=exclude)
            self._ask(one, verdict, [question], act)

    def _ask_why(self, one: ListedMatter, department: str | None) -> None:
        if department is not None:
            question = Question("reason", _("Why it is handed on"))
            act = partial(_pass_on, to=department_of(department))
            self._ask(one, "pass on", [question], act)

    def _ask(
        self,
        one: ListedMatter,
        verb: str,
        questions: Sequence[Question],
        make: Callable[[Mapping[str, str]], AnyMatterAct],
    ) -> None:
        self._ask_words(one, verb, questions, partial(self._move, one, make))

    def _ask_words(
        self,
        one: ListedMatter,
        verb: str,
        questions: Sequence[Question],
        act: Callable[[Mapping[str, str]], None],
    ) -> None:
        """Ask for words, then act; what was typed comes back until the act is done."""
        place = f"{verb} {one.matter.id}"
        kept = self._typed.get(place, {})
        asked = [replace(each, value=kept.get(each.key, each.value)) for each in questions]

        def answered(answers: dict[str, str] | None) -> None:
            if answers is None:
                return
            self._typed[place] = answers
            again = partial(self._ask_words, one, verb, questions, act)
            self._screen.do(
                partial(act, answers),
                done=partial(self._finish, place),
                failed=partial(self._fail, again),
            )

        title = f"{one.number}  {' '.join(one.matter.brought.text.split())}"
        self._screen.app.push_screen(AskText(title[:_TITLE], asked, remembers=True), answered)

    def _move(
        self,
        one: ListedMatter,
        make: Callable[[Mapping[str, str]], AnyMatterAct],
        words: Mapping[str, str],
    ) -> None:
        self._screen.desk.matters.move(one, make(words))

    def _told(self, one: ListedMatter, words: Mapping[str, str]) -> None:
        self._screen.desk.matters.tell(one, words["note"])

    def _finish(self, place: str, _done: None) -> None:
        self._typed.pop(place, None)
        self._screen.show_done(_("It is noted, and on its way to central."))

    def _fail(self, again: Callable[[], None], problem: ClerkError) -> None:
        self._screen.app.tell_problem(problem, then=again)
        self._screen.reload()

    def _chosen(self) -> ListedMatter | None:
        one = self._screen.chosen
        if one is None:
            self._screen.app.warn(_("There is no matter under the cursor."))
        return one

    def _may(self, one: ListedMatter, command: MatterCommand) -> bool:
        """Whether the rules allow it; else a toast says why not."""
        refusal = self._screen.desk.matters.refusal_of(one.matter, command)
        if refusal is not None:
            told = explain(refusal.code, refusal.parameters)
            self._screen.app.warn(in_a_row(told.what, told.remedy))
        return refusal is None

    def _allows(self, one: ListedMatter, act: AnyMatterAct) -> bool:
        command = MoveMatter(act=act)
        return self._screen.desk.matters.refusal_of(one.matter, command) is None


_TITLE = 120
"""Letters of what is asked about: two lines of a dialog."""


def _pass_on(words: Mapping[str, str], *, to: str) -> AnyMatterAct:
    return PassOn(to=to, reason=words["reason"])


def _decide_appeal(words: Mapping[str, str], *, exclude: bool) -> AnyMatterAct:
    return DecideAppeal(exclude=exclude, reason=words["reason"])
