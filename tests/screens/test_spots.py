"""Every spot of a case has its words, in both languages."""

from __future__ import annotations

import pytest

from clerk.locale import use_language
from clerk.rules.spot import Facet, Spot
from screens.sync.spots import name_spot, name_value
from tests.clerk.rules.test_conflict import CLASHES, play
from tests.support.people import a_person


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_facet_has_a_name_of_its_own(language: str) -> None:
    use_language(language)
    names = [name_spot(Spot(facet, "k", "申请书")) for facet in Facet]
    assert len(set(names)) == len(names)
    assert all(names)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_any_two_people_did_can_be_read(language: str) -> None:
    use_language(language)
    for clash in CLASHES.values():
        for one in play(clash):
            for value in (one.before, one.mine, one.now):
                told = name_value(value)
                assert told
                assert "\n" not in told


def test_numbers_of_people_stay_masked() -> None:
    number = a_person(1).id_number
    assert number not in name_value(f"证件 {number} 已核")
    assert name_value(None) == "–"
