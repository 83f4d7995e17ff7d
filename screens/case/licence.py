"""The keys of what is done to a licence that is out: proposed here, approved by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from clerk.contract.command import Propose
from clerk.contract.item import FieldKind
from clerk.contract.licence_life import LicenceAct, LicenceGround, LicencePlan
from clerk.locale import _
from clerk.rules.case import Case
from clerk.rules.case.licence_life import FROM, GROUNDS, possible_statuses
from screens.case.offer import Offer, offer
from screens.case.performer import ANY_TEXT, Performer, Read
from screens.dialogs import Question
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done

Answers = Mapping[str, str]

_MASKED = frozenset({FieldKind.IDENTIFIER, FieldKind.PHONE})
"""Fields that a desk sees masked, and that stand on no licence."""


class LicenceKeys:
    """What can be done to the licence of a case."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Act through this performer."""
        self._performer = performer
        self._desk = desk

    def offers(self, read: Read) -> list[Offer]:
        """What its status allows; who may is told on choosing."""
        if not read.case.licence or read.case.released_at is None:
            return []
        return [
            Offer(word(act), partial(self._choose, act))
            for act in LicenceAct
            if FROM[act] & possible_statuses(read.case, act, read.context)
        ]

    def _choose(self, act: LicenceAct) -> None:
        grounds = GROUNDS.get(act, ())
        if not grounds:
            self._ask(act, None)
            return
        offers = [Offer(word(one), partial(self._ask, act, one)) for one in grounds]
        offer(self._performer.screen, word(act), offers)

    def _ask(self, act: LicenceAct, ground: LicenceGround | None) -> None:
        read = self._performer.read
        if read is None:
            return
        questions = _questions(act, read.case)
        title = word(ground) if ground else word(act)
        case_id, make = read.case.id, partial(_plan, act, ground, read.case)
        if act is not LicenceAct.CORRECT and self._performer.may(Propose(plan=make({}))) is None:
            return

        def propose(answers: Answers) -> Done:
            return self._desk.proposals.propose(case_id, make(answers))

        said = _("Proposed; somebody else has to approve it.")
        self._performer.ask(f"propose licence {act.value}", title, questions, propose, said)


def _questions(act: LicenceAct, case: Case) -> list[Question]:
    questions = [Question("reason", _("Reason, as it is printed"))]
    if act is LicenceAct.SUSPEND:
        questions.append(Question("basis", _("Legal basis: law and article, as it is printed")))
        text = _("Last day of the suspension, such as 2026-06-01; empty: until it is ended")
        questions.append(Question("until", text, required=False, check=_check_day))
    if act is LicenceAct.CORRECT:
        questions.append(Question("holder", _("Holder"), case.applicant.name))
        questions += [
            Question(one.key, one.label, case.fields.get(one.key, ""), required=False)
            for one in case.terms.fields
            if one.key in case.fields and one.kind not in _MASKED
        ]
    return questions


def _plan(
    act: LicenceAct, ground: LicenceGround | None, case: Case, answers: Answers
) -> LicencePlan:
    """What was typed as a plan; lines of the form only where they were typed otherwise."""
    shown = case.fields
    until = answers.get("until", "")
    return LicencePlan(
        act=act,
        ground=ground,
        reason=answers.get("reason", ANY_TEXT),
        basis=answers.get("basis", ANY_TEXT if act is LicenceAct.SUSPEND else ""),
        until=date.fromisoformat(until) if until else None,
        holder=answers.get("holder", ""),
        fields={key: text for key, text in answers.items() if key in shown and text != shown[key]},
    )


def _check_day(text: str) -> str:
    """What is wrong with a last day, or nothing; empty is no day."""
    try:
        date.fromisoformat(text) if text else None
    except ValueError:
        return _("Type a date, such as 2026-06-01.")
    return ""
