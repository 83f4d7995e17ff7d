"""Invented people and organisations for tests: by seed, or as hypothesis strategies."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import strategies as st

from clerk.contract.identity import Sex
from clerk.rules import specimens
from clerk.rules.identifiers.regions import PROVINCES
from clerk.rules.specimens import SpecimenOrganisation, SpecimenPerson

EARLIEST_BIRTH = date(1906, 11, 24)
TODAY = date(2026, 11, 23)


def people(seed: int, count: int) -> list[SpecimenPerson]:
    """Residents, the same ones for the same seed."""
    chance = random.Random(seed)
    return [specimens.invent_person(chance) for _ in range(count)]


def organisations(seed: int, count: int) -> list[SpecimenOrganisation]:
    """Companies, the same ones for the same seed."""
    chance = random.Random(seed)
    return [specimens.invent_organisation(chance) for _ in range(count)]


def a_person(seed: int = 1) -> SpecimenPerson:
    """One resident."""
    return people(seed, 1)[0]


def an_organisation(seed: int = 1) -> SpecimenOrganisation:
    """One company."""
    return organisations(seed, 1)[0]


def births() -> st.SearchStrategy[date]:
    """Birth dates of people who are at most 120 years old on `TODAY`."""
    return st.dates(min_value=EARLIEST_BIRTH, max_value=TODAY)


def regions() -> st.SearchStrategy[str]:
    """Six digits that begin with a province."""
    counties = st.integers(0, 9999).map("{:04d}".format)
    return st.builds("{}{}".format, st.sampled_from(sorted(PROVINCES)), counties).filter(
        lambda region: region not in {"810000", "820000"}
    )


@st.composite
def resident_numbers(draw: st.DrawFn) -> str:
    """Correct resident numbers of any region, birth date and sex."""
    chance = draw(st.randoms(use_true_random=False))
    sex = draw(st.sampled_from(Sex))
    return specimens.invent_resident_number(chance, draw(regions()), draw(births()), sex)


@st.composite
def social_credit_codes(draw: st.DrawFn) -> str:
    """Correct social credit codes of any region."""
    return specimens.invent_uscc(draw(st.randoms(use_true_random=False)), draw(regions()))
