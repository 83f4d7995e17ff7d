"""Hand-computed dates on the real calendar.

March 2025 has no holiday; Monday the 3rd is the usual start. The National Day of 2025 runs from
1 to 8 October, with Sunday 28 September and Saturday 11 October worked.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clerk.contract.limits import Limit, Unit
from clerk.rules.clock import (
    ClockFacts,
    ClockSettings,
    Extension,
    Prolongation,
    Stop,
    derive_deadline,
    find_overrun_stops,
    planned_end,
    was_on_time,
)
from tests.support.moments import at
from tests.support.work_calendar import REAL_CALENDAR

WORKING, NATURAL = Unit.WORKING_DAYS, Unit.NATURAL_DAYS
WORKING_HOURS, NATURAL_HOURS = Unit.WORKING_HOURS, Unit.NATURAL_HOURS
MONDAY = "2025-03-03"
STAY = ClockSettings(stay_stopped=True)


def stop(began: str, planned: int, ended: str | None = None, *more: tuple[str, int]) -> Stop:
    prolongations = tuple(Prolongation(at(when), days) for when, days in more)
    return Stop(at(began), planned, at(ended) if ended else None, prolongations)


def due(facts: ClockFacts, now: str = "2025-03-05") -> str:
    return derive_deadline(facts, REAL_CALENDAR, at(now)).due_on.isoformat()


def due_at(facts: ClockFacts) -> str:
    moment = derive_deadline(facts, REAL_CALENDAR, facts.started_at).due_at
    return moment.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("started", "amount", "unit", "expected"),
    [
        (MONDAY, 20, WORKING, "2025-03-31"),
        (MONDAY, 5, WORKING, "2025-03-10"),
        ("2025-03-03 23:59", 5, WORKING, "2025-03-10"),
        ("2025-03-03 00:00", 5, WORKING, "2025-03-10"),
        ("2025-03-01", 1, WORKING, "2025-03-03"),
        ("2025-09-26", 5, WORKING, "2025-10-10"),
        ("2025-09-26", 6, WORKING, "2025-10-11"),
        ("2025-01-27", 1, WORKING, "2025-02-05"),
        # Instant (rule 5).
        (MONDAY, 0, WORKING, "2025-03-03"),
        ("2025-03-01", 0, WORKING, "2025-03-03"),
        ("2025-09-28", 0, WORKING, "2025-09-28"),
        ("2025-10-01", 0, NATURAL, "2025-10-09"),
        ("2025-10-01", 0, WORKING_HOURS, "2025-10-09"),
        (MONDAY, 0, NATURAL_HOURS, "2025-03-03"),
        # Natural days (rule 7).
        (MONDAY, 10, NATURAL, "2025-03-13"),
        (MONDAY, 12, NATURAL, "2025-03-17"),
        ("2025-09-03", 30, NATURAL, "2025-10-09"),
        ("2025-09-03", 25, NATURAL, "2025-09-28"),
    ],
)
def test_due_dates_without_events(started: str, amount: int, unit: Unit, expected: str) -> None:
    assert due(ClockFacts(at(started), Limit(amount, unit)), started) == expected


@pytest.mark.parametrize(
    ("stops", "settings", "expected"),
    [
        # The working days from the stop to the day before the resumption (rule 2).
        ([stop("2025-03-05", 9, "2025-03-07")], None, "2025-03-12"),
        ([stop("2025-03-05", 9, "2025-03-05")], None, "2025-03-10"),
        ([stop("2025-03-03", 9, "2025-03-05")], None, "2025-03-11"),
        ([stop("2025-03-08", 9, "2025-03-10")], None, "2025-03-10"),
        ([stop("2025-03-05", 9, "2025-03-07"), stop("2025-03-06", 9, "2025-03-10")], None,
         "2025-03-13"),
        ([stop("2025-03-05", 9, "2025-03-12"), stop("2025-03-06", 9, "2025-03-07")], None,
         "2025-03-17"),
        # Its planned end ends it, the last planned day being left out (rule 3).
        ([stop("2025-03-05", 2)], None, "2025-03-13"),
        ([stop("2025-03-05", 2, "2025-03-20")], None, "2025-03-13"),
        ([stop("2025-03-05", 2, "2025-03-07")], None, "2025-03-12"),
        ([stop("2025-03-05", 0)], None, "2025-03-11"),
        ([stop("2025-03-05", 2, "2025-03-20")], STAY, "2025-03-25"),
        ([stop("2025-03-05", 2)], STAY, "2025-03-13"),
        # A prolongation by the planned end counts, a later one does not.
        ([stop("2025-03-05", 2, None, ("2025-03-07", 3))], None, "2025-03-18"),
        ([stop("2025-03-05", 2, None, ("2025-03-08", 3))], None, "2025-03-13"),
        ([stop("2025-03-05", 2, None, ("2025-03-12", 1), ("2025-03-07", 3))], None, "2025-03-19"),
        # On the due date a stop still counts, after it no more (rule 4).
        ([stop("2025-03-10", 9, "2025-03-12")], None, "2025-03-12"),
        ([stop("2025-03-11", 9, "2025-03-13")], None, "2025-03-10"),
        ([stop("2025-03-04", 9, "2025-03-05"), stop("2025-03-11", 9, "2025-03-12")], None,
         "2025-03-12"),
    ],
)  # fmt: skip
def test_due_dates_of_five_days_with_stops(
    stops: list[Stop], settings: ClockSettings | None, expected: str
) -> None:
    facts = ClockFacts(at(MONDAY), Limit(5), tuple(stops), settings=settings or ClockSettings())
    assert due(facts) == expected


@pytest.mark.parametrize(
    ("made", "expected"), [("2025-03-10 23:59", "2025-03-17"), ("2025-03-11 00:00", "2025-03-10")]
)
def test_an_extension_counts_until_the_due_date_has_passed(made: str, expected: str) -> None:
    assert due(ClockFacts(at(MONDAY), Limit(5), (), (Extension(at(made), 5),))) == expected


def test_an_extension_keeps_the_date_alive_for_a_later_stop() -> None:
    extension = Extension(at("2025-03-07"), 2)
    facts = ClockFacts(at(MONDAY), Limit(5), (stop("2025-03-12", 1),), (extension,))
    assert due(facts) == "2025-03-14"


def test_a_stop_on_the_day_a_natural_limit_moved_to_moves_it_on() -> None:
    facts = ClockFacts(at(MONDAY), Limit(12, NATURAL), (stop("2025-03-17", 9, "2025-03-19"),))
    assert due(facts) == "2025-03-19"


def test_stopped_days_are_taken_from_natural_days() -> None:
    facts = ClockFacts(at(MONDAY), Limit(10, NATURAL), (stop("2025-03-05", 9, "2025-03-10"),))
    assert due(facts) == "2025-03-18"


@pytest.mark.parametrize(
    ("started", "amount", "unit", "expected"),
    [
        ("2025-03-07 16:00", 4, WORKING_HOURS, "2025-03-10 12:00"),
        ("2025-03-03 09:00", 3, WORKING_HOURS, "2025-03-03 12:00"),
        ("2025-03-03 12:30", 1, WORKING_HOURS, "2025-03-03 14:30"),
        ("2025-03-03 20:00", 1, WORKING_HOURS, "2025-03-04 10:00"),
        ("2025-03-01 10:00", 1, WORKING_HOURS, "2025-03-03 10:00"),
        ("2025-09-30 16:00", 2, WORKING_HOURS, "2025-10-09 10:00"),
        ("2025-03-07 16:00", 24, NATURAL_HOURS, "2025-03-08 16:00"),
        ("2025-09-30 16:00", 72, NATURAL_HOURS, "2025-10-03 16:00"),
    ],
)
def test_due_moments_in_hours(started: str, amount: int, unit: Unit, expected: str) -> None:
    assert due_at(ClockFacts(at(started), Limit(amount, unit))) == expected


@pytest.mark.parametrize(
    ("unit", "stopped", "expected"),
    [
        (WORKING_HOURS, stop("2025-03-03 10:00", 1, "2025-03-03 11:00"), "2025-03-03 14:30"),
        (WORKING_HOURS, stop("2025-03-03 10:00", 1), "2025-03-05 11:00"),
        (WORKING_HOURS, stop("2025-03-03 12:00", 1), "2025-03-03 12:00"),
        (NATURAL_HOURS, stop("2025-03-03 10:00", 1, "2025-03-04 10:00"), "2025-03-04 12:00"),
        (NATURAL_HOURS, stop("2025-03-03 10:00", 1), "2025-03-05 02:00"),
    ],
)
def test_stops_of_three_hours(unit: Unit, stopped: Stop, expected: str) -> None:
    assert due_at(ClockFacts(at("2025-03-03 09:00"), Limit(3, unit), (stopped,))) == expected


def test_a_day_of_extension_is_the_offices_day_in_hours() -> None:
    extension = Extension(at("2025-03-03 12:00"), 1)
    facts = ClockFacts(at("2025-03-03 09:00"), Limit(3, WORKING_HOURS), (), (extension,))
    assert due_at(facts) == "2025-03-04 12:00"


@pytest.mark.parametrize(
    ("now", "used", "left", "overdue"),
    [
        ("2025-03-03", 0, 5, False),
        ("2025-03-04", 1, 4, False),
        ("2025-03-09", 4, 1, False),
        ("2025-03-10 23:59", 5, 0, False),
        ("2025-03-11 00:00", 5, 0, True),
    ],
)
def test_used_and_left_of_five_days(now: str, used: int, left: int, *, overdue: bool) -> None:
    deadline = derive_deadline(ClockFacts(at(MONDAY), Limit(5)), REAL_CALENDAR, at(now))
    assert (deadline.used, deadline.left, deadline.overdue) == (used, left, overdue)
    assert deadline.overdue_on.isoformat() == "2025-03-11"
    assert deadline.amount == 5


def test_hours_left_are_rounded_up() -> None:
    facts = ClockFacts(at("2025-03-03 09:00"), Limit(3, WORKING_HOURS))
    deadline = derive_deadline(facts, REAL_CALENDAR, at("2025-03-03 10:30"))
    assert (deadline.used, deadline.left) == (1, 2)


@pytest.mark.parametrize(
    ("finished", "expected"), [("2025-03-10 23:59", True), ("2025-03-11 00:00", False)]
)
def test_decided_on_the_due_date_is_on_time(finished: str, *, expected: bool) -> None:
    facts = ClockFacts(at(MONDAY), Limit(5), finished_at=at(finished))
    assert was_on_time(facts, REAL_CALENDAR) is expected
    assert derive_deadline(facts, REAL_CALENDAR, at("2026-01-05")).overdue is not expected


@pytest.mark.parametrize(
    ("started", "expected"), [("2026-12-01", False), ("2026-12-30", True), ("2003-12-31", True)]
)
def test_a_date_beyond_the_calendar_is_a_forecast(started: str, *, expected: bool) -> None:
    facts = ClockFacts(at(started), Limit(5))
    assert derive_deadline(facts, REAL_CALENDAR, at(started)).forecast is expected


@pytest.mark.parametrize(
    ("settings", "now", "stopped", "reported", "expected"),
    [
        (ClockSettings(), "2025-03-07", True, 0, "2025-03-13"),
        (ClockSettings(), "2025-03-10", False, 0, "2025-03-13"),
        (STAY, "2025-03-07", True, 0, "2025-03-13"),
        (STAY, "2025-03-10", True, 1, "2025-03-14"),
        (STAY, "2025-03-18", True, 1, "2025-03-24"),
    ],
)
def test_a_stop_past_its_plan(
    settings: ClockSettings, now: str, reported: int, expected: str, *, stopped: bool
) -> None:
    facts = ClockFacts(at(MONDAY), Limit(5), (stop("2025-03-05", 2),), settings=settings)
    deadline = derive_deadline(facts, REAL_CALENDAR, at(now))
    assert (deadline.stopped, deadline.due_on.isoformat()) == (stopped, expected)
    assert len(find_overrun_stops(facts, REAL_CALENDAR, at(now))) == reported
    assert planned_end(facts.stops[0], REAL_CALENDAR).isoformat() == "2025-03-07"


def test_a_moment_in_another_zone_is_read_as_the_offices_date() -> None:
    monday_in_london = datetime(2025, 3, 3, 23, 0, tzinfo=UTC)
    assert due(ClockFacts(monday_in_london, Limit(1))) == "2025-03-05"
