"""Lights of a Monday's five days (due Monday 10 March 2025) and their stored turning points."""

from __future__ import annotations

import pytest

from clerk.contract.limits import Limit, Unit
from clerk.rules.clock import (
    FOREVER,
    ClockFacts,
    ClockSettings,
    Extension,
    Light,
    LightPlan,
    Stop,
    light_at,
    light_by_plan,
    plan_light,
)
from tests.support.moments import at
from tests.support.work_calendar import REAL_CALENDAR

FIVE_DAYS = ClockFacts(at("2025-03-03"), Limit(5))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-03-03", Light.GREEN),
        ("2025-03-06 23:59", Light.GREEN),
        ("2025-03-07 00:00", Light.YELLOW),
        ("2025-03-08", Light.YELLOW),
        ("2025-03-10 23:59", Light.YELLOW),
        ("2025-03-11 00:00", Light.RED),
    ],
)
def test_five_days_warn_with_one_left(now: str, expected: Light) -> None:
    assert light_at(FIVE_DAYS, REAL_CALENDAR, at(now)) is expected
    assert light_by_plan(plan_light(FIVE_DAYS, REAL_CALENDAR), at(now)) is expected


@pytest.mark.parametrize(
    ("limit", "warning", "yellow_from"),
    [
        (Limit(20), None, "2025-03-25"),
        (Limit(6), None, "2025-03-07"),  # a fifth of 6 rounded up is 2; due on the 11th
        (Limit(1), None, "2025-03-03"),
        (Limit(0), None, "2025-03-03"),
        (Limit(5), 0, "2025-03-10"),
        (Limit(5), 3, "2025-03-05"),
        (Limit(5), 9, "2025-03-03"),
        (Limit(12, Unit.NATURAL_DAYS), None, "2025-03-12"),  # reached on the 15th, due on the 17th
    ],
)
def test_yellow_begins(limit: Limit, warning: int | None, yellow_from: str) -> None:
    facts = ClockFacts(at("2025-03-03"), limit, settings=ClockSettings(warning=warning))
    assert plan_light(facts, REAL_CALENDAR).yellow_from == at(f"{yellow_from} 00:00")


def test_the_fifth_is_taken_of_the_extended_limit() -> None:
    facts = ClockFacts(at("2025-03-03"), Limit(5), (), (Extension(at("2025-03-04"), 5),))
    assert plan_light(facts, REAL_CALENDAR).yellow_from == at("2025-03-13 00:00")


def test_hours_turn_at_their_moments() -> None:
    facts = ClockFacts(at("2025-03-03 09:00"), Limit(5, Unit.WORKING_HOURS))
    plan = plan_light(facts, REAL_CALENDAR)
    assert plan.yellow_from == at("2025-03-03 14:30")
    assert light_by_plan(plan, at("2025-03-03 14:29")) is Light.GREEN
    assert light_by_plan(plan, at("2025-03-03 15:30")) is Light.YELLOW
    assert light_by_plan(plan, at("2025-03-03 15:31")) is Light.RED


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-03-05", Light.GREY),
        ("2025-03-07 23:59", Light.GREY),
        ("2025-03-08 00:00", Light.GREEN),
        ("2025-03-11", Light.GREEN),
        ("2025-03-12", Light.YELLOW),
        ("2025-03-14", Light.RED),
    ],
)
def test_grey_through_the_planned_end(now: str, expected: Light) -> None:
    facts = ClockFacts(at("2025-03-03"), Limit(5), (Stop(at("2025-03-05"), 2),))
    assert light_at(facts, REAL_CALENDAR, at(now)) is expected
    assert light_by_plan(plan_light(facts, REAL_CALENDAR), at(now)) is expected


def test_not_grey_on_the_day_of_resumption() -> None:
    stop = Stop(at("2025-03-05"), 9, at("2025-03-06 16:00"))
    facts = ClockFacts(at("2025-03-03"), Limit(5), (stop,))
    assert light_at(facts, REAL_CALENDAR, at("2025-03-06 17:00")) is Light.GREEN
    assert plan_light(facts, REAL_CALENDAR).grey_until == at("2025-03-06 00:00")


def test_a_stop_that_only_a_person_ends_is_grey_for_good() -> None:
    settings = ClockSettings(stay_stopped=True)
    facts = ClockFacts(at("2025-03-03"), Limit(5), (Stop(at("2025-03-05"), 2),), settings=settings)
    assert plan_light(facts, REAL_CALENDAR) == LightPlan(FOREVER, FOREVER, FOREVER)
    assert light_at(facts, REAL_CALENDAR, at("2026-03-05")) is Light.GREY


def test_overdue_stays_red_whatever_stops_later() -> None:
    facts = ClockFacts(at("2025-03-03"), Limit(5), (Stop(at("2025-03-11"), 9),))
    assert light_at(facts, REAL_CALENDAR, at("2025-03-11")) is Light.RED
    assert plan_light(facts, REAL_CALENDAR).red_from == at("2025-03-11 00:00")


def test_a_finished_clock_has_no_light() -> None:
    facts = ClockFacts(at("2025-03-03"), Limit(5), finished_at=at("2025-03-12"))
    assert light_at(facts, REAL_CALENDAR, at("2025-03-13")) is Light.NONE
    assert plan_light(facts, REAL_CALENDAR) == LightPlan()
    assert light_by_plan(LightPlan(), at("2025-03-13")) is Light.NONE
