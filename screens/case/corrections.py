"""Proposing to put an act right: which one, why, and what a tick or a text should have been."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from clerk.contract.case import MaterialState, Ticked
from clerk.contract.command import Propose
from clerk.contract.item import Field
from clerk.contract.proposal import AnyPlan, Correctable, CorrectPlan
from clerk.locale import _
from clerk.rules.case import Case
from clerk.rules.case.correcting import RECEIPT
from screens.case.offer import Offer
from screens.case.performer import ANY_TEXT, Performer
from screens.dialogs import Question
from screens.words import word

Answers = Mapping[str, str]
Make = Callable[[Answers], AnyPlan]
Ask = Callable[[str, str, list[Question], Make], None]


class Corrections:
    """What of a case can be proposed to be put right."""

    def __init__(
        self, performer: Performer, offer: Callable[[str, list[Offer]], None], ask: Ask
    ) -> None:
        """Offer and ask as the keys of proposing do."""
        self._performer = performer
        self._offer = offer
        self._ask = ask

    def offers(self, case: Case) -> list[Offer]:
        """The acts that are there to be put right."""
        acts = (
            (case.accepted_n, Correctable.ACCEPTANCE),
            (case.declined_n, Correctable.DECLINE),
            (case.decided_n, Correctable.DECISION),
        )
        found = [
            Offer(self._title(what), partial(self._ask_reason, n, what)) for n, what in acts if n
        ]
        materials = partial(self._choose_material, case)
        found.append(Offer(self._title(Correctable.MATERIAL), materials))
        if case.terms.fields:
            fields = partial(self._choose_field, case)
            found.append(Offer(self._title(Correctable.FIELD), fields))
        return found

    def _title(self, what: Correctable) -> str:
        return _("Put right: {what}").format(what=word(what))

    def _ask_reason(self, act: int, what: Correctable) -> None:
        if self._performer.may(Propose(plan=CorrectPlan(act=act, reason=ANY_TEXT))):

            def make(answers: Answers) -> AnyPlan:
                return CorrectPlan(act=act, reason=answers["reason"])

            self._ask(f"correct {act}", self._title(what), [_reason()], make)

    def _choose_material(self, case: Case) -> None:
        offers = [
            Offer(f"{one.name}（{word(one.state)}）", partial(self._choose_state, one))
            for one in case.materials
        ]
        self._offer(self._title(Correctable.MATERIAL), offers)

    def _choose_state(self, tick: Ticked) -> None:
        states = (MaterialState.PROVIDED, MaterialState.CORRECTED, MaterialState.MISSING)
        offers = [
            Offer(word(one), partial(self._tick, tick, one)) for one in states if one != tick.state
        ]
        self._offer(tick.name, offers)

    def _tick(self, tick: Ticked, state: MaterialState) -> None:
        plan = CorrectPlan(act=RECEIPT, reason=ANY_TEXT, key=tick.key, value=state.value)
        if self._performer.may(Propose(plan=plan)):

            def make(answers: Answers) -> AnyPlan:
                return CorrectPlan(
                    act=RECEIPT, reason=answers["reason"], key=tick.key, value=state.value
                )

            title = f"{tick.name}：{word(state)}"
            self._ask(f"tick {tick.key} {state.value}", title, [_reason()], make)

    def _choose_field(self, case: Case) -> None:
        offers = [Offer(one.label, partial(self._type_field, one)) for one in case.terms.fields]
        self._offer(self._title(Correctable.FIELD), offers)

    def _type_field(self, field: Field) -> None:
        def make(answers: Answers) -> AnyPlan:
            return CorrectPlan(
                act=RECEIPT, reason=answers["reason"], key=field.key, value=answers["value"]
            )

        questions = [Question("value", field.label), _reason()]
        self._ask(f"field {field.key}", field.label, questions, make)


def _reason() -> Question:
    return Question("reason", _("What was wrong, as it is printed"))
