"""Why each day counted: codes, numbers and minutes."""

from __future__ import annotations

from datetime import date

from clerk.contract.limits import Limit, Unit
from clerk.rules.clock import ClockFacts, DayCount, Stop, explain_days
from tests.support.moments import at
from tests.support.work_calendar import REAL_CALENDAR


def explain(facts: ClockFacts, first: str, last: str) -> list[DayCount]:
    return explain_days(
        facts, REAL_CALENDAR, date.fromisoformat(first), date.fromisoformat(last), facts.started_at
    )


def tell(day: DayCount) -> str:
    return f"{day.day:%m-%d} {day.reason.value} {day.nth or '-'}"


def test_five_days_over_the_national_day() -> None:
    told = explain(ClockFacts(at("2025-09-26"), Limit(5)), "2025-09-25", "2025-10-11")
    assert [tell(day) for day in told] == [
        "09-25 before_start -",
        "09-26 start_day -",
        "09-27 weekend -",
        "09-28 makeup_workday 1",
        "09-29 counted 2",
        "09-30 counted 3",
        *(f"10-0{day} holiday -" for day in range(1, 9)),
        "10-09 counted 4",
        "10-10 due 5",
        "10-11 after_due -",
    ]
    assert [day.counted for day in told] == [day.nth is not None for day in told]


def test_stopped_days_and_the_end() -> None:
    stop = Stop(at("2025-03-06"), 2)
    facts = ClockFacts(at("2025-03-03"), Limit(5), (stop,), finished_at=at("2025-03-11"))
    assert [tell(day) for day in explain(facts, "2025-03-04", "2025-03-12")] == [
        "03-04 counted 1",
        "03-05 counted 2",
        "03-06 stopped -",
        "03-07 stopped -",
        "03-08 weekend -",
        "03-09 weekend -",
        "03-10 stopped -",
        "03-11 counted 3",
        "03-12 ended -",
    ]


def test_natural_days_move_to_a_working_day() -> None:
    facts = ClockFacts(at("2025-03-03"), Limit(12, Unit.NATURAL_DAYS))
    assert [tell(day) for day in explain(facts, "2025-03-14", "2025-03-17")] == [
        "03-14 counted 11",
        "03-15 counted 12",
        "03-16 moved -",
        "03-17 due -",
    ]


def test_hours_tell_the_minutes_of_each_day() -> None:
    stop = Stop(at("2025-03-04 08:00"), 9, at("2025-03-04 18:00"))
    facts = ClockFacts(at("2025-02-28 16:00"), Limit(9, Unit.WORKING_HOURS), (stop,))
    told = explain(facts, "2025-02-28", "2025-03-05")
    assert [(day.reason.value, day.minutes) for day in told] == [
        ("counted", 60),
        ("weekend", 0),
        ("weekend", 0),
        ("counted", 390),
        ("stopped", 0),
        ("due", 90),
    ]
