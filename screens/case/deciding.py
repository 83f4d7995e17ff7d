"""An instant item is decided in the same sitting (即办): offered where a case is accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clerk.contract.answer import Refusal
from clerk.contract.case import Outcome
from clerk.contract.command import DecideOnSpot
from clerk.locale import _
from clerk.rules.case import decide
from clerk.rules.case.on_spot import is_instant
from screens.case.performer import ANY_TEXT, Performer, Read
from screens.dialogs import Choose, Question
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done


class DecidingOnSpot:
    """First whether it is decided now, then the opinion."""

    def __init__(self, performer: Performer, desk: Desk, accept: Callable[[], None]) -> None:
        """Act through this performer; `accept` is for a case that is accepted only."""
        self._performer = performer
        self._desk = desk
        self._accept = accept

    def begin(self) -> None:
        """Offer the decision where there can be one; anything else is accepted."""
        read = self._performer.read
        if read is None or not _may_be_decided(read):
            self._accept()
            return
        offers = [
            ("granted", _("Accept and grant now")),
            ("refused", _("Accept and refuse now")),
            ("", _("Accept only")),
        ]
        title = _("An instant item: decide it on the spot?")
        self._performer.screen.app.push_screen(Choose(title, offers), self._take)

    def _take(self, chosen: str | None) -> None:
        if chosen is None:
            return
        read = self._performer.read
        if not chosen or read is None:
            self._accept()
            return
        outcome, case_id = Outcome(chosen), read.case.id
        if self._performer.may(DecideOnSpot(outcome=outcome, opinion=ANY_TEXT, reason=ANY_TEXT)):
            questions = [Question("opinion", _("Opinion"))]
            if outcome is Outcome.REFUSED:
                questions.insert(0, Question("reason", _("Reason, as it is printed")))

            def act(answers: Mapping[str, str]) -> Done:
                reason = answers.get("reason", "")
                return self._desk.counter.decide_on_spot(
                    case_id, outcome, answers["opinion"], reason
                )

            said = _("Accepted and decided on the spot.")
            self._performer.ask(f"on spot {chosen}", word(outcome), questions, act, said)


def _may_be_decided(read: Read) -> bool:
    command = DecideOnSpot(outcome=Outcome.GRANTED, opinion=ANY_TEXT)
    if not is_instant(read.case.terms):
        return False
    return not isinstance(decide(read.case, command, read.context), Refusal)
