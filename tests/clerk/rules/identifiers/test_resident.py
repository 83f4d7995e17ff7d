"""What a personal number says of its holder."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.identity import Sex
from clerk.rules import specimens
from clerk.rules.identifiers.resident import age, birth_date, is_minor, sex
from tests.support.people import births, regions


@given(st.randoms(use_true_random=False), regions(), births(), st.sampled_from(Sex))
def test_birth_date_and_sex_are_what_the_number_was_made_of(
    chance: Random, region: str, born: date, holder: Sex
) -> None:
    number = specimens.invent_resident_number(chance, region, born, holder)
    assert birth_date(number) == born
    assert sex(number) is holder


@pytest.mark.parametrize("number", ["", "E12345678", "91620199MA0000000L", "620199199002301234"])
def test_other_numbers_say_nothing(number: str) -> None:
    assert birth_date(number) is None
    assert sex(number) is None
    assert is_minor(number, date(2026, 11, 23)) is None


AGES = [
    (date(2008, 11, 23), date(2026, 11, 22), 17),
    (date(2008, 11, 23), date(2026, 11, 23), 18),
    (date(2008, 2, 29), date(2026, 2, 28), 17),
    (date(2008, 2, 29), date(2026, 3, 1), 18),
    (date(2026, 11, 23), date(2026, 11, 23), 0),
]


@pytest.mark.parametrize(("born", "today", "years"), AGES)
def test_years_are_full_years(born: date, today: date, years: int) -> None:
    number = specimens.invent_resident_number(Random(1), "620199", born, Sex.FEMALE)
    assert age(born, today) == years
    assert is_minor(number, today) is (years < 18)
