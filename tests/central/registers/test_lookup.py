"""Nobody is looked up without a purpose, and what comes back is masked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from msgspec.structs import replace

from central.db import audit, lookups
from central.db.engine import Connection
from central.registers.register import Holding, Register
from central.registers.tables import OrganisationTable, PopulationTable
from central.service import Central
from clerk.contract.identity import IdKind
from clerk.contract.party import PartyKind
from clerk.contract.session import ApplicantCard, LookUp, Purpose
from tests.support.cases import CLERK, HANDLER, receive_command
from tests.support.central import (
    MANAGER,
    STRANGER,
    MakeDesk,
    TalkingDesk,
    hold_licence,
    read,
    read_problem,
)
from tests.support.people import a_person, an_organisation

ASK = LookUp(
    id_kind=IdKind.RESIDENT,
    id_number=a_person().id_number,
    purpose=Purpose.DRAFT,
    subject="draft-1",
)


def looks_at(central: Central, number: str) -> list[lookups.Look]:
    with central.database.read() as connection:
        return list(lookups.list_of(connection, lookups.digest(connection, number)))


def test_the_card_of_a_person(central: Central, enrolled_device: TalkingDesk) -> None:
    central.database.commit(hold_licence)
    case_id, _ = enrolled_device.receive(replace(receive_command(), number=""))
    enrolled_device.sign_in(CLERK.login)
    answer = enrolled_device.call("/lookups", ASK)
    card = read(answer, ApplicantCard)
    person = a_person()
    assert (card.found, card.name, card.kind) == (True, person.name, PartyKind.PERSON)
    assert card.facts["person.address"] == person.address
    assert card.facts["person.birth_date"] == person.born.isoformat()
    assert "*" in card.facts["person.phone"]
    assert [one.number for one in card.licences] == ["R-1"]
    assert card.licences[0].type_name == "居民身份证"
    assert [one.id for one in card.cases] == [case_id]
    assert card.cases[0].promised_due is not None
    assert person.id_number.encode() not in answer.content
    assert person.phone.encode() not in answer.content


def test_the_card_of_an_organisation(enrolled_device: TalkingDesk) -> None:
    enrolled_device.sign_in(CLERK.login)
    body = an_organisation()
    ask = replace(ASK, id_kind=IdKind.USCC, id_number=body.uscc.lower())
    card = read(enrolled_device.call("/lookups", ask), ApplicantCard)
    assert (card.name, card.kind, card.source) == (body.name, PartyKind.ORGANISATION, "法人库")
    assert card.facts["organisation.representative"] == body.representative.name
    assert card.facts["organisation.established_on"] == body.founded.isoformat()


def test_nobody_is_found_and_the_look_is_on_record(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    enrolled_device.sign_in(CLERK.login)
    number = a_person(seed=9).id_number
    card = read(enrolled_device.call("/lookups", replace(ASK, id_number=number)), ApplicantCard)
    assert not card.found
    (look,) = looks_at(central, number)
    assert (look.id, look.user, look.purpose, look.subject) == (
        card.lookup,
        CLERK.id,
        Purpose.DRAFT,
        "draft-1",
    )
    assert not look.found
    assert look.device == enrolled_device.enrolled.device
    assert number not in json.dumps(look.number_digest)
    with central.database.read() as connection:
        assert audit.find_break(connection) is None


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"id_number": "11010519491231002X1"}, 422, "applicant.number_invalid"),
        ({"subject": ""}, 422, "lookup.subject_missing"),
        ({"purpose": Purpose.CASE}, 404, "case.unknown"),
        ({"purpose": Purpose.BREAK_GLASS}, 422, "reason.missing"),
    ],
)
def test_what_is_refused(
    central: Central,
    enrolled_device: TalkingDesk,
    change: dict[str, object],
    status: int,
    code: str,
) -> None:
    enrolled_device.sign_in(CLERK.login)
    answer = enrolled_device.call("/lookups", replace(ASK, **change))
    assert read_problem(answer, status).code == code
    assert not looks_at(central, ASK.id_number)


def test_breaking_the_glass_takes_a_reason(central: Central, enrolled_device: TalkingDesk) -> None:
    enrolled_device.sign_in(CLERK.login)
    ask = replace(ASK, purpose=Purpose.BREAK_GLASS, reason="走失老人")
    assert read(enrolled_device.call("/lookups", ask), ApplicantCard).found
    (look,) = looks_at(central, ASK.id_number)
    assert (look.purpose, look.reason) == (Purpose.BREAK_GLASS, "走失老人")


def test_others_look_for_their_case_only(make_desk: MakeDesk, enrolled_device: TalkingDesk) -> None:
    case_id, _ = enrolled_device.receive(replace(receive_command(), number=""))
    office = make_desk(department="market")
    office.sign_in(HANDLER.login)
    assert read_problem(office.call("/lookups", ASK), 403).code == "user.role_needed"
    mine = replace(ASK, purpose=Purpose.CASE, subject=case_id)
    assert read(office.call("/lookups", mine), ApplicantCard).found
    other = replace(mine, id_number=a_person(seed=9).id_number)
    assert read_problem(office.call("/lookups", other), 403).code == "lookup.not_of_case"
    stranger = make_desk(department="culture")
    stranger.sign_in(STRANGER.login)
    assert read_problem(stranger.call("/lookups", mine), 404).code == "case.unknown"
    office.sign_in(MANAGER.login)
    assert read_problem(office.call("/lookups", mine), 403).code == "user.role_needed"


def test_nobody_looks_without_signing_in(enrolled_device: TalkingDesk) -> None:
    assert read_problem(enrolled_device.call("/lookups", ASK), 401).code == "session.expired"


class EmptyRegister:
    """A register that knows nobody, as the contract of registers allows."""

    name = "empty"

    def holds(self, id_kind: IdKind) -> bool:
        return True

    def find(self, id_kind: IdKind, id_number: str) -> Holding | None:
        return None


@pytest.mark.parametrize("make", [PopulationTable, OrganisationTable, lambda _: EmptyRegister()])
def test_every_register_keeps_its_contract(
    central: Central, make: Callable[[Connection], Register]
) -> None:
    numbers = {IdKind.RESIDENT: a_person().id_number, IdKind.USCC: an_organisation().uscc}
    with central.database.read() as connection:
        register = make(connection)
        assert register.name
        for kind, number in numbers.items():
            holding = register.find(kind, number)
            assert holding is None or register.holds(kind)
            assert register.find(kind, "unknown") is None
            if holding:
                assert holding.name
                assert isinstance(holding.as_of, datetime)
                assert all(holding.facts.values())
                assert number not in holding.facts.values()
