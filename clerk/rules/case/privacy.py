"""What of a case may leave central: everything but whole numbers of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from clerk.contract.case import (
    AnyEvent,
    CaseRecord,
    CompletedAtCounter,
    DeferredProvided,
    Received,
    Released,
    Supplemented,
    Terms,
    Ticked,
)
from clerk.contract.custody import LossMadeGood, LossPlan, PapersLost
from clerk.contract.item import FieldKind
from clerk.contract.licence_life import LicenceChanged, LicencePlan
from clerk.contract.party import Agent, Party
from clerk.contract.proposal import (
    AnyAmendment,
    ApplicantAmendment,
    Corrected,
    CorrectPlan,
    FormAmendment,
    Proposed,
    TickAmendment,
)
from clerk.decoding import Reader
from clerk.rules.identifiers import mask_identifier, mask_phone
from clerk.rules.identifiers.masking import scrub


def masked(record: CaseRecord) -> CaseRecord:
    """The record with ID numbers and telephone numbers masked; masking twice changes nothing."""
    terms = _terms_of(record.events[0])
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


def masked_bodies(stored: Iterable[tuple[str, bytes]]) -> list[bytes]:
    """The stored events of a case (tag, JSON) as they may leave central, oldest first.

    What bears no number of people is not even read.
    """
    (_kind, body), *rest = stored
    receipt = _decode(body)
    terms = _terms_of(receipt)
    return [msgspec.json.encode(_masked_event(receipt, terms))] + [
        msgspec.json.encode(_masked_event(_decode(body), terms)) if kind in _MASKED_KINDS else body
        for kind, body in rest
    ]


def _terms_of(first: AnyEvent) -> Terms:
    assert isinstance(first, Received), "a case begins with its receipt"
    return first.terms


def _masked_event(event: AnyEvent, terms: Terms) -> AnyEvent:
    mask = _MASKS.get(type(event))
    return mask(event, terms) if mask else event


def _masked_receipt(event: Received, terms: Terms) -> Received:
    return replace(
        event,
        applicant=masked_party(event.applicant),
        agent=masked_agent(event.agent) if event.agent else None,
        fields=masked_fields(terms, event.fields),
        materials=masked_ticks(event.materials),
    )


def _masked_supplement(
    event: Supplemented | CompletedAtCounter, terms: Terms
) -> Supplemented | CompletedAtCounter:
    return replace(
        event,
        fields=masked_fields(terms, event.fields),
        materials=masked_ticks(event.materials),
    )


def _masked_deferred(event: DeferredProvided, _terms: Terms) -> DeferredProvided:
    return replace(event, materials=masked_ticks(event.materials))


def _masked_release(event: Released, _terms: Terms) -> Released:
    return replace(event, collector_id=mask_identifier(event.collector_id))


def _masked_proposal(event: Proposed, terms: Terms) -> Proposed:
    plan = event.plan
    if isinstance(plan, LicencePlan):
        return replace(event, plan=replace(plan, fields=masked_fields(terms, plan.fields)))
    if isinstance(plan, LossPlan):
        return replace(event, plan=replace(plan, reason=scrub(plan.reason)))
    if not isinstance(plan, CorrectPlan):
        return event
    amendment = _masked_amendment(plan.amendment, terms)
    return replace(event, plan=replace(plan, amendment=amendment))


def _masked_correction(event: Corrected, terms: Terms) -> Corrected:
    return replace(event, amendment=_masked_amendment(event.amendment, terms))


def _masked_licence(event: LicenceChanged, terms: Terms) -> LicenceChanged:
    return replace(event, fields=masked_fields(terms, event.fields))


def _masked_loss(event: PapersLost, _terms: Terms) -> PapersLost:
    return replace(event, reason=scrub(event.reason))


def _masked_remedy(event: LossMadeGood, _terms: Terms) -> LossMadeGood:
    return replace(event, note=scrub(event.note))


def _masked_amendment(amendment: AnyAmendment, terms: Terms) -> AnyAmendment:
    match amendment:
        case ApplicantAmendment(phone=phone):
            return replace(amendment, phone=mask_phone(phone))
        case FormAmendment(fields=fields):
            return replace(amendment, fields=masked_fields(terms, fields))
        case TickAmendment(materials=materials):
            return replace(amendment, materials=masked_ticks(materials))
        case _:
            return amendment


_MASKS: dict[type[msgspec.Struct], Callable[[Any, Terms], AnyEvent]] = {
    Received: _masked_receipt,
    Supplemented: _masked_supplement,
    CompletedAtCounter: _masked_supplement,
    DeferredProvided: _masked_deferred,
    Released: _masked_release,
    Proposed: _masked_proposal,
    Corrected: _masked_correction,
    LicenceChanged: _masked_licence,
    PapersLost: _masked_loss,
    LossMadeGood: _masked_remedy,
}
"""The events that may bear a number of somebody."""

_MASKED_KINDS = frozenset(kind.__struct_config__.tag for kind in _MASKS)
_decode = Reader[AnyEvent](AnyEvent)
