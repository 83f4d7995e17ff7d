"""No sequence number is ever given out twice, and none beyond the range."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.numbers import NumberLease
from clerk.decoding import decode
from clerk.rules.leases import (
    Exhausted,
    LeaseState,
    Taken,
    add_lease,
    remaining,
    take_next,
)

TODAY = date(2026, 6, 1)


def lent(*ranges: tuple[int, int]) -> LeaseState:
    state = LeaseState(window=7)
    for first, last in ranges:
        state = add_lease(state, NumberLease(7, first, last), TODAY)
    return state


def take_all(state: LeaseState) -> list[int]:
    taken = []
    while isinstance(step := take_next(state, TODAY), Taken):
        taken.append(step.sequence)
        assert remaining(step.state, TODAY) == remaining(state, TODAY) - 1
        state = step.state
    assert isinstance(step, Exhausted)
    return taken


def test_takes_one_range_after_the_other() -> None:
    assert take_all(lent((5, 7), (20, 21))) == [5, 6, 7, 20, 21]


def test_a_range_after_the_highest_begins_low_again() -> None:
    assert take_all(lent((99_998, 99_999), (1, 2))) == [99_998, 99_999, 1, 2]


def test_without_a_range_nothing_is_given_out() -> None:
    assert take_next(LeaseState(window=7), TODAY) == Exhausted(7)


def test_a_range_is_not_used_after_its_last_day() -> None:
    state = add_lease(LeaseState(window=7), NumberLease(7, 1, 5, until=TODAY), TODAY)
    state = add_lease(state, NumberLease(7, 11, 12), TODAY)
    step = take_next(state, TODAY)
    assert isinstance(step, Taken)
    tomorrow = TODAY + timedelta(days=1)
    assert (remaining(step.state, TODAY), remaining(step.state, tomorrow)) == (6, 2)
    after = take_next(step.state, tomorrow)
    assert isinstance(after, Taken)
    assert after.sequence == 11
    assert remaining(after.state, TODAY) == 1, "nor by a clock that is set back"
    again = NumberLease(7, 1, 5, until=tomorrow + timedelta(days=25))
    assert remaining(add_lease(step.state, again, tomorrow), tomorrow) == 7, "lent once more"


def test_a_repeated_answer_brings_no_number_back() -> None:
    state = lent((1, 2))
    assert add_lease(state, NumberLease(7, 1, 2), TODAY) == state
    for _ in range(2):
        step = take_next(state, TODAY)
        assert isinstance(step, Taken)
        state = step.state
    assert take_next(add_lease(state, NumberLease(7, 1, 2), TODAY), TODAY) == Exhausted(7)


def test_an_overlapping_range_or_another_window_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        lent((1, 10), (10, 20))
    with pytest.raises(AssertionError):
        add_lease(LeaseState(window=7), NumberLease(8, 1, 2), TODAY)


@given(st.lists(st.integers(1, 30), max_size=30), st.data())
def test_no_number_twice(sizes: list[int], data: st.DataObject) -> None:
    state, first, granted, taken = LeaseState(window=7), 1, [], []
    for size in sizes:
        granted.append(NumberLease(7, first, first + size - 1))
        first += size
        state = add_lease(state, granted[-1], TODAY)
        state = add_lease(state, data.draw(st.sampled_from(granted[-5:])), TODAY)
        for _ in range(data.draw(st.integers(0, 40))):
            step = take_next(state, TODAY)
            if isinstance(step, Taken):
                state = step.state
                taken.append(step.sequence)
    assert taken == list(range(1, len(taken) + 1))


@pytest.mark.parametrize(
    ("window", "first", "last"), [(0, 1, 2), (1000, 1, 2), (7, 0, 2), (7, 3, 2), (7, 1, 100_000)]
)
def test_an_impossible_range_is_not_even_decoded(window: int, first: int, last: int) -> None:
    wire = msgspec.json.encode({"window": window, "first": first, "last": last})
    with pytest.raises(msgspec.ValidationError):
        decode(wire, NumberLease)
