"""When a report is due by the office's calendar and clock, and which days it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from clerk.clock import OFFICE_ZONE
from clerk.contract.report import Period
from clerk.errors import InputError
from clerk.rules.reports.schedule import (
    Span,
    Timing,
    find_last_due,
    find_next_due,
    period_of,
    read_span,
    read_timing,
)
from tests.support.work_calendar import REAL_CALENDAR

EIGHT = time(8, 0)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("on", "now", "last", "following"),
    [
        ("every-day", "2026-06-03T07:59", "2026-06-02", "2026-06-03"),
        ("every-day", "2026-06-03T08:00", "2026-06-03", "2026-06-04"),
        ("monday", "2026-06-03T09:00", "2026-06-01", "2026-06-08"),
        ("31", "2026-06-30T09:00", "2026-06-30", "2026-07-31"),
        ("30", "2026-03-01T07:00", "2026-02-28", "2026-03-30"),
        # 1 to 8 October is off, 10 October (a Saturday) is worked: the State Council's notice.
        ("working-day", "2026-10-05T09:00", "2026-09-30", "2026-10-08"),
        ("working-day", "2026-10-10T09:00", "2026-10-10", "2026-10-12"),
        ("first-working-day-of-month", "2026-10-05T09:00", "2026-09-01", "2026-10-08"),
        ("first-working-day-of-week", "2026-10-09T09:00", "2026-10-08", "2026-10-12"),
    ],
)
def test_a_report_is_due_on_its_days(on: str, now: str, last: str, following: str) -> None:
    timing = read_timing(on, "08:00")
    found = find_last_due(timing, REAL_CALENDAR, moment(now))
    assert found == datetime.combine(date.fromisoformat(last), EIGHT, OFFICE_ZONE)
    coming = find_next_due(timing, REAL_CALENDAR, moment(now))
    assert coming == datetime.combine(date.fromisoformat(following), EIGHT, OFFICE_ZONE)


def test_the_clock_is_the_offices_wherever_the_server_stands() -> None:
    now = datetime(2026, 6, 2, 23, 59, tzinfo=UTC)  # 07:59 of 3 June in Shanghai
    found = find_last_due(Timing("every-day", EIGHT), REAL_CALENDAR, now)
    assert found == moment("2026-06-02T08:00")


def test_without_a_calendar_no_working_day_is_known() -> None:
    assert find_last_due(Timing("working-day", EIGHT), None, moment("2026-06-03T09:00")) is None


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.YESTERDAY, "2026-01-04", "2026-01-04"),
        (Span.LAST_WEEK, "2025-12-29", "2026-01-04"),
        (Span.LAST_MONTH, "2025-12-01", "2025-12-31"),
        (Span.LAST_QUARTER, "2025-10-01", "2025-12-31"),
        (Span.LAST_YEAR, "2025-01-01", "2025-12-31"),
        (Span.THIS_MONTH, "2026-01-01", "2026-01-05"),
    ],
)
def test_a_span_is_seen_from_the_day_it_is_due(span: Span, first: str, last: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert period_of(span, moment("2026-01-05T00:00")) == period


@pytest.mark.parametrize(
    ("on", "at", "code"),
    [
        ("someday", "08:00", "schedule.days"),
        ("0", "08:00", "schedule.days"),
        ("32", "08:00", "schedule.days"),
        ("１", "08:00", "schedule.days"),
        ("monday", "24:00", "schedule.time"),
        ("monday", "8", "schedule.time"),
        ("monday", "", "schedule.time"),
    ],
)
def test_what_names_no_day_or_time_is_refused(on: str, at: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_timing(on, at)
    assert refused.value.code == code
    with pytest.raises(InputError):
        read_span("last-decade")
