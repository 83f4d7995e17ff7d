"""Which registers a card still has to ask, and a card with one more answer on it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from clerk.contract.register import AnswerState, RegisterAnswer, RegisterFact, RegisterOffer
from clerk.contract.session import ApplicantCard
from clerk.rules.case.register_fold import last_of_each

Asked = Mapping[str, frozenset[str]]
"""For which items each register was asked already."""


def due_offers(
    card: ApplicantCard, items: tuple[str, ...], asked: Asked
) -> tuple[RegisterOffer, ...]:
    """The registers to ask now: an item needs them for which they were not asked yet."""
    return tuple(
        offer
        for offer in card.offers
        if offer.serves(items)
        and (offer.register not in asked or needs(offer, items) - asked[offer.register])
    )


def needs(offer: RegisterOffer, items: tuple[str, ...]) -> frozenset[str]:
    """Which of these items a register is asked for by name."""
    return frozenset(offer.items).intersection(items)


def with_answer(card: ApplicantCard, answer: RegisterAnswer) -> ApplicantCard:
    """The card with the last word of a register in the place of the one before."""
    return replace(card, answers=last_of_each((*card.answers, answer)))


def answers_of_others(card: ApplicantCard) -> tuple[RegisterAnswer, ...]:
    """The answers of the registers that are offered, in the order of the offers."""
    said = {one.register: one for one in card.answers}
    return tuple(said[offer.register] for offer in card.offers if offer.register in said)


def risks_of(answers: tuple[RegisterAnswer, ...]) -> tuple[tuple[RegisterFact, str], ...]:
    """What calls for care, with the name of the register that says so."""
    return tuple((fact, one.name) for one in answers for fact in one.facts if fact.risk)


def is_relied_on(answer: RegisterAnswer) -> bool:
    """Whether the register said it itself, now or a while ago."""
    return answer.state in {AnswerState.ANSWERED, AnswerState.KEPT, AnswerState.NONE}
