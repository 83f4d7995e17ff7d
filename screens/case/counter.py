"""The keys of the window on a case (行政许可法 Art. 32)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from clerk.contract.case import DeclineGround
from clerk.contract.command import (
    AcceptCase,
    AskSupplement,
    DeclineCase,
    WithdrawCase,
)
from clerk.locale import _
from clerk.rules.case import Case
from clerk.rules.case.counter import grounds_of
from screens.case.deciding import DecidingOnSpot
from screens.case.handing_in import HandingIn
from screens.case.performer import ANY_TEXT, Performer
from screens.case.supplement import any_lines, ask_lines
from screens.dialogs import Choose, Question
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
        self._handing_in = HandingIn(performer, desk)
        self._deciding = DecidingOnSpot(performer, desk, self._accept)

    def agree(self) -> None:
        """Accept; an instant item may be decided in the same sitting."""
        self._deciding.begin()

    def _accept(self) -> None:
        read = self._performer.may(AcceptCase())
        if read is not None:
            act = partial(self._desk.counter.accept, read.case.id)
            self._performer.run(act, _("The case is accepted."))

    def supplement(self) -> None:
        """Give the one-time supplement notice."""
        read = self._performer.read
        if read is not None and self._performer.may(AskSupplement(lines=any_lines(read.case))):
            ask_lines(self._performer, read.case, self._desk.counter.ask_supplement)

    def decline(self) -> None:
        """Do not accept; first one of the grounds that can be, then the reason."""
        ground = DeclineGround.NOT_ELIGIBLE
        read = self._performer.may(DeclineCase(ground=ground, reason=ANY_TEXT))
        if read is not None:
            grounds = [(one.value, word(one)) for one in grounds_of(read.case)]
            self._performer.screen.app.push_screen(
                Choose(_("Why is it not accepted?"), grounds),
                partial(self._ask_reason, read.case),
            )

    def hand_in(self) -> None:
        """Take in what the notice asked for, or what was deferred."""
        self._handing_in.begin()

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
