"""No two generations of central lend the same number while a desk may still use it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clerk.contract.numbers import LAST_SEQUENCE
from clerk.sync.lending import (
    FEWEST,
    LEFT_OUT,
    LENT_LATE,
    TICK,
    Lent,
    next_range,
    usable_until,
)
from tests.support.cases import MONDAY

NEW = Lent(since=MONDAY)
MINUTE = timedelta(minutes=1)


def after(lent: Lent, numbers: tuple[int, int], at: datetime) -> Lent:
    """What central knows once it has lent a range."""
    return replace(lent, newest=numbers[1], newest_at=at)


def lend(lent: Lent, amount: int, at: datetime) -> tuple[tuple[int, int], Lent]:
    numbers = next_range(lent, amount, at)
    assert numbers is not None
    return numbers, after(lent, numbers, at)


def test_a_window_begins_at_one_and_goes_on() -> None:
    first, lent = lend(NEW, 200, MONDAY)
    second, _ = lend(lent, 200, MONDAY)
    assert (first, second) == ((1, 200), (201, 400))


def test_a_range_follows_the_clock_at_a_week_s_distance() -> None:
    _, lent = lend(NEW, 200, MONDAY)
    numbers, _ = lend(lent, 200, MONDAY + timedelta(days=20))
    assert numbers[0] == timedelta(days=20) // TICK + 1


def test_a_restored_central_waits_for_numbers_whose_moment_no_other_has_seen() -> None:
    restored_at = MONDAY + timedelta(days=1)
    lent = replace(NEW, restored_at=restored_at)
    ready = restored_at + (LEFT_OUT + FEWEST) * TICK
    assert next_range(lent, 200, ready - TICK) is None
    first = LENT_LATE + timedelta(days=1) // TICK + LEFT_OUT + 1
    numbers, lent = lend(lent, 200, ready)
    assert numbers == (first, first + FEWEST - 1), "a few at first"
    numbers, _ = lend(lent, 200, ready + timedelta(hours=3))
    assert numbers == (first + FEWEST, first + FEWEST + 199)


def test_two_restores_of_one_backup_on_one_day_lend_apart() -> None:
    _, backup = lend(NEW, 200, MONDAY)
    given = []
    for hours in (1, 5):
        restored = replace(backup, restored_at=MONDAY + timedelta(hours=hours))
        for minutes in (20, 230):
            at = MONDAY + timedelta(hours=hours, minutes=minutes)
            numbers, restored = lend(restored, 200, at)
            given.append(range(numbers[0], numbers[1] + 1))
    every = [number for one in given for number in one]
    assert len(set(every)) == len(every)
    assert min(every) > 200


def test_all_at_once_are_served_until_the_week_is_used_up() -> None:
    lent, served = NEW, 0
    while (numbers := next_range(lent, 200, MONDAY)) is not None:
        lent, served = after(lent, numbers, MONDAY), served + 1
    assert served == LENT_LATE // 200


def test_no_range_runs_over_the_end_of_the_ring() -> None:
    lent = replace(NEW, newest=LAST_SEQUENCE - 100, newest_at=MONDAY + 90_000 * TICK)
    at = MONDAY + 99_000 * TICK
    numbers, lent = lend(lent, 200, at)
    assert numbers == (LAST_SEQUENCE - 99, LAST_SEQUENCE)
    assert lend(lent, 200, at)[0] == (1, 200)
    nearly = replace(NEW, newest=LAST_SEQUENCE - 5, newest_at=at)
    assert lend(nearly, 200, at)[0] == (1, 200), "too few at the end are left out"


def test_a_window_that_lent_nothing_for_months_lends_at_once() -> None:
    lent = replace(NEW, newest=200, newest_at=MONDAY)
    assert next_range(lent, 200, MONDAY + 400 * timedelta(days=1)) is not None


@settings(max_examples=200)
@given(st.data())
def test_whatever_is_restored_no_number_is_out_twice(data: st.DataObject) -> None:
    """Histories of lending, backups and restores of any of them, over a hundred days."""
    lent, at = NEW, MONDAY
    backups = [NEW]
    out: list[tuple[int, int, date]] = []
    for _ in range(data.draw(st.integers(1, 40))):
        at += data.draw(st.sampled_from((MINUTE, 7 * MINUTE, 60 * MINUTE, 3000 * MINUTE)))
        act = data.draw(st.sampled_from(("lend", "lend", "backup", "restore")))
        if act == "backup":
            backups.append(lent)
        elif act == "restore":
            lent = replace(data.draw(st.sampled_from(backups)), restored_at=at)
        else:
            numbers = next_range(lent, data.draw(st.sampled_from((12, 200, 5_000))), at)
            if numbers is not None:
                lent = after(lent, numbers, at)
                held = [one for one in out if one[2] >= at.date()]
                assert not [one for one in held if one[0] <= numbers[1] and numbers[0] <= one[1]]
                out.append((*numbers, usable_until(at)))
