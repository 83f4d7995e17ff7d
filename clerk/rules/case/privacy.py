"""What of a case may leave central: everything but whole numbers of people."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import (
    AnyEvent,
    CaseRecord,
    DeferredProvided,
    Received,
    Released,
    Supplemented,
    Terms,
    Ticked,
)
from clerk.contract.item import FieldKind
from clerk.contract.party import Agent, Party
from clerk.rules.identifiers import mask_identifier, mask_phone
from clerk.rules.identifiers.masking import scrub


def masked(record: CaseRecord) -> CaseRecord:
    """The record with ID numbers and telephone numbers masked; masking twice changes nothing."""
    terms = _terms_of(record)
    return replace(record, events=tuple(_masked_event(event, terms) for event in record.events))


def masked_party(party: Party) -> Party:
    """An applicant as others may see them."""
    return replace(party, id_number=mask_identifier(party.id_number), phone=mask_phone(party.phone))


def masked_agent(agent: Agent) -> Agent:
    """An agent as others may see them."""
    return replace(agent, id_number=mask_identifier(agent.id_number), phone=mask_phone(agent.phone))


def masked_fields(terms: Terms, fields: dict[str, str]) -> dict[str, str]:
    """The form with the fields masked whose kind is a number of a person."""
    masks = {FieldKind.IDENTIFIER: mask_identifier, FieldKind.PHONE: mask_phone}
    kinds = {field.key: masks.get(field.kind, str) for field in terms.fields}
    return {key: kinds.get(key, str)(text) for key, text in fields.items()}


def masked_ticks(ticks: tuple[Ticked, ...]) -> tuple[Ticked, ...]:
    """Materials whose evidence may be a licence that bears its holder's number."""
    return tuple(replace(one, evidence=scrub(one.evidence)) for one in ticks)


def _terms_of(record: CaseRecord) -> Terms:
    first = record.events[0]
    assert isinstance(first, Received), "a case begins with its receipt"
    return first.terms


def _masked_event(event: AnyEvent, terms: Terms) -> AnyEvent:
    if isinstance(event, Received):
        return replace(
            event,
            applicant=masked_party(event.applicant),
            agent=masked_agent(event.agent) if event.agent else None,
            fields=masked_fields(terms, event.fields),
            materials=masked_ticks(event.materials),
        )
    if isinstance(event, Supplemented):
        return replace(
            event,
            fields=masked_fields(terms, event.fields),
            materials=masked_ticks(event.materials),
        )
    if isinstance(event, DeferredProvided):
        return replace(event, materials=masked_ticks(event.materials))
    if isinstance(event, Released):
        return replace(event, collector_id=mask_identifier(event.collector_id))
    return event
