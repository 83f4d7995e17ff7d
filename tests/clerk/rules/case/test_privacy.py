"""Nothing that leaves central shows a whole number of a person."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from clerk.contract.case import (
    Accepted,
    MaterialState,
    Received,
    Released,
    Supplemented,
    Ticked,
)
from clerk.contract.identity import IdKind
from clerk.contract.item import Field, FieldKind
from clerk.contract.party import Agent
from clerk.rules.case.privacy import masked, masked_bodies
from clerk.rules.identifiers.masking import looks_like_identifier
from tests.support.cases import CLERK, FOOD, CaseStory, applicant, receive_command
from tests.support.people import people


def story() -> CaseStory:
    """A case whose every corner holds a number of somebody."""
    agent, partner = people(7, 2)
    item = replace(
        FOOD,
        fields=(
            Field(key="who", label="合伙人证件号", kind=FieldKind.IDENTIFIER),
            Field(key="call", label="电话", kind=FieldKind.PHONE),
        ),
    )
    evidence = Ticked(
        key="m2",
        name="身份证",
        state=MaterialState.EXEMPTED,
        evidence=applicant().id_number,
    )
    command = replace(
        receive_command((evidence,)),
        applicant=replace(applicant(), phone="13800138000"),
        agent=Agent(id_kind=IdKind.RESIDENT, id_number=agent.id_number, name=agent.name),
        fields={"who": partner.id_number, "call": "13900139000"},
    )
    return CaseStory(item).do(command, CLERK)


def test_a_masked_record_holds_no_whole_number() -> None:
    record = story().record
    assert record is not None
    whole = msgspec.json.encode(record).decode()
    text = msgspec.json.encode(masked(record)).decode()
    assert looks_like_identifier(whole)
    assert not looks_like_identifier(text)
    assert "13800138000" not in text
    assert "13900139000" not in text


def test_masking_twice_changes_nothing() -> None:
    record = story().record
    assert record is not None
    assert masked(masked(record)) == masked(record)


def test_a_collectors_number_is_masked_too() -> None:
    record = story().record
    assert record is not None
    released = Released(
        at=record.events[0].at,
        by=record.events[0].by,
        collector="代办人",
        collector_id=people(7, 1)[0].id_number,
        collector_kind="agent",
        signature="已签",
    )
    out = masked(replace(record, events=(*record.events, released)))
    assert not looks_like_identifier(msgspec.json.encode(out).decode())


def test_a_stored_event_is_masked_as_a_whole_record_is() -> None:
    record = story().record
    assert record is not None
    begun = record.events[0]
    assert isinstance(begun, Received)
    handed = (*begun.materials, Ticked(key="m9", name="公章", state=MaterialState.PROVIDED))
    supplemented = Supplemented(at=begun.at, by=begun.by, materials=handed, complete=False)
    accepted = Accepted(at=begun.at, by=begun.by, document="1")
    whole = replace(record, events=(begun, accepted, supplemented))
    stored = [(str(one.__struct_config__.tag), msgspec.json.encode(one)) for one in whole.events]
    out = masked_bodies(stored)
    assert out == [msgspec.json.encode(one) for one in masked(whole).events]
    assert out != [body for _kind, body in stored]
    assert out[1] is stored[1][1], "what bears no number is passed on unread"
