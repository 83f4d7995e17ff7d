"""Days of a period, counted from what central told."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from clerk.contract.case import Stage
from clerk.contract.report import CaseFact, Period
from clerk.rules.daily import Day, daily

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 6, day) for day in (1, 2, 3))
CASE = CaseFact(
    number="1",
    item="food",
    item_name="食品经营许可",
    department_name="市监",
    window_name="三号窗",
    received_on=MONDAY,
    stage=Stage.RECEIVED,
)


def test_each_day_has_its_numbers_and_an_empty_one_too() -> None:
    facts = (
        CASE,
        replace(CASE, decided_on=WEDNESDAY),
        replace(CASE, received_on=WEDNESDAY, declined_on=WEDNESDAY),
        replace(CASE, received_on=date(2026, 5, 1), decided_on=MONDAY),
    )
    assert daily(facts, Period(MONDAY, WEDNESDAY)) == (
        Day(MONDAY, 2, 1),
        Day(TUESDAY, 0, 0),
        Day(WEDNESDAY, 1, 1),
    )
