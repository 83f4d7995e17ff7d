"""The pace of an item: a median of working days, of enough cases."""

from __future__ import annotations

from datetime import date

from clerk.rules.pace import FEWEST_CASES, forecast, pace_of
from tests.support.cases import FOOD, MONDAY
from tests.support.work_calendar import REAL_CALENDAR

TODAY = date(2026, 6, 30)


def decided(*days: int) -> list[tuple[date, date]]:
    """Accepted on Monday the 1st of June, decided so many days later."""
    return [(date(2026, 6, 1), date(2026, 6, 1 + one)) for one in days]


def test_the_median_counts_working_days() -> None:
    pace = pace_of("food", decided(1, 2, 7, 8, 28), REAL_CALENDAR, TODAY)
    assert pace is not None
    assert (pace.median_days, pace.cases) == (5, 5), "until Monday the 8th are five working days"


def test_of_two_middle_ones_the_longer_is_told() -> None:
    pace = pace_of("food", decided(1, 1, 1, 2, 3, 4), REAL_CALENDAR, TODAY)
    assert pace is not None
    assert pace.median_days == 2


def test_few_cases_tell_nothing() -> None:
    assert pace_of("food", decided(*[1] * (FEWEST_CASES - 1)), REAL_CALENDAR, TODAY) is None


def test_a_date_beyond_the_calendar_is_uncertain() -> None:
    assert forecast(FOOD, REAL_CALENDAR, MONDAY, None).due_on == date(2026, 6, 11)
    assert not forecast(FOOD, REAL_CALENDAR, MONDAY, None).uncertain
    late = MONDAY.replace(month=12, day=30)
    assert forecast(FOOD, REAL_CALENDAR, late, None).uncertain
