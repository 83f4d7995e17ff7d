"""The verdict on a walk-in before anything is saved: complete, or exactly what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from clerk.contract.answer import Refusal
from clerk.contract.draft import Draft
from clerk.contract.identity import ORGANISATION_KINDS, IdKind
from clerk.contract.item import Audience, Item, Situation
from clerk.contract.party import PartyKind
from clerk.rules.checklist import (
    FieldLine,
    Line,
    answer_key,
    checklist,
    form_fields,
    open_situations,
    satisfied,
)
from clerk.rules.exemption import Seen
from clerk.rules.form import check_field, value_of
from clerk.rules.identifiers import Reading, mask_identifier, read_identifier
from clerk.rules.reaching import is_name, is_phone


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """`problems` stand in the way of a receipt; `missing` and `wrong_fields` of acceptance."""

    problems: tuple[Refusal, ...]
    missing: tuple[Line, ...]
    wrong_fields: tuple[Refusal, ...]

    @property
    def receivable(self) -> bool:
        """Whether a receipt can be given."""
        return not self.problems

    @property
    def complete(self) -> bool:
        """Whether the application can be accepted on the spot."""
        return self.receivable and not self.missing and not self.wrong_fields


class Asked(msgspec.Struct, frozen=True):
    """A situation to ask, with where its answer is kept."""

    key: str
    item: Item
    situation: Situation


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A draft seen through the rules: what to ask, what to collect, what to type, what lacks."""

    reading: Reading
    items: tuple[Item, ...]
    situations: tuple[Asked, ...]
    lines: tuple[Line, ...]
    fields: tuple[FieldLine, ...]
    verdict: Verdict
    agent: Reading | None = None


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """What is offered no more: items, and by its name the bundle that would begin now."""

    items: Collection[str] = ()
    bundle: str = ""


def view_visit(
    draft: Draft, items: Sequence[Item], today: date, withdrawn: Withdrawn | None = None
) -> Visit:
    """Look at a draft through the rules of its items, but for what is `withdrawn`."""
    reading = read_draft_identifier(draft, today)
    agent = read_draft_agent(draft, today) if draft.agent_id.strip() else None
    licences = draft.card.licences if draft.card else ()
    lines = checklist(items, draft.answers, licences, today, _seen(draft, reading))
    fields = form_fields(items, draft.answers)
    asked = tuple(
        Asked(answer_key(item.id, situation.key), item, situation)
        for item in items
        for situation in open_situations(item, draft.answers)
    )
    return Visit(
        reading=reading,
        agent=agent,
        items=tuple(items),
        situations=asked,
        lines=lines,
        fields=fields,
        verdict=Verdict(
            problems=(
                *_problems(draft, items, reading, asked, today),
                *_withdrawn(items, withdrawn or Withdrawn()),
            ),
            missing=tuple(one for one in lines if not satisfied(one, draft.ticks.get(one.key))),
            wrong_fields=_wrong_fields(draft, fields, today),
        ),
    )


def _seen(draft: Draft, reading: Reading) -> Seen:
    """Of whom the card is; a desk knows its number masked only."""
    card = draft.card
    if card is None:
        return Seen(name=applicant_name(draft))
    same = not reading.valid or card.masked_number == mask_identifier(reading.number)
    return Seen(name=applicant_name(draft), same_number=same, answers=card.answers)


def read_draft_identifier(draft: Draft, today: date) -> Reading:
    """The applicant's number as typed; a kind that was chosen by hand is kept to."""
    kind = IdKind(draft.id_kind) if draft.id_kind else None
    return read_identifier(draft.id_text, kind, today=today)


def read_draft_agent(draft: Draft, today: date) -> Reading:
    """The agent's number in the same way; several documents have numbers of one form."""
    kind = IdKind(draft.agent_id_kind) if draft.agent_id_kind else None
    return read_identifier(draft.agent_id, kind, today=today)


