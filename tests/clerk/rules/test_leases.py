"""No sequence number is ever given out twice, and none beyond the range."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.numbers import NumberLease
from clerk.rules.leases import (
    Exhausted,
    LeaseState,
    Taken,
    add_lease,
    needs_more,
    remaining,
    take_next,
)


def lent(*ranges: tuple[int, int]) -> LeaseState:
    state = LeaseState(window=7)
    for first, last in ranges:
        state = add_lease(state, NumberLease(7, first, last))
    return state


def take_all(state: LeaseState) -> list[int]:
    taken = []
    while isinstance(step := take_next(state), Taken):
        taken.append(step.sequence)
        assert remaining(step.state) == remaining(state) - 1
        state = step.state
    assert isinstance(step, Exhausted)
    return taken


def test_takes_one_range_after_the_other() -> None:
    assert take_all(lent((5, 7), (20, 21))) == [5, 6, 7, 20, 21]


def test_a_range_after_the_highest_begins_low_again() -> None:
    assert take_all(lent((99_998, 99_999), (1, 2))) == [99_998, 99_999, 1, 2]


def test_without_a_range_nothing_is_given_out() -> None:
    assert take_next(LeaseState(window=7)) == Exhausted(7)


def test_asks_for_more_in_time() -> None:
    state = lent((1, 10))
    assert not needs_more(state, 10)
    step = take_next(state)
    assert isinstance(step, Taken)
    assert needs_more(step.state, 10)


def test_a_repeated_answer_brings_no_number_back() -> None:
    state = lent((1, 2))
    assert add_lease(state, NumberLease(7, 1, 2)) == state
    for _ in range(2):
        step = take_next(state)
        assert isinstance(step, Taken)
        state = step.state
    assert take_next(add_lease(state, NumberLease(7, 1, 2))) == Exhausted(7)


def test_an_overlapping_range_or_another_window_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        lent((1, 10), (10, 20))
    with pytest.raises(AssertionError):
        add_lease(LeaseState(window=7), NumberLease(8, 1, 2))


@given(st.lists(st.integers(1, 30), max_size=30), st.data())
def test_no_number_twice(sizes: list[int], data: st.DataObject) -> None:
    state, first, granted, taken = LeaseState(window=7), 1, [], []
    for size in sizes:
        granted.append(NumberLease(7, first, first + size - 1))
        first += size
        state = add_lease(state, granted[-1])
        state = add_lease(state, data.draw(st.sampled_from(granted[-5:])))
        for _ in range(data.draw(st.integers(0, 40))):
            step = take_next(state)
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
        msgspec.json.decode(wire, type=NumberLease)
