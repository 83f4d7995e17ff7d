"""Asking about a case, and answering: the same dialogs on the board and on a case's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from clerk.contract.command import AnswerAsk, AnyCommand, SuperviseCase, UrgeCase
from clerk.contract.supervision import SupervisionPolicy
from clerk.contract.user import Role, User
from clerk.locale import _, _n, mark_n
from clerk.rules.case.asking import MOST_DAYS
from clerk.rules.case.state import Ask, AskKind, Case
from screens.case.offer import Offer, offer
from screens.case.performer import ANY_TEXT, Performer
from screens.dialogs import Question
from screens.home.lists import Entry
from screens.lights import name_day
from screens.together import Refused, SharedAct, Together
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done

_URGE, _SUPERVISE = "urge", "supervise"
_WATCHERS = (Role.MANAGER, Role.SUPERVISOR)
_ANY: dict[str, AnyCommand] = {
    _URGE: UrgeCase(note=ANY_TEXT),
    _SUPERVISE: SuperviseCase(reason=ANY_TEXT, demand=ANY_TEXT),
}
"""What the rules are asked before anybody types."""

_URGING = (Role.COUNTER, Role.REVIEWER, Role.APPROVER, Role.HEAD, *_WATCHERS)


class AskingKeys:
    """Urging, supervising and answering, through this performer."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Answers are due in as many days as the office usually gives, unless told otherwise."""
        self._performer = performer
        self._desk = desk
        self.days = SupervisionPolicy()

    def urge(self, case_id: str, number: str) -> None:
        """Urge the holder; managers and supervisors choose between that and the formal way."""
        offers = self.offers(case_id, number)
        if len(offers) == 1:
            offers[0].choose()
        elif offers:
            offer(self._performer.screen, _("Case {number}").format(number=number), offers)

    def ask_several(
        self,
        cases: Sequence[Entry],
        finished: Callable[[], None],
        refused: Callable[[AnyCommand], Refused] = lambda _command: {},
    ) -> None:
        """The same about several cases, in the same words.

        `refused` asks the rules before anybody types, where the cases are at this desk.
        """
        acts = {_URGE: self._urge_each, _SUPERVISE: self._supervise_each}
        screen = self._performer.screen

        def begin(way: str) -> None:
            together = Together(screen, acts[way](), cases, finished)
            screen.do(refused, _ANY[way], done=together.begin)

        offers = [Offer(label, partial(begin, way)) for way, label in self._ways()]
        if len(offers) == 1:
            offers[0].choose()
        elif offers:
            title = _n("{count} case that is marked", "{count} cases that are marked", len(cases))
            offer(self._performer.screen, title.format(count=len(cases)), offers)

    def offers(self, case_id: str, number: str) -> list[Offer]:
        """To urge the holder, and for those who watch over all to supervise formally."""
        ways = self._ways()
        return [Offer(label, partial(self._ask, case_id, number, way)) for way, label in ways]

    def open_offers(self, case: Case) -> list[Offer]:
        """To answer what is asked about this case."""
        return [Offer(describe_ask(one), partial(self._answer_one, one)) for one in case.open_asks]

    def _ways(self) -> list[tuple[str, str]]:
        user = self._desk.session.get_user()
        ways = []
        if may_urge(user):
            ways.append((_URGE, _("Urge the holder")))
        if any(user.has(role) for role in _WATCHERS):
            ways.append((_SUPERVISE, _("Supervise formally, numbered")))
        return ways

    def _urge_each(self) -> SharedAct[Entry]:
        urge = self._desk.supervision.urge
        return SharedAct[Entry](
            title=mark_n("Urge the holder of {count} case", "Urge the holders of {count} cases"),
            act=lambda one, told: urge(one.id, told["note"], int(told["days"])),
            name=_name,
            questions=(Question("note", _("What is asked")), _days(self.days.urge_days)),
        )

    def _supervise_each(self) -> SharedAct[Entry]:
        """Each has its own numbered paper; whoever sends so many at once signs for them."""
        supervise = self._desk.supervision.supervise
        return SharedAct[Entry](
            title=mark_n("Supervise {count} case formally", "Supervise {count} cases formally"),
            act=lambda one, told: supervise(
                one.id, told["reason"], told["demand"], int(told["days"])
            ),
            name=_name,
            questions=self._supervise_questions(),
            signs=True,
        )

    def _supervise_questions(self) -> tuple[Question, ...]:
        return (
            Question("reason", _("Reason")),
            Question("demand", _("What the head of the department has to answer")),
            _days(self.days.supervise_days),
        )

    def _ask(self, case_id: str, number: str, way: str) -> None:
        asks = {_URGE: self._ask_urge, _SUPERVISE: self._ask_supervise}
        if self._may(_ANY[way]):
            asks[way](case_id, number)

    def _may(self, command: AnyCommand) -> bool:
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
            self._supervise_questions(),
            act,
            _("The case is supervised formally."),
        )

    def _answer_one(self, ask: Ask) -> None:
        if ask.kind is AskKind.RENEWAL:
            self._ask_renewal(ask)
            return
        read = self._performer.may(AnswerAsk(ask=ask.n, text=ANY_TEXT))
        if read is None:
            return
        self._ask_answer(read.case.id, ask, _("Answer"))

    def _ask_renewal(self, ask: Ask) -> None:
        """Confirmed, or why it is not so: neither is ever done by the program (Art. 50)."""
        read = self._performer.may(AnswerAsk(ask=ask.n, text=ANY_TEXT, holds=True))
        if read is None:
            return
        ways = (
            (True, _("Confirm: treated as renewed until decided"), _("On what it rests")),
            (False, _("Not treated as renewed"), _("Why not")),
        )
        offers = [
            Offer(label, partial(self._ask_answer, read.case.id, ask, question, holds=holds))
            for holds, label, question in ways
        ]
        offer(self._performer.screen, describe_ask(ask), offers)

    def _ask_answer(
        self, case_id: str, ask: Ask, question: str, *, holds: bool | None = None
    ) -> None:
        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.supervision.answer(case_id, ask.n, answers["text"], holds=holds)

        self._performer.ask(
            f"answer {ask.n}",
            describe_ask(ask),
            [Question("text", question)],
            act,
            _("The answer is given."),
        )


def may_urge(user: User) -> bool:
    """Whether a role of theirs can ever urge the holder of a case."""
    return any(user.has(role) for role in _URGING)


def _name(entry: Entry) -> tuple[str, str]:
    return entry.cells[0], entry.cells[1]


def describe_ask(ask: Ask) -> str:
    """What was asked by whom, and when the answer is due."""
    if ask.kind is AskKind.RENEWAL:
        text = _(
            "{licence} ended while its renewal is undecided: treated as renewed by law until"
            " decided – for a person to confirm (by {day})"
        )
        return text.format(licence=ask.told, day=name_day(ask.due))
    text = _("{kind} by {name}: {told} (answer due {day})")
    told = f"{ask.told} {ask.demand}".strip()
    return text.format(kind=word(ask.kind), name=ask.by.name, told=told, day=name_day(ask.due))


def _days(usual: int) -> Question:
    label = _("Working days for the answer, 1 to {most}").format(most=MOST_DAYS)
    return Question("days", label, str(usual), check=_wrong_days)


def _wrong_days(text: str) -> str:
    fits = text.isdecimal() and 1 <= int(text) <= MOST_DAYS
    return "" if fits else _("A number from 1 to {most} is needed.").format(most=MOST_DAYS)