def party_kind(id_kind: IdKind) -> PartyKind:
    """Whether the holder of such a number is a person or an organisation."""
    return PartyKind.ORGANISATION if id_kind in ORGANISATION_KINDS else PartyKind.PERSON


def applicant_name(draft: Draft) -> str:
    """The name as typed, else as the register holds it."""
    return draft.name.strip() or (draft.card.name if draft.card else "")


def facts_of(draft: Draft) -> dict[str, str]:
    """What fields may be filled with: the card's facts, and before them what was typed.

    A fact that the card masks is none: nobody can be called at `154****1234`. What was typed
    about the applicant also goes by `applicant.`, for fields that persons and bodies share.
    """
    known = draft.card.facts if draft.card else {}
    facts = {name: value for name, value in known.items() if value and "*" not in value}
    for fact, typed in (("name", draft.name), ("phone", draft.phone), ("address", draft.address)):
        if text := typed.strip():
            facts |= {f"{whose}.{fact}": text for whose in ("applicant", "person", "organisation")}
    if draft.representative.strip():
        facts["organisation.representative"] = draft.representative.strip()
    return facts


def _problems(
    draft: Draft,
    items: Sequence[Item],
    reading: Reading,
    asked: Sequence[Asked],
    today: date,
) -> tuple[Refusal, ...]:
    found = []
    if not reading.valid:
        found.append(Refusal(code="applicant.number_invalid", field="id_text"))
    if not is_name(applicant_name(draft)):
        found.append(Refusal(code="applicant.name_missing", field="name"))
    if draft.phone.strip() and not is_phone(draft.phone):
        found.append(Refusal(code="applicant.phone_wrong", field="phone"))
    if not items:
        found.append(Refusal(code="visit.no_item", field="items"))
    if reading.valid:
        found.extend(_unsuited(items, party_kind(reading.kind)))
    found.extend(_unanswered(draft, asked))
    found.extend(_wrong_agent(draft, today))
    return tuple(found)


def _unsuited(items: Sequence[Item], kind: PartyKind) -> list[Refusal]:
    return [
        Refusal(code="applicant.wrong_kind", field="items", parameters={"item": item.name})
        for item in items
        if item.audience is not Audience.BOTH and item.audience.value != kind.value
    ]


def _withdrawn(items: Sequence[Item], withdrawn: Withdrawn) -> list[Refusal]:
    over = [
        Refusal(code="item.offered_no_more", field="items", parameters={"item": item.name})
        for item in items
        if item.retired or item.id in withdrawn.items
    ]
    if withdrawn.bundle:
        named = {"bundle": withdrawn.bundle}
        over.append(Refusal(code="bundle.offered_no_more", field="items", parameters=named))
    return over


def _unanswered(draft: Draft, asked: Sequence[Asked]) -> list[Refusal]:
    return [
        Refusal(
            code="situation.unanswered",
            field=one.key,
            parameters={"question": one.situation.question},
        )
        for one in asked
        if not draft.answers.get(one.key)
    ]


def _wrong_agent(draft: Draft, today: date) -> list[Refusal]:
    if not (draft.agent_name.strip() or draft.agent_id.strip()):
        return []
    found = []
    if not is_name(draft.agent_name):
        found.append(Refusal(code="agent.name_missing", field="agent_name"))
    if draft.agent_phone.strip() and not is_phone(draft.agent_phone):
        found.append(Refusal(code="agent.phone_wrong", field="agent_phone"))
    if not read_draft_agent(draft, today).valid:
        found.append(Refusal(code="agent.number_invalid", field="agent_id"))
    return found


def _wrong_fields(draft: Draft, fields: Sequence[FieldLine], today: date) -> tuple[Refusal, ...]:
    facts = facts_of(draft)
    checked = (check_field(one, value_of(one, draft.fields, facts), today) for one in fields)
    return tuple(one for one in checked if one is not None)
