"""What holds of any clock, whatever happened to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from clerk.contract.limits import Limit, Unit
from clerk.rules.clock import (
    ClockFacts,
    Extension,
    Light,
    Stop,
    derive_deadline,
    explain_days,
    light_at,
    light_by_plan,
    plan_light,
)
from tests.support.clock_histories import make_history
from tests.support.work_calendar import REAL_CALENDAR

HISTORIES = st.integers(0, 2**32).map(lambda seed: make_history(Random(seed)))
DAY = timedelta(days=1)


def due_at(facts: ClockFacts, now: datetime) -> datetime:
    return derive_deadline(facts, REAL_CALENDAR, now).due_at


@given(HISTORIES)
def test_a_longer_limit_is_never_due_earlier(history: tuple[ClockFacts, datetime]) -> None:
    facts, now = history
    if facts.limit.amount == 0 and facts.limit.unit in (Unit.WORKING_HOURS, Unit.NATURAL_HOURS):
        return  # instant is the end of the day, an hour may be over earlier
    longer = structs.replace(facts, limit=Limit(facts.limit.amount + 1, facts.limit.unit))
    assert due_at(longer, now) >= due_at(facts, now)


@given(HISTORIES, st.integers(0, 60), st.integers(0, 20))
def test_no_stop_makes_it_due_earlier(
    history: tuple[ClockFacts, datetime], after: int, planned: int
) -> None:
    facts, now = history
    more = (*facts.stops, Stop(facts.started_at + after * DAY, planned))
    assert due_at(structs.replace(facts, stops=more), now) >= due_at(facts, now)


@given(HISTORIES, st.integers(1, 60))
def test_what_comes_after_the_due_date_changes_nothing(
    history: tuple[ClockFacts, datetime], days: int
) -> None:
    facts, now = history
    due = due_at(facts, now)
    late = max(due, now) + timedelta(microseconds=1) + (days - 1) * DAY
    later = structs.replace(
        facts,
        stops=(*facts.stops, Stop(late, 9)),
        extensions=(*facts.extensions, Extension(late, 9)),
    )
    kept_open = facts.settings.stay_stopped
    assert due_at(later, now) == due or (kept_open and due > now)


@given(HISTORIES, st.integers(0, 30), st.integers(0, 20), st.integers(0, 20))
def test_a_stop_resumed_and_begun_again_on_a_day_is_one_stop(
    history: tuple[ClockFacts, datetime], began: int, first: int, second: int
) -> None:
    facts, _ = history
    start = facts.started_at + began * DAY
    middle, end = start + first * DAY, start + (first + second) * DAY
    whole = structs.replace(facts, stops=(Stop(start, 60, end),))
    parts = structs.replace(facts, stops=(Stop(start, 60, middle), Stop(middle, 60, end)))
    assert due_at(whole, end) == due_at(parts, end)


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_told_does_not_matter(
    history: tuple[ClockFacts, datetime], random: Random
) -> None:
    facts, now = history
    shuffled = structs.replace(
        facts,
        stops=tuple(random.sample(facts.stops, len(facts.stops))),
        extensions=tuple(random.sample(facts.extensions, len(facts.extensions))),
    )
    assert derive_deadline(shuffled, REAL_CALENDAR, now) == derive_deadline(
        facts, REAL_CALENDAR, now
    )


@given(HISTORIES, st.integers(0, 4000))
def test_the_stored_plan_lights_as_the_facts_do(
    history: tuple[ClockFacts, datetime], half_hours: int
) -> None:
    facts, now = history
    then = now + timedelta(minutes=30 * half_hours)
    planned = light_by_plan(plan_light(facts, REAL_CALENDAR), then)
    assert planned is light_at(facts, REAL_CALENDAR, then)


@given(HISTORIES)
def test_red_is_overdue_and_grey_is_stopped(history: tuple[ClockFacts, datetime]) -> None:
    facts, now = history
    deadline = derive_deadline(facts, REAL_CALENDAR, now)
    light = light_at(facts, REAL_CALENDAR, now)
    assert deadline.overdue is (light is Light.RED)
    assert deadline.stopped is (light is Light.GREY)
    assert now < deadline.due_at + timedelta(microseconds=1) or deadline.left == 0


@given(HISTORIES)
def test_the_days_explained_add_up_to_the_limit(history: tuple[ClockFacts, datetime]) -> None:
    facts, now = history
    in_hours = facts.limit.unit in (Unit.WORKING_HOURS, Unit.NATURAL_HOURS)
    if in_hours and facts.limit.amount:
        return
    deadline = derive_deadline(facts, REAL_CALENDAR, now)
    first: date = facts.started_at.date()
    told = explain_days(facts, REAL_CALENDAR, first - DAY, deadline.due_on + DAY, now)
    assert sum(day.counted for day in told) == deadline.amount
