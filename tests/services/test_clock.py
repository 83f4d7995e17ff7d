"""A machine whose clock is wrong, or is set while people work: dates and the lease stay right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from clerk.clock import SettableClock
from clerk.errors import StoreError
from services.bootstrap import Desk, enrol_desk, open_desk
from services.cases import CaseQuery
from services.profile import get_profile
from services.timekeeping import ClockFault
from storage import outbox
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import PASSWORD, Hall, type_walk_in

HOUR = timedelta(hours=1)


@pytest.fixture
def machine() -> SettableClock:
    """The clock of the desk's machine; central has its own."""
    return SettableClock(MONDAY)


@pytest.fixture
def start(hall: Hall, machine: SettableClock) -> Iterator[Callable[[], Desk]]:
    """Starts the desk of window 3, the one of before ended; its clerk signs in."""
    profile = get_profile("w1")
    enrol_desk(profile, address=hall.address, code=hall.give_code("w1"), clock=machine)
    with ExitStack() as opened:

        def start_one() -> Desk:
            opened.close()
            desk = open_desk(profile, machine)
            opened.callback(desk.close)
            return desk

        yield start_one


def come_in(desk: Desk) -> Desk:
    """Level with central, and signed in."""
    desk.sync.run_once()
    desk.session.sign_in("counter", PASSWORD)
    return desk


def pass_time(hall: Hall, machine: SettableClock, by: timedelta) -> None:
    """Time passes for everybody, whatever their clocks show."""
    hall.clock.put(hall.clock.now() + by)
    machine.put(machine.now() + by)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (timedelta(days=1), ClockFault(code="clock.fast", minutes=24 * 60)),
        (-12 * HOUR, ClockFault(code="clock.slow", minutes=12 * 60)),
        (timedelta(minutes=3), ClockFault(code="clock.fast", minutes=3)),
        (timedelta(seconds=20), None),
    ],
)
def test_central_puts_a_wrong_clock_right(
    hall: Hall,
    machine: SettableClock,
    start: Callable[[], Desk],
    wrong: timedelta,
    fault: ClockFault | None,
) -> None:
    machine.turn(wrong)
    desk = come_in(start())
    assert desk.sync.status().clock == fault
    assert abs(desk.clock.now() - hall.clock.now()) < timedelta(minutes=1)
    hall.stop()
    pass_time(hall, machine, 2 * HOUR)
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    shown = desk.cases.detail(case.case_id)
    assert abs(shown.record.events[0].at - (MONDAY + 2 * HOUR)) < timedelta(minutes=1)
    (entry,) = desk.sync.outbox()
    assert entry.envelope.monotonic_ms == machine.monotonic_ms()


def test_a_clock_that_is_set_while_people_work(
    hall: Hall, machine: SettableClock, start: Callable[[], Desk]
) -> None:
    desk = come_in(start())
    hall.stop()
    machine.turn(-3 * HOUR)
    assert desk.sync.status().clock == ClockFault(code="clock.slow", minutes=180)
    assert desk.clock.now() == hall.clock.now(), "central's time runs on"
    hall.start()
    machine.turn(3 * HOUR)
    desk.sync.run_once()
    assert desk.sync.status().clock is None


def test_a_clock_that_is_set_makes_the_desk_ask_central_again(
    hall: Hall, machine: SettableClock, start: Callable[[], Desk]
) -> None:
    """So a machine that slept without its monotonic clock going on is put right by itself."""
    desk = come_in(start())
    pass_time(hall, machine, HOUR)
    hall.clock.put(hall.clock.now() + HOUR)
    machine.turn(HOUR)
    assert desk.sync.status().clock == ClockFault(code="clock.fast", minutes=60)
    desk.sync.run_once()
    assert desk.sync.status().clock is None


def test_setting_the_clock_back_does_not_prolong_the_lease(
    hall: Hall, machine: SettableClock, start: Callable[[], Desk]
) -> None:
    desk = come_in(start())
    desk.cases.page(CaseQuery())
    hall.stop()
    pass_time(hall, machine, 25 * HOUR)
    machine.turn(-24 * HOUR)
    with pytest.raises(StoreError, match=r"cases\.locked"):
        desk.cases.page(CaseQuery())
    with pytest.raises(StoreError, match=r"cases\.locked"):
        desk.cases.count(CaseQuery())
    assert desk.intake.receive(type_walk_in(desk, FOOD)).cases, "receiving goes on"


def test_nor_does_setting_it_back_before_a_start(
    hall: Hall, machine: SettableClock, start: Callable[[], Desk]
) -> None:
    desk = come_in(start())
    hall.stop()
    pass_time(hall, machine, 20 * HOUR)
    with pytest.raises(Exception, match=r"line\.down"):
        desk.sync.run_once()
    machine.turn(-30 * HOUR)
    desk = start()
    assert desk.sync.status().clock == ClockFault(code="clock.set_back", minutes=30 * 60)
    desk.session.sign_in("counter", PASSWORD)
    desk.cases.page(CaseQuery())
    pass_time(hall, machine, 5 * HOUR)
    with pytest.raises(StoreError, match=r"cases\.locked"):
        desk.cases.page(CaseQuery())


def test_without_central_a_change_is_told_as_one(
    hall: Hall, machine: SettableClock, start: Callable[[], Desk]
) -> None:
    come_in(start())
    hall.stop()
    desk = start()
    machine.turn(2 * HOUR)
    assert desk.sync.status().clock == ClockFault(code="clock.was_set", minutes=120)


def test_what_is_sent_late_is_dated_no_later_than_it_came(
    hall: Hall, machine: SettableClock, start: Callable[[], Desk]
) -> None:
    """A clock that is fast and was never put right: central takes its own time."""
    come_in(start()).session.sign_out()
    hall.stop()
    desk = start()
    machine.turn(timedelta(days=2))
    desk.session.sign_in("counter", PASSWORD)
    desk.intake.receive(type_walk_in(desk, FOOD))
    hall.start()
    desk.sync.run_once()
    with desk._store.read() as connection:
        assert outbox.count_waiting(connection) == 0
    (row,) = desk.cases.page(CaseQuery())
    assert row.received_at == hall.clock.now()
