"""The sections of a card: what each register of others says, how old it is, or why it says nothing.

A section keeps its place from the moment that it is asked for, so that an answer moves nothing
above it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import time as clock_time

from textual.content import Content

from clerk.clock import OFFICE_ZONE
from clerk.contract.register import (
    AnswerState,
    RegisterAnswer,
    RegisterFact,
    RegisterOffer,
    Represented,
)
from clerk.contract.session import ApplicantCard
from clerk.locale import _, _n
from clerk.rules.looking import answers_of_others, risks_of
from screens.lights import name_moment
from screens.telling import explain
from screens.words import word

_SIGNS = {
    AnswerState.ANSWERED: ("✓", "$text-success"),
    AnswerState.KEPT: ("✓", "$text-success"),
    AnswerState.OLDER: ("◷", "$text-warning"),
    AnswerState.NONE: ("–", "$text-muted"),
    AnswerState.TO_BE_CHECKED: ("?", "$text-error"),
}
MIDNIGHT = clock_time()
"""The time of data of which only the day is known."""

_RISK = ("⚠ ", "bold $text-error")


def risks(card: ApplicantCard) -> list[Content]:
    """What calls for care, from whichever register: it stands first."""
    return [
        Content.assemble(_RISK, (f"{fact.label} {fact.value}", "$text-error"), f"  {source}")
        for fact, source in risks_of(card.answers)
    ]


def in_full(card: ApplicantCard, asking: Collection[str]) -> list[Content]:
    """Each register that was asked, with its facts, below a heading."""
    answers = {one.register: one for one in answers_of_others(card)}
    lines: list[Content] = []
    for offer in card.offers:
        if offer.register in asking:
            lines += [Content(""), _under_way(offer)]
        elif offer.register in answers:
            lines += [Content(""), *answer_lines(answers[offer.register])]
    return lines


def in_one_line(card: ApplicantCard, asking: Collection[str]) -> Content:
    """All registers in a line that is there from the beginning and never grows into two."""
    answers = {one.register: one for one in answers_of_others(card)}
    parts = [_RISK] if risks_of(card.answers) else []
    parts.append((_("Shift+F2: all of it") + "  ", "$text-muted"))
    if card.licences:
        parts.append(
            (
                _n("{count} licence", "{count} licences", len(card.licences)).format(
                    count=len(card.licences)
                )
                + "  ",
                "",
            )
        )
    if card.cases:
        parts.append((_("{count} in flight").format(count=len(card.cases)) + "  ", ""))
    for offer in card.offers:
        if offer.register in asking:
            parts.append((f"… {offer.name}  ", "$text-muted"))
        elif offer.register in answers:
            sign, style = _SIGNS[answers[offer.register].state]
            parts.append((f"{sign} {offer.name}  ", style))
    return Content.assemble(*parts)


def represented(one: Represented) -> Content:
    """An organisation that somebody represents."""
    return Content.assemble("· ", one.name, "  ", (one.status, "$text-muted"))


def answer_lines(answer: RegisterAnswer) -> list[Content]:
    """A register's answer with its age, and its facts or what is wrong."""
    sign, style = _SIGNS[answer.state]
    head = Content.assemble((f"{sign} ", style), (answer.name, "bold"), "  ", (_age(answer), style))
    lines = [head, *(_fact(one) for one in answer.facts)]
    if answer.problem:
        told = explain(answer.problem, {"register": answer.name})
        lines.append(Content.styled(f"  {told.what}", style))
    return lines


def _under_way(offer: RegisterOffer) -> Content:
    asked = _("is being asked")
    return Content.assemble(
        ("… ", "$text-muted"), (offer.name, "bold"), (f"  {asked}", "$text-muted")
    )


def _age(answer: RegisterAnswer) -> str:
    told = word(answer.state)
    if answer.as_of is None or answer.state in {AnswerState.NONE, AnswerState.TO_BE_CHECKED}:
        return told
    at = answer.as_of.astimezone(OFFICE_ZONE)
    time = f"{at:%Y-%m-%d}" if at.time() == MIDNIGHT else name_moment(at)
    return _("{state}, as of {time}").format(state=told, time=time)


def _fact(fact: RegisterFact) -> Content:
    if not fact.value:
        told = _("seen by the department, not shown here")
        return Content.styled(f"  {fact.label}  {told}", "$text-muted")
    if fact.risk:
        return Content.assemble("  ", _RISK, (f"{fact.label}  {fact.value}", "$text-error"))
    return Content.assemble("  ", (f"{fact.label}  ", "$text-muted"), fact.value)
