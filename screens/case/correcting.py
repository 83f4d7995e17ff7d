"""Proposing a correction: which act, what of it, what should stand there, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from msgspec.structs import replace

from clerk.contract.case import Outcome
from clerk.contract.command import Propose
from clerk.contract.item import Field
from clerk.contract.proposal import (
    ActUndone,
    AnyAmendment,
    ApplicantAmendment,
    CorrectPlan,
    DecisionAmendment,
    FormAmendment,
    StopAmendment,
    TickAmendment,
)
from clerk.contract.tick import MaterialState, Ticked
from clerk.locale import _, mark
from clerk.rules.case import Case
from clerk.rules.case.state import RecordedAct, Stop
from screens.case.offer import Offer, offer
from screens.case.performer import ANY_TEXT, Performer
from screens.corrections import name_act
from screens.dialogs import Question
from screens.lights import name_moment
from screens.words import word
from services.bootstrap import Desk
from services.counter import Done

Answers = Mapping[str, str]

_UNDOABLE = frozenset({"accepted", "declined", "stopped", "decided", "released"})
_TICKED = frozenset({"received", "completed_at_counter", "supplemented", "deferred_provided"})
STATES = (
    MaterialState.PROVIDED,
    MaterialState.MISSING,
    MaterialState.CORRECTED,
    MaterialState.DECLARED,
)
"""What a tick is put right to; an exemption and a deferral need more than a slip to mend."""

_DETAILS = {"name": mark("Applicant's name"), "phone": mark("Phone"), "address": mark("Address")}


class CorrectionKeys:
    """What somebody can propose to be put right."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Act through this performer."""
        self._performer = performer
        self._desk = desk

    def correct(self) -> None:
        """Choose the act, the newest first; then what of it was wrong."""
        read = self._performer.read
        if read is None:
            return
        acts = [one for one in reversed(read.case.acts) if not one.undone]
        offers = [Offer(_name(one), partial(self._choose, read.case, one)) for one in acts]
        self._offer(_("Which act is to be put right?"), offers)

    def _choose(self, case: Case, act: RecordedAct) -> None:
        self._offer(_("What was wrong?"), self._offers(case, act))

    def _offers(self, case: Case, act: RecordedAct) -> list[Offer]:
        offers: list[Offer] = []
        if act.kind in _TICKED:
            offers += [
                Offer(one.name, partial(self._choose_state, act, one))
                for one in case.materials
                if one.key in act.keys
            ]
        if act.kind in _TICKED - {"deferred_provided"}:
            offers += [
                Offer(one.label, partial(self._field, case, act, one))
                for one in case.terms.fields
                if one.key in act.keys or act.kind == "received"
            ]
        if act.kind == "received":
            offers += [
                Offer(_(label), partial(self._detail, case, act, key))
                for key, label in _DETAILS.items()
            ]
        offers += [
            Offer(_("Its kind, its basis or its planned days"), partial(self._stop, act, one))
            for one in case.stops
            if one.n == act.n and one.open
        ]
        if act.kind == "decided":
            offers.append(Offer(_("A slip in its text"), partial(self._decision, case, act)))
        if act.kind in _UNDOABLE:
            offers.append(Offer(_("It should not have been: undo it"), partial(self._undo, act)))
        return offers

    def _offer(self, title: str, offers: list[Offer]) -> None:
        offer(self._performer.screen, title, offers)

    # What should stand there

    def _choose_state(self, act: RecordedAct, tick: Ticked) -> None:
        states = dict.fromkeys((tick.state, *STATES))
        states.pop(MaterialState.EXEMPTED, None)
        offers = [Offer(word(one), partial(self._tick, act, tick, one)) for one in states]
        self._offer(tick.name, offers)

    def _tick(self, act: RecordedAct, tick: Ticked, state: MaterialState) -> None:
        missing = state is MaterialState.MISSING
        counts = ("0", "0") if missing else (str(tick.originals), str(tick.copies))
        questions = [
            Question("originals", _("How many originals"), counts[0], check=check_count),
            Question("copies", _("How many copies"), counts[1], check=check_count),
        ]

        def make(told: Answers) -> AnyAmendment:
            amended = replace(
                tick,
                state=state,
                originals=int(told["originals"]),
                copies=int(told["copies"]),
                evidence="",
                due=tick.due if state is MaterialState.DEFERRED else None,
            )
            return TickAmendment((amended,))

        self._ask(act, tick.name, questions, make)

    def _field(self, case: Case, act: RecordedAct, field: Field) -> None:
        stood = case.fields.get(field.key, "")
        options = " / ".join(f"{one.key}={one.label}" for one in field.options)
        label = f"{field.label}  {options}".strip()
        value = Question("value", label, "" if "*" in stood else stood, required=False)
        self._ask(act, field.label, [value], lambda told: FormAmendment({field.key: told["value"]}))

    def _detail(self, case: Case, act: RecordedAct, key: str) -> None:
        stood = "" if key == "phone" else getattr(case.applicant, key)
        question = Question("value", _(_DETAILS[key]), stood)
        self._ask(
            act, question.label, [question], lambda told: ApplicantAmendment(**{key: told["value"]})
        )

    def _stop(self, act: RecordedAct, stop: Stop) -> None:
        procedures = {str(place): one for place, one in enumerate(type(stop.procedure), 1)}
        listed = " ".join(f"{place}={word(one)}" for place, one in procedures.items())
        place = next(place for place, one in procedures.items() if one is stop.procedure)
        questions = [
            Question("procedure", listed, place, check=partial(_check_choice, procedures)),
            Question("basis", _("Legal basis: law and article, as it is printed"), stop.basis),
            Question(
                "days",
                _("Planned working days, at most {most}").format(most=stop.planned_days),
                str(stop.planned_days),
                check=check_count,
            ),
        ]

        def make(told: Answers) -> AnyAmendment:
            return StopAmendment(
                procedure=procedures[told["procedure"]],
                basis=told["basis"],
                planned_days=int(told["days"]),
            )

        self._ask(act, word(stop.procedure), questions, make)

    def _decision(self, case: Case, act: RecordedAct) -> None:
        asked = DecisionAmendment(opinion=ANY_TEXT, reason=ANY_TEXT)
        stood = case.decision
        if stood is None or not self._may(act, asked):
            return
        questions = [Question("opinion", _("Text of the decision"), stood.opinion)]
        if case.outcome is Outcome.REFUSED:
            questions.append(Question("reason", _("Reason of the refusal"), stood.reason))
        if case.licence:
            until = str(stood.licence_until or "")
            label = _("Licence until, such as 2031-06-01")
            questions.append(Question("until", label, until, required=False, check=check_until))

        def make(told: Answers) -> AnyAmendment:
            return DecisionAmendment(
                opinion=told["opinion"],
                reason=told.get("reason", stood.reason),
                licence_until=date.fromisoformat(told["until"]) if told.get("until") else None,
            )

        self._ask(act, name_act(act.kind), questions, make)

    def _undo(self, act: RecordedAct) -> None:
        if self._may(act, ActUndone()):
            self._ask(act, _("Undo {act}").format(act=name_act(act.kind)), [], _undone)

    # Proposing

    def _may(self, act: RecordedAct, amendment: AnyAmendment) -> bool:
        plan = CorrectPlan(act=act.n, amendment=amendment, reason=ANY_TEXT)
        return self._performer.may(Propose(plan=plan)) is not None

    def _ask(
        self,
        act: RecordedAct,
        title: str,
        questions: list[Question],
        make: Callable[[Answers], AnyAmendment],
    ) -> None:
        read = self._performer.read
        assert read is not None, "what is proposed is proposed for a case"
        case_id = read.case.id
        why = Question("why", _("Why, as it is printed"))

        def send(told: Answers) -> Done:
            typed = {key: text.strip() for key, text in told.items()}
            plan = CorrectPlan(act=act.n, amendment=make(typed), reason=typed["why"])
            return self._desk.proposals.propose(case_id, plan)

        said = _("Proposed; somebody else has to approve it.")
        self._performer.ask(f"correct {act.n} {title}", title, [*questions, why], send, said)


def check_count(text: str) -> str:
    """What is wrong with a number of papers or days, or nothing."""
    return "" if text.isascii() and text.isdigit() else _("Type a number.")


def check_until(text: str) -> str:
    """What is wrong with the last day of a licence, or nothing; empty leaves it."""
    try:
        date.fromisoformat(text or "2026-01-01")
    except ValueError:
        return _("Type a date, such as 2026-06-01.")
    return ""


def _check_choice(choices: Mapping[str, object], text: str) -> str:
    return "" if text in choices else _("Type one of the numbers.")


def _undone(_told: Answers) -> AnyAmendment:
    return ActUndone()


def _name(act: RecordedAct) -> str:
    parts = (f"№{act.n} {name_act(act.kind)}", name_moment(act.at), act.by.name, act.document)
    return " · ".join(one for one in parts if one)
