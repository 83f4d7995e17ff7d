"""Invented people and organisations with numbers that pass every check: for demo and tests only.

Everything comes from a given chance, a seeded `random.Random`, so one seed is one city. By
default residents and organisations lie in county codes that GB/T 2260 has not given out, and
phones in a range that no carrier has, so that no real one is met by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

import msgspec
from stdnum.cn import ric, uscc

from clerk.contract.identity import IdKind, Sex
from clerk.rules.identifiers.organisation import USCC_ALPHABET, org_code_check_character
from clerk.rules.identifiers.regions import PROVINCES
from clerk.rules.specimen_words import (
    GIVEN_CHARACTERS,
    PLACES,
    STREETS,
    SURNAMES,
    TRADE_WORDS,
    TRADES,
)

_T = TypeVar("_T")

_UNASSIGNED_COUNTY = "0199"
_UNASSIGNED_PHONES = "154"
_HMT_REGIONS = ("810000", "820000", "830000")
_OLDEST, _YOUNGEST = date(1940, 1, 1), date(2007, 12, 31)


class Chance(Protocol):
    """What is drawn from; rules make no randomness of their own."""

    def choice(self, seq: Sequence[_T], /) -> _T:
        """One of them."""

    def choices(self, population: Sequence[_T], /, *, k: int) -> list[_T]:
        """Some of them, the same one perhaps twice."""

    def randrange(self, start: int, stop: int | None = None, /) -> int:
        """A number from start, or 0, to before stop."""


class SpecimenPerson(msgspec.Struct, frozen=True, kw_only=True):
    """An invented natural person."""

    id_kind: IdKind
    id_number: str
    name: str
    sex: Sex
    born: date
    phone: str
    address: str


class SpecimenOrganisation(msgspec.Struct, frozen=True, kw_only=True):
    """An invented organisation with its representative."""

    uscc: str
    name: str
    representative: SpecimenPerson
    phone: str
    address: str
    founded: date


def invent_person(
    chance: Chance, region: str = "", born: date | None = None, sex: Sex | None = None
) -> SpecimenPerson:
    """A resident of any region, birth date and sex; what is not given is drawn."""
    born, sex = born or invent_birth_date(chance), sex or chance.choice(list(Sex))
    number = invent_resident_number(chance, region or invent_region(chance), born, sex)
    return _furnish(chance, IdKind.RESIDENT, number, born, sex)


def invent_hmt_resident(chance: Chance, region: str = "") -> SpecimenPerson:
    """A resident of Hong Kong, Macao or Taiwan who holds a residence permit."""
    born, sex = invent_birth_date(chance), chance.choice(list(Sex))
    number = invent_resident_number(chance, region or chance.choice(_HMT_REGIONS), born, sex)
    return _furnish(chance, IdKind.HMT_RESIDENCE, number, born, sex)


def invent_foreign_resident(chance: Chance, country: str = "840") -> SpecimenPerson:
    """A foreigner with the card of 18 digits; the country as ISO 3166 digits."""
    born, sex = invent_birth_date(chance), chance.choice(list(Sex))
    start = "9" + chance.choice(sorted(PROVINCES)) + country
    number = invent_resident_number(chance, start, born, sex)
    return _furnish(chance, IdKind.FOREIGN_PERMANENT_RESIDENCE, number, born, sex)


def invent_organisation(chance: Chance, region: str = "") -> SpecimenOrganisation:
    """A company with its social credit code and its representative."""
    place = chance.choice(PLACES)
    name = f"{place}{_words(chance, 2)}{chance.choice(TRADES)}有限公司"
    founded = date(2000, 1, 1) + timedelta(days=chance.randrange(9000))
    return SpecimenOrganisation(
        uscc=invent_uscc(chance, region or invent_region(chance)),
        name=name,
        representative=invent_person(chance, born=invent_adult_birth_date(chance)),
        phone=invent_phone(chance),
        address=invent_address(chance),
        founded=founded,
    )


def invent_resident_number(chance: Chance, region: str, born: date, sex: Sex) -> str:
    """Eighteen characters: region, birth date, sequence with the parity of the sex, check digit."""
    assert len(region) == len("620102"), "a region code has six digits"
    sequence = 2 * chance.randrange(500) + (sex is Sex.MALE)
    body = f"{region}{born:%Y%m%d}{sequence:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def invent_uscc(chance: Chance, region: str) -> str:
    """A company's social credit code: 91, region, organisation code with its own check, check."""
    assert len(region) == len("620102"), "a region code has six digits"
    body = "MA" + "".join(chance.choice(USCC_ALPHABET) for _ in range(6))
    code = f"91{region}{body}{org_code_check_character(body)}"
    return code + str(uscc.calc_check_digit(code))


def invent_region(chance: Chance) -> str:
    """A region code of some province whose county has not been given out."""
    return chance.choice(sorted(PROVINCES - {"71", "81", "82"})) + _UNASSIGNED_COUNTY


def invent_birth_date(chance: Chance) -> date:
    """Any day from 1940 to 2007."""
    return _OLDEST + timedelta(days=chance.randrange((_YOUNGEST - _OLDEST).days + 1))


def invent_adult_birth_date(chance: Chance) -> date:
    """A day that makes somebody grown up and not too old to run a company."""
    return date(1960, 1, 1) + timedelta(days=chance.randrange(40 * 365))


def invent_name(chance: Chance) -> str:
    """A surname, sometimes of two characters, and a given name of one or two."""
    given = chance.choices(GIVEN_CHARACTERS, k=chance.choice((1, 2, 2, 2)))
    surname: str = chance.choice(SURNAMES)
    return surname + "".join(given)


def invent_phone(chance: Chance) -> str:
    """A mobile number of 11 digits in a range without subscribers."""
    return f"{_UNASSIGNED_PHONES}{chance.randrange(10**8):08d}"


def invent_address(chance: Chance) -> str:
    """A street with number and flat."""
    street, house = chance.choice(STREETS), chance.randrange(1, 400)
    return f"{chance.choice(PLACES)}{street}{house}号{chance.randrange(1, 30)}室"


def _furnish(chance: Chance, kind: IdKind, number: str, born: date, sex: Sex) -> SpecimenPerson:
    return SpecimenPerson(
        id_kind=kind,
        id_number=number,
        name=invent_name(chance),
        sex=sex,
        born=born,
        phone=invent_phone(chance),
        address=invent_address(chance),
    )


def _words(chance: Chance, count: int) -> str:
    return "".join(chance.choices(TRADE_WORDS, k=count))
