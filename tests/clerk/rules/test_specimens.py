"""Invented people pass every check, repeat by seed, and meet no real region."""

from __future__ import annotations

from datetime import date
from random import Random

from clerk.contract.identity import IdKind, Sex
from clerk.rules import specimens
from clerk.rules.identifiers.reading import read_identifier
from clerk.rules.identifiers.resident import birth_date, sex
from tests.support.people import TODAY, organisations, people


def test_one_seed_is_one_city() -> None:
    assert people(7, 20) == people(7, 20)
    assert people(7, 20) != people(8, 20)
    assert organisations(7, 20) == organisations(7, 20)


def test_numbers_are_right_and_say_what_the_person_is() -> None:
    chance = Random(1)
    makers = (
        specimens.invent_person,
        specimens.invent_hmt_resident,
        specimens.invent_foreign_resident,
    )
    for make in makers:
        for person in (make(chance) for _ in range(200)):
            reading = read_identifier(person.id_number, person.id_kind, today=TODAY)
            assert reading.valid
            assert not reading.warnings
            assert birth_date(person.id_number) == person.born
            assert sex(person.id_number) is person.sex


def test_what_is_given_is_kept() -> None:
    person = specimens.invent_person(Random(1), "620199", date(1990, 3, 7), Sex.FEMALE)
    assert person.id_number.startswith("62019919900307")
    assert person.sex is Sex.FEMALE


def test_organisations_have_a_right_code_and_an_adult_representative() -> None:
    for organisation in organisations(1, 200):
        reading = read_identifier(organisation.uscc, IdKind.USCC, today=TODAY)
        assert reading.valid
        assert not reading.warnings
        assert organisation.representative.born.year < 2001


def test_by_default_no_real_county_and_no_real_phone() -> None:
    for person in people(1, 200):
        assert person.id_number[2:6] == "0199"
        assert person.phone.startswith("154")
        assert len(person.phone) == 11
