"""The keys of proposing and approving on a case: two acts of two people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from clerk.contract.command import Approve, Propose, Reject, ResumeClock
from clerk.contract.proposal import (
    AnyPlan,
    ExtendPlan,
    Hearing,
    Procedure,
    ProlongPlan,
    StopPlan,
    SupplementPlan,
)
from clerk.locale import _
from clerk.rules.case import Case
from clerk.rules.case.extending import most_days
from clerk.rules.case.state import Proposal, Stop
from screens.case.correcting import CorrectionKeys
from screens.case.offer import Offer, offer
from screens.case.performer import ANY_TEXT, Performer, Read
from screens.dialogs import Question
from screens.plans import tell_plan
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done

Answers = Mapping[str, str]


class ProposalKeys:
    """What somebody can propose for a case, or settle of what others proposed."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Act through this performer."""
        self._performer = performer
        self._desk = desk
        self._corrections = CorrectionKeys(performer, desk)

    def open_offers(self, read: Read) -> list[Offer]:
        """To approve or reject what is proposed; one's own can only be taken back."""
        return [found for one in read.case.proposals for found in self._settle_offers(read, one)]

    def offers(self, case: Case) -> list[Offer]:
        """What can be proposed; what the rules forbid is told on choosing."""
        offers = [Offer(_("Stop the clock for a special procedure"), self._choose_procedure)]
        for stop in case.open_stops:
            name = word(stop.procedure)
            text = _("Prolong: {procedure}").format(procedure=name)
            offers.append(Offer(text, partial(self._prolong, stop)))
            text = _("End, without approval: {procedure}").format(procedure=name)
            offers.append(Offer(text, partial(self._resume, stop)))
        offers.append(Offer(_("Extend the limit (Art. 42)"), self._extend))
        if case.terms.second_supplement:
            offers.append(Offer(_("Ask the applicant a second time"), self._second_supplement))
        offers.append(Offer(_("Put a mistake right"), self._corrections.correct))
        return offers

    def _settle_offers(self, read: Read, one: Proposal) -> list[Offer]:
        told = tell_plan(one.plan)
        if one.by.user == read.context.user.id:
            title, said = _("Take back: {plan}"), _("The proposal is taken back.")
        else:
            title, said = _("Reject: {plan}"), _("The proposal is rejected.")
        title = title.format(plan=told)
        ends = Offer(title, partial(self._reject, one, title, said))
        if one.by.user == read.context.user.id:
            return [ends]
        return [Offer(_("Approve: {plan}").format(plan=told), partial(self._approve, one)), ends]

    def _offer(self, title: str, offers: list[Offer]) -> None:
        offer(self._performer.screen, title, offers)

    # Stops

    def _choose_procedure(self) -> None:
        plan = StopPlan(
            procedure=Procedure.INSPECTION, basis=ANY_TEXT, planned_days=1, reason=ANY_TEXT
        )
        if self._performer.may(Propose(plan=plan)):
            offers = [Offer(word(one), partial(self._stop, one)) for one in Procedure]
            self._offer(_("Which special procedure? (Art. 45)"), offers)

    def _stop(self, procedure: Procedure) -> None:
        questions = [
            Question("basis", _("Legal basis: law and article, as it is printed")),
            Question("days", _("Planned working days"), check=check_days),
            Question("reason", _("Reason, as it is printed")),
        ]
        if procedure is Procedure.HEARING:
            questions += _hearing_questions()

        def make(answers: Answers) -> AnyPlan:
            return StopPlan(
                procedure=procedure,
                basis=answers["basis"],
                planned_days=int(answers["days"]),
                reason=answers["reason"],
                hearing=_hearing(answers) if procedure is Procedure.HEARING else None,
            )

        self._ask(f"stop {procedure.value}", word(procedure), questions, make)

    def _prolong(self, stop: Stop) -> None:
        if not self._performer.may(Propose(plan=ProlongPlan(stop=stop.n, days=1, reason=ANY_TEXT))):
            return
        questions = [
            Question("days", _("How many working days more"), check=check_days),
            Question("reason", _("Reason, as it is printed")),
        ]

        def make(answers: Answers) -> AnyPlan:
            return ProlongPlan(stop=stop.n, days=int(answers["days"]), reason=answers["reason"])

        title = _("Prolong: {procedure}").format(procedure=word(stop.procedure))
        self._ask(f"prolong {stop.n}", title, questions, make)

    def _extend(self) -> None:
        read = self._performer.may(Propose(plan=ExtendPlan(days=1, reason=ANY_TEXT)))
        if read is None:
            return
        most = str(most_days(read.case))
        questions = [
            Question(
                "days", _("How many days, at most {most}").format(most=most), most, check=check_days
            ),
            Question("reason", _("Reason, as it is printed")),
        ]

        def make(answers: Answers) -> AnyPlan:
            return ExtendPlan(days=int(answers["days"]), reason=answers["reason"])

        self._ask("extend", _("Extend the limit (Art. 42)"), questions, make)

    def _second_supplement(self) -> None:
        if self._performer.may(Propose(plan=SupplementPlan(reason=ANY_TEXT))):
            title = _("Ask the applicant a second time")
            questions = [Question("reason", _("Why once was not enough (this is recorded)"))]
            self._ask(
                "supplement", title, questions, lambda told: SupplementPlan(reason=told["reason"])
            )

    def _resume(self, stop: Stop) -> None:
        read = self._performer.may(ResumeClock(stop=stop.n, finding=ANY_TEXT))
        if read is None:
            return
        case_id = read.case.id

        def act(answers: Answers) -> Done:
            return self._desk.proposals.resume(case_id, stop.n, answers["finding"])

        self._performer.ask(
            f"resume {stop.n}",
            word(stop.procedure),
            [Question("finding", _("What it found"))],
            act,
            _("The special procedure has ended."),
        )

    # Proposing and settling

    def _ask(
        self,
        verb: str,
        title: str,
        questions: list[Question],
        make: Callable[[Answers], AnyPlan],
    ) -> None:
        read = self._performer.read
        assert read is not None, "what is proposed is proposed for a case"
        case_id = read.case.id

        def act(answers: Answers) -> Done:
            return self._desk.proposals.propose(case_id, make(answers))

        said = _("Proposed; somebody else has to approve it.")
        self._performer.ask(f"propose {verb}", title, questions, act, said)

    def _approve(self, proposal: Proposal) -> None:
        read = self._performer.may(Approve(proposal=proposal.n))
        if read is not None:
            act = partial(self._desk.proposals.approve, read.case.id, proposal.n)
            self._performer.run(act, _("Approved."))

    def _reject(self, proposal: Proposal, title: str, said: str) -> None:
        """With its reason; whoever proposed it takes it back by the same act."""
        read = self._performer.may(Reject(proposal=proposal.n, reason=ANY_TEXT))
        if read is None:
            return
        case_id = read.case.id

        def act(answers: Answers) -> Done:
            return self._desk.proposals.reject(case_id, proposal.n, answers["reason"])

        self._performer.ask(
            f"reject {proposal.n}",
            title,
            [Question("reason", _("Reason"))],
            act,
            said,
        )


def check_days(text: str) -> str:
    """What is wrong with a number of days, or nothing."""
    fine = text.isascii() and text.isdigit() and int(text) > 0
    return "" if fine else _("Type a number of days.")


def check_day(text: str) -> str:
    """What is wrong with a date, or nothing."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return _("Type a date, such as 2026-06-01.")
    return ""


def _hearing_questions() -> list[Question]:
    return [
        Question("told_on", _("Told of the right to a hearing on"), check=check_day),
        Question("applied_on", _("Applied for on"), check=check_day),
        Question("held_on", _("Held on"), check=check_day),
        Question("place", _("Where it is held")),
    ]


def _hearing(answers: Answers) -> Hearing:
    return Hearing(
        told_on=date.fromisoformat(answers["told_on"]),
        applied_on=date.fromisoformat(answers["applied_on"]),
        held_on=date.fromisoformat(answers["held_on"]),
        place=answers["place"],
    )
