"""The real calendar of 2004 to 2026, and what lies outside it."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.calendar import CalendarData, CalendarRow, DayKind
from clerk.errors import InputError
from clerk.rules.calendar import WorkCalendar, calendar_from_rows
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

ANY_DAY = st.dates(date(1990, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("day", "kind", "worked"),
    [
        (date(2025, 9, 26), DayKind.WORKDAY, True),
        (date(2025, 9, 27), DayKind.WEEKEND, False),
        (date(2025, 9, 28), DayKind.MAKEUP_WORKDAY, True),
        (date(2025, 10, 1), DayKind.HOLIDAY, False),
        (date(2025, 10, 4), DayKind.HOLIDAY, False),
        (date(2025, 10, 11), DayKind.MAKEUP_WORKDAY, True),
        (date(2027, 10, 1), DayKind.WORKDAY, True),
    ],
)
def test_kinds_of_days(day: date, kind: DayKind, *, worked: bool) -> None:
    assert REAL_CALENDAR.kind_of(day) is kind
    assert REAL_CALENDAR.is_working_day(day) is worked


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 3, 3), 20, date(2025, 3, 31)),
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 9, 26), 5, date(2025, 10, 10)),
        (date(2025, 9, 26), 6, date(2025, 10, 11)),
        (date(2025, 1, 27), 1, date(2025, 2, 5)),
        (date(2026, 12, 30), 5, date(2027, 1, 6)),
        (date(2003, 12, 30), 2, date(2004, 1, 2)),
        (date(1999, 12, 31), 1, date(2000, 1, 3)),
    ],
)
def test_working_days_after(day: date, count: int, expected: date) -> None:
    assert REAL_CALENDAR.working_day_after(day, count) == expected
    assert REAL_CALENDAR.working_days_between(day, expected) == count


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2003, 12, 31), True),
        (date(2004, 1, 1), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
    ],
)
def test_only_known_years_are_no_forecast(day: date, *, expected: bool) -> None:
    assert REAL_CALENDAR.is_forecast(day) is expected


@given(day=ANY_DAY, count=st.integers(1, 400))
def test_adding_agrees_with_walking(day: date, count: int) -> None:
    walked, left = day, count
    while left:
        walked += timedelta(days=1)
        left -= REAL_CALENDAR.is_working_day(walked)
    assert REAL_CALENDAR.working_day_after(day, count) == walked


@given(day=ANY_DAY)
def test_the_working_day_from_a_day_is_the_first_not_before_it(day: date) -> None:
    found = REAL_CALENDAR.working_day_from(day)
    assert REAL_CALENDAR.is_working_day(found)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert not any(REAL_CALENDAR.is_working_day(each) for each in between)


def test_rows_make_the_same_calendar_as_data() -> None:
    rows = [CalendarRow(day, DayKind.HOLIDAY) for day in REAL_DATA.holidays]
    rows += [CalendarRow(day, DayKind.MAKEUP_WORKDAY) for day in REAL_DATA.makeup_workdays]
    assert calendar_from_rows("test", rows).data == REAL_DATA


def test_rows_outside_the_known_years_stay_a_forecast() -> None:
    data = CalendarData("v", 2025, 2025, holidays=(date(2026, 1, 1),))
    calendar = WorkCalendar(data)
    assert calendar.is_working_day(date(2026, 1, 1))
    assert calendar.working_day_after(date(2025, 12, 31), 1) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "calendar.empty"),
        ([CalendarRow(date(2025, 1, 1), DayKind.WEEKEND)], "calendar.kind"),
        (
            [
                CalendarRow(date(2025, 1, 1), DayKind.HOLIDAY),
                CalendarRow(date(2025, 1, 1), DayKind.MAKEUP_WORKDAY),
            ],
            "calendar.two-kinds",
        ),
        (
            [
                CalendarRow(date(2023, 1, 1), DayKind.HOLIDAY),
                CalendarRow(date(2025, 1, 1), DayKind.HOLIDAY),
            ],
            "calendar.year-missing",
        ),
    ],
)
def test_unusable_rows_are_refused(rows: list[CalendarRow], code: str) -> None:
    with pytest.raises(InputError) as refusal:
        calendar_from_rows("v", rows)
    assert refusal.value.code == code


def test_the_reference_calendar_is_the_one_tested_with() -> None:
    folder = Path(os.environ.get("CLERK_REFERENCE_DATA", "../shared/data"))
    path = folder / "calendar_2017_2026.csv"
    if not path.is_file():
        pytest.skip(f"no reference data: {path} is not there")
    with path.open(encoding="utf-8") as lines:
        rows = [
            CalendarRow(date.fromisoformat(row["date"]), DayKind(row["kind"]))
            for row in csv.DictReader(lines)
        ]
    calendar = calendar_from_rows("reference", rows)
    first, last = date(2017, 1, 1), date(2026, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert len(days) == 3652
    assert all(calendar.kind_of(day) is REAL_CALENDAR.kind_of(day) for day in days)
    assert (calendar.data.first_year, calendar.data.last_year) == (2017, 2026)
