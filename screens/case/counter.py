"""The keys of the window on a case (行政许可法 Art. 32)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from clerk.contract.case import DeclineGround, MaterialState, SupplementLine, Ticked
from clerk.contract.command import (
    AcceptCase,
    AskSupplement,
    DeclineCase,
    HandInSupplement,
    WithdrawCase,
)
from clerk.locale import _
from clerk.rules.case import Case
from screens.case.performer import ANY_TEXT, Performer
from screens.case.supplement import ask_lines
from screens.dialogs import Choose, Line, MarkLines, Question
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done

VERBS = ("agree", "supplement", "decline", "hand_in", "withdraw")


class CounterKeys:
    """What somebody at the window can do with a case."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Act through this performer."""
        self._performer = performer
        self._desk = desk

    def agree(self) -> None:
        """Accept."""
        read = self._performer.may(AcceptCase())
        if read is not None:
            act = partial(self._desk.counter.accept, read.case.id)
            self._performer.run(act, _("The case is accepted."))

    def supplement(self) -> None:
        """Give the one-time supplement notice."""
        materials = self._performer.read.case.terms.materials if self._performer.read else ()
        lines = tuple(SupplementLine(one.key, one.name, ANY_TEXT) for one in materials[:1])
        read = self._performer.may(AskSupplement(lines=lines))
        if read is not None:
            ask_lines(self._performer, read.case, self._desk.counter.ask_supplement)

    def decline(self) -> None:
        """Do not accept; first the ground, then the reason."""
        ground = DeclineGround.NOT_ELIGIBLE
        read = self._performer.may(DeclineCase(ground=ground, reason=ANY_TEXT))
        if read is not None:
            grounds = [(one.value, word(one)) for one in DeclineGround]
            self._performer.screen.app.push_screen(
                Choose(_("Why is it not accepted?"), grounds),
                partial(self._ask_reason, read.case),
            )

    def hand_in(self) -> None:
        """Take in what the notice asked for, or what was deferred."""
        read = self._performer.read
        if read is None:
            return
        lacking = _lacking(read.case)
        if not lacking:
            self._performer.screen.app.warn(_("Nothing of this case was asked for or put off."))
        elif self._performer.may(HandInSupplement(materials=_ticks(read.case, [*lacking]))):
            lines = [Line(one.key, one.name) for one in lacking.values()]
            self._performer.screen.app.push_screen(
                MarkLines(_("What came in?"), lines), partial(self._take_in, read.case)
            )

    def withdraw(self) -> None:
        """The applicant takes the application back."""
        read = self._performer.may(WithdrawCase(reason=ANY_TEXT))
        if read is None:
            return
        case_id = read.case.id

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.counter.withdraw(case_id, answers["reason"])

        self._performer.ask(
            "withdraw",
            _("The applicant withdraws"),
            [Question("reason", _("Why, in the applicant's words"))],
            act,
            _("The application is withdrawn."),
        )

    def _ask_reason(self, case: Case, chosen: str | None) -> None:
        if chosen is None:
            return
        ground = DeclineGround(chosen)
        questions = [Question("reason", _("Reason, as it is printed"))]
        if ground is DeclineGround.NOT_THIS_OFFICE:
            questions.append(Question("right_body", _("Which body it belongs to")))

        def act(answers: Mapping[str, str]) -> Done:
            right_body = answers.get("right_body", "")
            return self._desk.counter.decline(case.id, ground, answers["reason"], right_body)

        said = _("The case is declined.")
        self._performer.ask(f"decline {chosen}", word(ground), questions, act, said)

    def _take_in(self, case: Case, keys: tuple[str, ...] | None) -> None:
        if not keys:
            return
        act = partial(self._desk.counter.hand_in, case.id, _ticks(case, keys))
        self._performer.run(act, _("What came in is taken in."))


def _lacking(case: Case) -> dict[str, Ticked]:
    """What is still to come: the missing and the deferred, and what the notice asked anew."""
    asked = {one.key for one in case.asked} if case.stage.value == "supplementing" else set()
    states = (MaterialState.MISSING, MaterialState.DEFERRED)
    return {one.key: one for one in case.materials if one.state in states or one.key in asked}


def _ticks(case: Case, keys: list[str] | tuple[str, ...]) -> tuple[Ticked, ...]:
    """These materials as handed in whole, in the numbers that the item asks for."""
    wanted = {one.key: one for one in case.terms.materials}
    return tuple(
        Ticked(
            key=key,
            name=wanted[key].name,
            state=MaterialState.PROVIDED,
            originals=wanted[key].originals,
            copies=wanted[key].copies,
        )
        for key in keys
        if key in wanted
    )
