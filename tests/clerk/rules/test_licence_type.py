"""What the licence catalogue says of numbers, last days and lines."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.item import Result
from clerk.contract.licence import LicenceField, LicenceType, Validity
from clerk.rules.licence_type import (
    counts_by_year,
    field_value,
    last_day,
    licence_number,
    valid_until,
    wrong_type,
)
from tests.support.cases import applicant

KIND = LicenceType(id="food", name="食品经营许可证", department="market")
ISSUED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("issued_on", "months", "until"),
    [
        (date(2026, 11, 23), 0, None),
        (date(2026, 11, 23), 12, date(2027, 11, 22)),
        (date(2026, 11, 23), 60, date(2031, 11, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
    ],
)
def test_the_last_day(issued_on: date, months: int, until: date | None) -> None:
    assert last_day(issued_on, months) == until


def test_the_type_says_how_long_and_else_the_item() -> None:
    item = Result(valid_months=12)
    term = replace(KIND, validity=Validity.TERM, valid_months=24)
    until = replace(KIND, validity=Validity.UNTIL, valid_until=date(2030, 6, 30))
    unlimited = replace(KIND, validity=Validity.UNLIMITED, valid_months=24)
    assert valid_until(None, item, ISSUED) == date(2027, 11, 22)
    assert valid_until(KIND, item, ISSUED) == date(2027, 11, 22)
    assert valid_until(term, item, ISSUED) == date(2028, 11, 22)
    assert valid_until(until, item, ISSUED) == date(2030, 6, 30)
    assert valid_until(unlimited, item, ISSUED) is None


@pytest.mark.parametrize(
    ("rule", "number", "by_year"),
    [
        ("", "FOOD-2026-000012", True),
        ("JY{year}{n:08}", "JY202600000012", True),
        ("{n}", "12", False),
        ("卫公证字〔{year}〕第{n:05}号", "卫公证字〔2026〕第00012号", True),
        ("X{n:4}", "X0012", False),
    ],
)
def test_numbers_follow_the_rule(rule: str, number: str, *, by_year: bool) -> None:
    assert licence_number("food", rule, 2026, 12) == number
    assert counts_by_year(rule) is by_year
    assert not list(wrong_type(replace(KIND, number=rule)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "licence_type.unnamed"),
        ({"number": "JY{year}"}, "licence_type.number"),
        ({"number": "{n}-{n}"}, "licence_type.number"),
        ({"number": "{month}{n}"}, "licence_type.number"),
        ({"number": "a/{n}"}, "licence_type.number"),
        ({"number": "{n:99}"}, "licence_type.number"),
        ({"number": "甲" * 64 + "{n}"}, "licence_type.number"),
        ({"validity": Validity.TERM}, "licence_type.no_months"),
        ({"validity": Validity.UNTIL}, "licence_type.no_day"),
        ({"renewal_days": -1}, "licence_type.negative"),
        ({"fields": (LicenceField(label="", source="form.a"),)}, "licence_type.source"),
        ({"fields": (LicenceField(label="a", source="form."),)}, "licence_type.source"),
        ({"fields": (LicenceField(label="a", source="applicant.phone"),)}, "licence_type.source"),
        ({"fields": (LicenceField(label="a", source="fixed: "),)}, "licence_type.source"),
    ],
)
def test_what_keeps_a_type_out(changes: dict[str, object], code: str) -> None:
    assert [one[1] for one in wrong_type(replace(KIND, **changes))] == [code]


def test_a_line_comes_from_form_applicant_or_is_fixed() -> None:
    party, form = applicant(), {"place": "人民路1号"}
    assert field_value("form.place", party, form) == "人民路1号"
    assert not field_value("form.other", party, form)
    assert field_value("applicant.name", party, form) == party.name
    assert field_value("fixed:零售", party, form) == "零售"
