"""Times the legal clock against the oracle that walks day by day: python -m bench.clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter

from clerk.contract.limits import Limit, Unit
from clerk.rules.clock import (
    ClockFacts,
    derive_deadline,
    explain_days,
    light_by_plan,
    plan_light,
)
from tests.support.clock_histories import STEP, make_history
from tests.support.clock_oracle import is_worked, know_days, live
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

KNOWN_DAYS = know_days(REAL_DATA)
HISTORIES = 3_000
ADDITIONS = 200_000
LIGHTS = 1_000_000
ROUNDS = 3


def best_us(work: Callable[[], object], times: int) -> float:
    """The best of a few rounds, in microseconds for each of the times that the work does."""
    seconds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        seconds.append(perf_counter() - began)
    return min(seconds) / times * 1e6


def show(name: str, rules_us: float, peer_us: float, peer: str) -> None:
    """One line: the time of the rules, and how much of the peer's that is."""
    ratio = rules_us / peer_us
    print(f"{name:<34} {rules_us:9.2f} us   {peer} {peer_us:9.2f} us   ratio {ratio:.4f}")


def add_by_walking(day: date, count: int) -> date:
    """Working days added one day at a time."""
    while count:
        day += timedelta(days=1)
        count -= is_worked(day, KNOWN_DAYS)
    return day


def bench_additions() -> None:
    """Adding 20 working days, against walking."""
    days = [date(2017, 1, 1) + timedelta(days=n % 3_500) for n in range(ADDITIONS)]
    after = REAL_CALENDAR.working_day_after
    rules_us = best_us(lambda: [after(day, 20) for day in days], len(days))
    few = days[:: ADDITIONS // HISTORIES]
    peer_us = best_us(lambda: [add_by_walking(day, 20) for day in few], len(few))
    show("add 20 working days", rules_us, peer_us, "walking")


def bench_histories(name: str, histories: Sequence[tuple[ClockFacts, datetime]]) -> None:
    """Deadline, plan and explanation of each history, against living through it."""
    count = len(histories)
    same = sum(agrees(facts, now) for facts, now in histories)
    peer_us = best_us(
        lambda: [live(facts, KNOWN_DAYS, now, STEP) for facts, now in histories], count
    )
    deadline_us = best_us(
        lambda: [derive_deadline(facts, REAL_CALENDAR, now) for facts, now in histories], count
    )
    plan_us = best_us(lambda: [plan_light(facts, REAL_CALENDAR) for facts, _ in histories], count)
    explain_us = best_us(lambda: [explain_month(facts, now) for facts, now in histories], count)
    show(f"{name}: deadline", deadline_us, peer_us, "oracle")
    show(f"{name}: light plan", plan_us, peer_us, "oracle")
    show(f"{name}: 30 days explained", explain_us, peer_us, "oracle")
    faster = peer_us / deadline_us
    print(f"{name}: same answers {same} of {count}, {faster:.0f} times faster than day by day")
    assert same == count, "what is faster has to be right, too"


def agrees(facts: ClockFacts, now: datetime) -> bool:
    """Whether rules and oracle tell the same due moment and the same standing still."""
    told, lived = derive_deadline(facts, REAL_CALENDAR, now), live(facts, KNOWN_DAYS, now, STEP)
    same_due = told.due_at == lived.due_at and told.overdue == (now > lived.due_at)
    return same_due and told.stopped == lived.standing_now


def explain_month(facts: ClockFacts, now: datetime) -> int:
    """How many of the first thirty days counted."""
    first = facts.started_at.date()
    told = explain_days(facts, REAL_CALENDAR, first, first + timedelta(days=29), now)
    return sum(day.counted for day in told)


def bench_lights(histories: Sequence[tuple[ClockFacts, datetime]]) -> None:
    """A million lights from stored plans, against deriving each."""
    plans = [(plan_light(facts, REAL_CALENDAR), now) for facts, now in histories]
    many = plans * (LIGHTS // len(plans))
    plan_us = best_us(lambda: [light_by_plan(plan, now) for plan, now in many], len(many))
    derive_us = best_us(
        lambda: [derive_deadline(facts, REAL_CALENDAR, now) for facts, now in histories],
        len(histories),
    )
    show("a light from its stored plan", plan_us, derive_us, "derived")


def main() -> None:
    """Print a line for each thing measured; a ratio below 1 is faster than the peer."""
    random = Random(2025)
    histories = [make_history(random) for _ in range(HISTORIES)]
    hours = (Unit.WORKING_HOURS, Unit.NATURAL_HOURS)
    in_days = [each for each in histories if each[0].limit.unit not in hours]
    in_hours = [each for each in histories if each[0].limit.unit in hours]
    plain = [(ClockFacts(facts.started_at, Limit(20)), now) for facts, now in in_days]
    bench_additions()
    bench_histories("20 working days, no events", plain)
    bench_histories("days, any events", in_days)
    bench_histories("hours, any events", in_hours)
    bench_lights(in_days)


if __name__ == "__main__":
    main()
