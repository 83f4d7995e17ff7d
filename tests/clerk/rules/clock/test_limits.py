"""Statutory beside promised: 20 days from Monday 3 March 2025 (due the 31st), 5 promised (10th)."""

from __future__ import annotations

import pytest

from clerk.contract.limits import Limit
from clerk.rules.clock import (
    ClockFacts,
    ClockSettings,
    Extension,
    Stop,
    delivery_clock,
    derive_deadline,
    pair_decision_clocks,
)
from tests.support.moments import at
from tests.support.work_calendar import REAL_CALENDAR

STARTED = at("2025-03-03")


def due_dates(statutory: ClockFacts, promised: Limit) -> tuple[str, str]:
    clocks = pair_decision_clocks(statutory, promised, REAL_CALENDAR)
    assert clocks.promised is not None
    first, second = (
        derive_deadline(clock, REAL_CALENDAR, STARTED)
        for clock in (clocks.statutory, clocks.promised)
    )
    return first.due_on.isoformat(), second.due_on.isoformat()


def test_an_item_may_promise_nothing() -> None:
    clocks = pair_decision_clocks(ClockFacts(STARTED, Limit(20)), None, REAL_CALENDAR)
    assert clocks.promised is None


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("2025-03-10", ("2025-04-15", "2025-03-24")),
        ("2025-03-11", ("2025-04-15", "2025-03-10")),  # the promise was overdue and stays so
        ("2025-03-31", ("2025-04-15", "2025-03-10")),
        ("2025-04-01", ("2025-03-31", "2025-03-10")),
    ],
)
def test_an_extension_of_ten_days(made: str, expected: tuple[str, str]) -> None:
    statutory = ClockFacts(STARTED, Limit(20), (), (Extension(at(made), 10),))
    assert due_dates(statutory, Limit(5)) == expected


def test_an_extension_after_the_statutory_date_is_none_for_a_longer_promise() -> None:
    statutory = ClockFacts(STARTED, Limit(5), (), (Extension(at("2025-03-12"), 10),))
    assert due_dates(statutory, Limit(20)) == ("2025-03-10", "2025-03-31")


@pytest.mark.parametrize(("pauses", "expected"), [(True, "2025-03-12"), (False, "2025-03-10")])
def test_whether_a_promise_pauses_is_local(expected: str, *, pauses: bool) -> None:
    stop = Stop(at("2025-03-05"), 9, at("2025-03-07"))
    settings = ClockSettings(stops_pause_promised=pauses)
    statutory = ClockFacts(STARTED, Limit(20), (stop,), settings=settings)
    assert due_dates(statutory, Limit(5)) == ("2025-04-02", expected)


def test_the_licence_is_delivered_within_ten_days_of_the_decision() -> None:
    clock = delivery_clock(STARTED)
    assert derive_deadline(clock, REAL_CALENDAR, STARTED).due_on.isoformat() == "2025-03-17"
