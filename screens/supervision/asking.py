"""Asking about a case, and answering: the same dialogs on the board and on a case's page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from clerk.contract.command import AnswerAsk, SuperviseCase, UrgeCase
from clerk.contract.supervision import SupervisionPolicy
from clerk.contract.user import Role
from clerk.locale import _
from clerk.rules.case.asking import MOST_DAYS
from clerk.rules.case.state import Ask
from screens.case.performer import ANY_TEXT, Performer
from screens.dialogs import Choose, Question
from screens.lights import name_day
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done

VERBS = ("urge", "answer")
_URGE, _SUPERVISE = "urge", "supervise"


class AskingKeys:
    """Urging, supervising and answering, through this performer."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Answers are due in as many days as the office usually gives, unless told otherwise."""
        self._performer = performer
        self._desk = desk
        self.days = SupervisionPolicy()

    def urge(self, case_id: str, number: str) -> None:
        """Urge the holder; managers and supervisors choose between that and the formal way."""
        user = self._desk.session.get_user()
        if not (user.has(Role.MANAGER) or user.has(Role.SUPERVISOR)):
            self._ask(case_id, number, _URGE)
            return
        ways = [(_URGE, _("Urge the holder")), (_SUPERVISE, _("Supervise formally, numbered"))]
        self._performer.screen.app.push_screen(
            Choose(_("Case {number}").format(number=number), ways),
            partial(self._ask, case_id, number),
        )

    def answer(self) -> None:
        """Answer what is open; where several are, choose one."""
        read = self._performer.read
        if read is None:
            return
        asks = read.case.open_asks
        if not asks:
            self._performer.screen.app.warn(_("Nothing is asked of you about this case."))
        elif len(asks) == 1:
            self._answer_one(asks[0])
        else:
            ways = [(str(one.n), describe_ask(one)) for one in asks]
            self._performer.screen.app.push_screen(
                Choose(_("Which one is answered?"), ways), self._answer_chosen
            )

    def _ask(self, case_id: str, number: str, way: str | None) -> None:
        if way == _URGE and self._may(UrgeCase(note=ANY_TEXT)):
            self._ask_urge(case_id, number)
        elif way == _SUPERVISE and self._may(SuperviseCase(reason=ANY_TEXT, demand=ANY_TEXT)):
            self._ask_supervise(case_id, number)

    def _may(self, command: UrgeCase | SuperviseCase) -> bool:
        """Where the case was not read, central says why it may not be."""
        return self._performer.read is None or self._performer.may(command) is not None

    def _ask_urge(self, case_id: str, number: str) -> None:
        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.supervision.urge(case_id, answers["note"], int(answers["days"]))

        self._performer.ask(
            f"urge {case_id}",
            _("Urge the holder of case {number}").format(number=number),
            [Question("note", _("What is asked")), _days(self.days.urge_days)],
            act,
            _("The holder is urged."),
        )

    def _ask_supervise(self, case_id: str, number: str) -> None:
        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.supervision.supervise(
                case_id, answers["reason"], answers["demand"], int(answers["days"])
            )

        self._performer.ask(
            f"supervise {case_id}",
            _("Supervise case {number} formally").format(number=number),
            [
                Question("reason", _("Reason")),
                Question("demand", _("What the head of the department has to answer")),
                _days(self.days.supervise_days),
            ],
            act,
            _("The case is supervised formally."),
        )

    def _answer_chosen(self, n: str | None) -> None:
        read = self._performer.read
        if n is not None and read is not None:
            self._answer_one(next(one for one in read.case.asks if one.n == int(n)))

    def _answer_one(self, ask: Ask) -> None:
        read = self._performer.may(AnswerAsk(ask=ask.n, text=ANY_TEXT))
        if read is None:
            return
        case_id = read.case.id

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.supervision.answer(case_id, ask.n, answers["text"])

        self._performer.ask(
            f"answer {ask.n}",
            describe_ask(ask),
            [Question("text", _("Answer"))],
            act,
            _("The answer is given."),
        )


def describe_ask(ask: Ask) -> str:
    """What was asked by whom, and when the answer is due."""
    text = _("{kind} by {name}: {told} (answer due {day})")
    told = f"{ask.told} {ask.demand}".strip()
    return text.format(kind=word(ask.kind), name=ask.by.name, told=told, day=name_day(ask.due))


def _days(usual: int) -> Question:
    label = _("Working days for the answer, 1 to {most}").format(most=MOST_DAYS)
    return Question("days", label, str(usual), check=_wrong_days)


def _wrong_days(text: str) -> str:
    fits = text.isdecimal() and 1 <= int(text) <= MOST_DAYS
    return "" if fits else _("A number from 1 to {most} is needed.").format(most=MOST_DAYS)
