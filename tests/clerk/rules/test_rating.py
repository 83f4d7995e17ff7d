"""Levels, indicators and codes: which are bad, what belongs to what, how long a code is good."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from clerk.contract.rating import Chosen, Level
from clerk.rules.rating import (
    CODE_BYTES,
    INDICATORS,
    LEVELS,
    MOST_WORDS,
    SATISFIED,
    is_bad,
    is_over,
    looks_like_code,
    make_code,
    page_address,
    visit_of,
    wrong_choice,
)
from tests.support.cases import MONDAY

DAY = timedelta(days=1)


def test_the_two_lowest_are_bad_and_the_others_satisfied() -> None:
    assert list(Level) == list(LEVELS) == [Level(str(stars)) for stars in (5, 4, 3, 2, 1)]
    assert {one for one in Level if is_bad(one)} == {Level("1"), Level("2")}
    assert set(SATISFIED) == {one for one in Level if not is_bad(one)}


def test_indicators_are_those_of_the_national_exchange(reference_data: Path) -> None:
    with (reference_data / "rating_indicators.csv").open(encoding="utf-8-sig", newline="") as rows:
        wanted = {(row["code"], row["stars"]) for row in csv.DictReader(rows)}
    assert {(one.code, level.value) for level in Level for one in INDICATORS[level]} == wanted


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        (Chosen(level=Level.VERY_GOOD), True),
        (Chosen(level=Level.BAD, indicators=("207", "214"), words="等了很久"), True),
        (Chosen(level=Level.BAD, indicators=("510",)), False),
        (Chosen(level=Level.BAD, indicators=("999",)), False),
        (Chosen(level=Level.GOOD, words="好" * MOST_WORDS), True),
        (Chosen(level=Level.GOOD, words="好" * (MOST_WORDS + 1)), False),
    ],
)
def test_an_indicator_belongs_to_its_level(chosen: Chosen, *, fits: bool) -> None:
    assert (wrong_choice(chosen) is None) is fits


@pytest.mark.parametrize(
    ("channel", "visit"), [("window", "application"), ("online", "case"), ("app", "case")]
)
def test_one_rating_for_a_visit_and_one_for_each_case_online(channel: str, visit: str) -> None:
    assert visit_of("application", "case", channel) == visit


@pytest.mark.parametrize(
    ("age", "days", "over"),
    [(0 * DAY, 1, False), (DAY - timedelta(seconds=1), 1, False), (DAY, 1, True), (DAY, 30, False)],
)
def test_a_code_is_good_for_so_many_whole_days(age: timedelta, days: int, *, over: bool) -> None:
    assert is_over(MONDAY, MONDAY + age, days) is over


def test_codes_differ_in_every_bit_of_chance_and_can_be_typed() -> None:
    made = {make_code((1 << bit).to_bytes(CODE_BYTES, "big")) for bit in range(CODE_BYTES * 8)}
    assert len(made) == CODE_BYTES * 8
    assert all(map(looks_like_code, made))
    for wrong in ("", "abc", "0" * 26, f"{next(iter(made))}a", next(iter(made)).upper()):
        assert not looks_like_code(wrong)


@pytest.mark.parametrize(
    ("base", "code", "address"),
    [
        ("https://r.example", "abc", "https://r.example/rate/abc"),
        ("https://r.example/x/", "abc", "https://r.example/x/rate/abc"),
        ("", "abc", ""),
        ("https://r.example", "", ""),
    ],
)
def test_where_a_code_leads(base: str, code: str, address: str) -> None:
    assert page_address(base, code) == address
