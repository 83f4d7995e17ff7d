"""Looking an applicant up: the card of what the city knows, and the record of the look.

The card has what central's own tables say, and tells which registers of others may be asked for
it; those are asked one by one (`central.registers.section`), for the slowest holds up nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from central.access import Caller
from central.db.engine import Connection
from central.registers.known import Known, list_holding
from central.registers.own import OwnSaid, answer_own, own_registers, read_own
from central.registers.purpose import Sought, demand_purpose
from central.registers.recording import make_look, record_look
from central.registers.register import Holding, Register
from central.registers.sight import fields_of_window, fields_seen, items_served
from clerk.contract.identity import ORGANISATION_KINDS, IdKind
from clerk.contract.party import PartyKind
from clerk.contract.register import ANY_ITEM, RegisterAnswer, RegisterOffer
from clerk.contract.session import ApplicantCard, LookUp, Purpose
from clerk.rules.identifiers import mask_identifier

_NOBODY = "none"


def look_up(
    connection: Connection,
    ask: LookUp,
    caller: Caller,
    registers: Sequence[Register] | None = None,
) -> ApplicantCard:
    """The card of an ID number; the look is on record before the card leaves."""
    sought = demand_purpose(connection, ask, caller)
    asked = own_registers(connection) if registers is None else registers
    said = read_own(connection, sought.id_kind, sought.number, caller.now, asked)
    known = list_holding(connection, party_kind_of(sought.id_kind))
    sights = {one.description.id: sight_of(one, caller, sought, ask.purpose) for one in known}
    answers = tuple(
        answer_own(said, one.description, sights[one.description.id], caller.now)
        for one in known
        if not one.description.outside and sights[one.description.id]
    )
    sources = " ".join(one.register for one in answers)
    look = make_look(
        connection, ask, sought, caller, found=said.holding is not None, sources=sources
    )
    public = {one.description.id: fields_of_window(one.description, sought.items) for one in known}
    record_look(connection, look, caller, answers, sought.items, public=public)
    card = _card(look.id, sought, said, answers, caller.now)
    asked_for = [one for one in known if one.description.outside]
    if ask.purpose is Purpose.DRAFT:
        return replace(card, offers=tuple(_offers(asked_for, caller)))
    seen_now = [one for one in asked_for if sights[one.description.id]]
    return replace(card, offers=tuple(_offer(one, (ANY_ITEM,)) for one in seen_now))


def sight_of(known: Known, caller: Caller, sought: Sought, purpose: Purpose) -> frozenset[str]:
    """The fields of a register that somebody sees in this look."""
    return fields_seen(known.description, caller.user.roles, sought.items, purpose)


def party_kind_of(id_kind: IdKind) -> PartyKind:
    """Whether a number is a person's or an organisation's."""
    organisation = id_kind in ORGANISATION_KINDS
    return PartyKind.ORGANISATION if organisation else PartyKind.PERSON


def _offers(known: Sequence[Known], caller: Caller) -> Iterator[RegisterOffer]:
    """A draft's items are chosen after its card is open: each register says what it is for."""
    for one in known:
        items = items_served(one.description, caller.user.roles, Purpose.DRAFT)
        if items:
            yield _offer(one, items)


def _offer(known: Known, items: tuple[str, ...]) -> RegisterOffer:
    return RegisterOffer(register=known.description.id, name=known.description.name, items=items)


def _card(
    look_id: str,
    sought: Sought,
    said: OwnSaid,
    answers: tuple[RegisterAnswer, ...],
    now: datetime,
) -> ApplicantCard:
    """Nothing stands on it that no answer on record has shown."""
    seen = {fact.key for answer in answers for fact in answer.facts}
    holding: Holding | None = said.holding
    return ApplicantCard(
        lookup=look_id,
        found=holding is not None,
        kind=party_kind_of(sought.id_kind),
        id_kind=sought.id_kind,
        masked_number=mask_identifier(sought.number),
        source=holding.source if holding else _NOBODY,
        as_of=holding.as_of if holding else now,
        name=holding.name if holding else "",
        facts={key: text for key, text in holding.facts.items() if key in seen} if holding else {},
        licences=said.licences if "licence" in seen else (),
        cases=said.cases if "case" in seen else (),
        represents=said.represents if "represents" in seen else (),
        answers=answers,
    )
