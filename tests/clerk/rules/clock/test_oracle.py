"""The rules against the oracle: the same due date, light and days for any history."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest
from msgspec import structs

from clerk.contract.limits import Unit
from clerk.rules.clock import (
    ClockFacts,
    Light,
    derive_deadline,
    explain_days,
    find_deemed_acceptance,
    light_at,
    light_by_plan,
    plan_light,
    promise_clock,
)
from clerk.rules.clock.counting import count_limit
from tests.support.clock_histories import STEP, make_history, make_promise, make_receipt
from tests.support.clock_oracle import Lived, know_days, live, live_receipt
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

KNOWN_DAYS = know_days(REAL_DATA)
HISTORIES_A_SEED = 2_500


@pytest.mark.parametrize("seed", range(4))
def test_the_rules_and_the_oracle_agree(seed: int) -> None:
    compare_histories(seed, HISTORIES_A_SEED)


@pytest.mark.sim
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 120))
def test_the_rules_and_the_oracle_agree_a_million_times(seed: int) -> None:
    compare_histories(seed, 50_000)


def compare_histories(seed: int, count: int) -> None:
    random = Random(seed)
    for number in range(count):
        facts, now = make_history(random)
        lived = live(facts, KNOWN_DAYS, now, STEP)
        where = f"seed {seed}, history {number}: {facts} at {now}"
        compare_deadline(facts, now, lived, where)
        compare_light(facts, now, lived, where)
        compare_days(facts, now, lived, where)


@pytest.mark.parametrize("seed", range(2))
def test_promises_agree(seed: int) -> None:
    """An extension in time for the statutory limit reaches the promise, unless that has passed."""
    random = Random(1_000 + seed)
    for number in range(1_000):
        facts, now = make_history(random)
        promised = make_promise(random)
        allowed = live(facts, KNOWN_DAYS, now, STEP).taken_extensions
        lived = live(
            structs.replace(
                facts,
                limit=promised,
                extensions=tuple(allowed),
                stops=facts.stops if facts.settings.stops_pause_promised else (),
            ),
            KNOWN_DAYS,
            now,
            STEP,
        )
        clock = promise_clock(facts, promised, REAL_CALENDAR)
        where = f"seed {seed}, history {number}: {promised} beside {facts} at {now}"
        compare_deadline(clock, now, lived, where)
        compare_light(clock, now, lived, where)


@pytest.mark.parametrize(
    ("seed", "count"), [(9, 5_000), pytest.param(90, 200_000, marks=pytest.mark.sim)]
)
def test_receipts_agree(seed: int, count: int) -> None:
    """Supplements and the five days: whether acceptance was deemed, and from which day."""
    random = Random(seed)
    found = 0
    for number in range(count):
        facts, now = make_receipt(random)
        expected = live_receipt(facts, KNOWN_DAYS, now)
        deemed = find_deemed_acceptance(facts, REAL_CALENDAR, now)
        told = deemed and (deemed.happened_on, deemed.dated_from)
        assert told == expected, f"receipt {number}: {facts} at {now}"
        found += expected is not None
    assert count / 5 < found < count * 4 / 5, "both outcomes are common, or little was compared"


def compare_deadline(facts: ClockFacts, now: datetime, lived: Lived, where: str) -> None:
    deadline = derive_deadline(facts, REAL_CALENDAR, now)
    assert deadline.due_at == lived.due_at, where
    assert deadline.due_on == lived.due_at.date(), where
    assert deadline.overdue == (now > lived.due_at), where
    assert deadline.stopped == lived.standing_now, where
    taken = count_limit(facts, REAL_CALENDAR, now).extensions
    assert set(taken) == set(lived.taken_extensions), where
    unit = _unit_of(facts)
    used = lived.total if lived.used_now is None else lived.used_now
    assert deadline.used == used // unit, where
    assert deadline.left == -((used - lived.total) // unit), where


def compare_light(facts: ClockFacts, now: datetime, lived: Lived, where: str) -> None:
    expected = expect_light(facts, now, lived)
    assert light_at(facts, REAL_CALENDAR, now) is expected, where
    planned = light_by_plan(plan_light(facts, REAL_CALENDAR), now)
    assert planned is expected, where


def expect_light(facts: ClockFacts, now: datetime, lived: Lived) -> Light:
    if now > lived.due_at:
        return Light.RED
    if lived.standing_now:
        return Light.GREY
    unit = _unit_of(facts)
    warning = facts.settings.warning
    if warning is None:
        warning = 1
        while warning * unit * 5 < lived.total:
            warning += 1
    assert lived.used_now is not None
    left = lived.total - lived.used_now
    return Light.YELLOW if left <= warning * unit else Light.GREEN


def compare_days(facts: ClockFacts, now: datetime, lived: Lived, where: str) -> None:
    first = facts.started_at.date()
    last = lived.due_at.date()
    explained = explain_days(facts, REAL_CALENDAR, first, last + timedelta(days=3), now)
    for told in explained:
        day = lived.days.get(told.day)
        assert told.counted == (day is not None and day.counted), f"{told} of {where}"
    assert explained[0].day == first
    counted = [told for told in explained if told.counted]
    if _unit_of(facts) == 1:
        assert [told.nth for told in counted] == list(range(1, lived.total + 1)), where


def _unit_of(facts: ClockFacts) -> int:
    """How many of the oracle's ticks make one unit of the limit."""
    in_hours = facts.limit.unit in (Unit.WORKING_HOURS, Unit.NATURAL_HOURS)
    return timedelta(hours=1) // STEP if in_hours and facts.limit.amount else 1
