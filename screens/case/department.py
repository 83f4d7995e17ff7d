"""The keys of a department on a case: claim, do one's step, decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from clerk.contract.case import Outcome, Stance
from clerk.contract.command import (
    AskSupplement,
    ClaimCase,
    DecideCase,
    GiveOpinion,
    PassStep,
    ProduceResult,
    ReturnStep,
    UnclaimCase,
    Waive,
)
from clerk.contract.item import Step
from clerk.locale import _
from clerk.rules.case import Case, Context
from clerk.rules.case.context import CLAIM_LEASE
from clerk.rules.flow import earlier_steps
from clerk.rules.joint import may_speak
from screens.case.offer import Offer
from screens.case.performer import ANY_TEXT, Performer, Read
from screens.case.supplement import any_lines, ask_lines
from screens.dialogs import Choose, Question
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done

VERBS = (*("claim", "send_on", "send_back", "agree", "decline", "produce"),)
_APPLICANT = "the applicant"
"""Where a case may be sent back to beside the steps before; no step has a space in its key."""


class DepartmentKeys:
    """What somebody of a department can do with a case."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Act through this performer."""
        self._performer = performer
        self._desk = desk

    def claim(self) -> None:
        """Take the case on, or give it back where one holds it."""
        read = self._performer.read
        if read is not None and holds_claim(read.case, read.context):
            if self._performer.may(UnclaimCase()):
                act = partial(self._desk.casework.unclaim, read.case.id)
                self._performer.run(act, _("The case is given back."))
        elif read is not None and self._performer.may(ClaimCase()):
            act = partial(self._desk.casework.claim, read.case.id)
            until = self._desk.clock.now() + CLAIM_LEASE
            told = _("The case is yours until {until}.").format(until=f"{until:%H:%M}")
            self._performer.run(act, told)

    def send_on(self) -> None:
        """Do one's step and pass the case on."""
        read = self._performer.may(PassStep(opinion=ANY_TEXT))
        if read is None:
            return
        case_id = read.case.id

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.casework.pass_step(case_id, answers["opinion"])

        self._performer.ask(
            "send_on", _("Pass on to the next step"), [_opinion()], act, _("The case moved on.")
        )

    def send_back(self) -> None:
        """Back to an earlier step, or to the applicant for a supplement."""
        read = self._performer.read
        if read is None:
            return
        steps = earlier_steps(read.case.terms, read.case.step)
        here = read.case.present_step
        steps = (*steps, here) if here and here.joint else steps
        places = [
            (step.key, _("to the step “{step}”").format(step=step.name))
            for step in steps
            if self._performer.allows(ReturnStep(to=step.key, opinion=ANY_TEXT))
        ]
        if self._performer.allows(AskSupplement(lines=any_lines(read.case))):
            places.append((_APPLICANT, _("to the applicant, for a supplement")))
        if not places:
            self._tell_why_not_back(read, steps)
            return
        self._performer.screen.app.push_screen(
            Choose(_("Send back"), places), partial(self._send_back_to, read)
        )

    def agree(self) -> None:
        """Grant."""
        read = self._performer.may(DecideCase(outcome=Outcome.GRANTED, opinion=ANY_TEXT))
        if read is None:
            return
        case_id = read.case.id

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.casework.grant(case_id, answers["opinion"])

        self._performer.ask("agree", _("Grant"), [_opinion()], act, _("The case is granted."))

    def decline(self) -> None:
        """Refuse, with the reason that is printed (行政许可法 Art. 38)."""
        command = DecideCase(outcome=Outcome.REFUSED, opinion=ANY_TEXT, reason=ANY_TEXT)
        read = self._performer.may(command)
        if read is None:
            return
        case_id = read.case.id

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.casework.refuse(case_id, answers["opinion"], answers["reason"])

        questions = [Question("reason", _("Reason, as it is printed")), _opinion()]
        self._performer.ask("decline", _("Refuse"), questions, act, _("The case is refused."))

    def produce(self) -> None:
        """The result is made and lies at the window."""
        read = self._performer.may(ProduceResult())
        if read is not None:
            act = partial(self._desk.casework.produce, read.case.id)
            self._performer.run(act, _("The result is at the window."))

    def countersigning(self, read: Read) -> list[Offer]:
        """To countersign, where one's department may still speak."""
        mine = read.context.user.department
        if all(one.department != mine for one in may_speak(read.case)):
            return []
        return [Offer(_("Give your department's opinion"), self._countersign)]

    def waivers(self, case: Case) -> list[Offer]:
        """To do without what the case waits for."""
        text = _("Do without an item that it waits for")
        return [Offer(text, self._waive)] if case.waits_for else []

    def _countersign(self) -> None:
        """Speak for one's department in a joint review: first the stance, then the words."""
        read = self._performer.may(GiveOpinion(stance=Stance.AGREE, opinion=ANY_TEXT))
        if read is not None:
            stances = [(one.value, word(one)) for one in Stance]
            self._performer.screen.app.push_screen(
                Choose(_("What does your department say?"), stances),
                partial(self._ask_opinion, read.case.id),
            )

    def _waive(self) -> None:
        """Do without an item that the case waits for: which one, then why."""
        read = self._performer.read
        if read is None:
            return
        waits = read.case.waits_for
        item = waits[0].item if waits else ""
        if self._performer.may(Waive(item=item, reason=ANY_TEXT)):
            items = [(one.item, one.name) for one in waits]
            self._performer.screen.app.push_screen(
                Choose(_("Which item is not needed, or held already?"), items),
                partial(self._ask_why_waived, read.case.id),
            )

    def _ask_opinion(self, case_id: str, stance: str | None) -> None:
        if stance is None:
            return

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.casework.give_opinion(case_id, Stance(stance), answers["opinion"])

        told = _("The opinion is given.")
        self._performer.ask(f"opinion {stance}", word(Stance(stance)), [_opinion()], act, told)

    def _ask_why_waived(self, case_id: str, item: str | None) -> None:
        if item is None:
            return

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.casework.waive(case_id, item, answers["reason"])

        question = Question("reason", _("Why it is not needed, or what is held in its place"))
        told = _("The case waits for it no more.")
        self._performer.ask(f"waive {item}", _("Waive"), [question], act, told)

    def _tell_why_not_back(self, read: Read, steps: Sequence[Step]) -> None:
        """There is a step before, which may not be gone back to; or there is the applicant only."""
        if steps:
            self._performer.may(ReturnStep(to=steps[0].key, opinion=ANY_TEXT))
        else:
            self._performer.may(AskSupplement(lines=any_lines(read.case)))

    def _send_back_to(self, read: Read, place: str | None) -> None:
        if place is None:
            return
        if place == _APPLICANT:
            self._ask_applicant(read)
        elif self._performer.may(ReturnStep(to=place, opinion=ANY_TEXT)):
            self._return_to(read, place)

    def _ask_applicant(self, read: Read) -> None:
        if self._performer.may(AskSupplement(lines=any_lines(read.case))):
            ask_lines(self._performer, read.case, self._desk.casework.send_back)

    def _return_to(self, read: Read, place: str) -> None:
        case_id = read.case.id

        def act(answers: Mapping[str, str]) -> Done:
            return self._desk.casework.return_step(case_id, place, answers["opinion"])

        self._performer.ask(
            f"return {place}", _("Send back"), [_opinion()], act, _("The case was sent back.")
        )


def _opinion() -> Question:
    return Question("opinion", _("Opinion"))


def holds_claim(case: Case, context: Context) -> bool:
    """Whether who acts has claimed the case, and still holds it."""
    claim = case.claim
    mine = claim is not None and claim.by.user == context.user.id
    return mine and claim is not None and claim.until > context.now
