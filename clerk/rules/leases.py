"""Taking case numbers from the ranges that central lent to a desk (see clerk.contract.numbers)."""

from __future__ import annotations

from datetime import date

import msgspec

from clerk.contract.numbers import NumberLease

_REMEMBERED = 16
"""Ranges used up that a desk still knows, so that a repeated answer brings none back."""


class LeaseState(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk holds for one window. `taken` is the last number used of the first range."""

    window: int
    leases: tuple[NumberLease, ...] = ()
    taken: int = 0
    spent: tuple[NumberLease, ...] = ()


class Taken(msgspec.Struct, frozen=True):
    """A sequence number and what is left; store `state` before the number is shown to anyone."""

    window: int
    sequence: int
    state: LeaseState


class Exhausted(msgspec.Struct, frozen=True):
    """Nothing is left: no case can be received at this window until central lends more."""

    window: int
    code: str = "numbers.exhausted"


def take_next(state: LeaseState, today: date) -> Taken | Exhausted:
    """The next sequence number of the window, from a range that may be used today."""
    state = _without_stale(state, today)
    if not state.leases:
        return Exhausted(state.window)
    lease = state.leases[0]
    sequence = max(state.taken + 1, lease.first)
    if sequence < lease.last:
        return Taken(state.window, sequence, msgspec.structs.replace(state, taken=sequence))
    left = msgspec.structs.replace(
        state,
        leases=state.leases[1:],
        taken=0,
        spent=(*state.spent, lease)[-_REMEMBERED:],
    )
    return Taken(state.window, sequence, left)


def remaining(state: LeaseState, day: date) -> int:
    """How many of its numbers the desk can give out on a day."""
    state = _without_stale(state, day)
    held = sum(lease.last - lease.first + 1 for lease in state.leases)
    used = state.taken - state.leases[0].first + 1 if state.leases and state.taken else 0
    return held - used


def add_lease(state: LeaseState, lease: NumberLease, today: date) -> LeaseState:
    """Take in a range from central; one that is already known changes nothing.

    An answer can come twice, and a number must not.
    """
    assert lease.window == state.window, "a range is lent for one window"
    if lease in state.leases or lease in state.spent:
        return state
    state = _without_stale(state, today)
    overlapping = [held for held in state.leases if _overlap(held, lease)]
    assert not overlapping, "central lends a range once"
    return msgspec.structs.replace(state, leases=(*state.leases, lease))


def _without_stale(state: LeaseState, day: date) -> LeaseState:
    """Without the ranges whose time is over: another desk may have their numbers soon."""
    kept = tuple(one for one in state.leases if one.until is None or day <= one.until)
    if kept == state.leases:
        return state
    stale = tuple(one for one in state.leases if one not in kept)
    taken = state.taken if kept[:1] == state.leases[:1] else 0
    spent = (*state.spent, *stale)[-_REMEMBERED:]
    return msgspec.structs.replace(state, leases=kept, taken=taken, spent=spent)


def _overlap(one: NumberLease, other: NumberLease) -> bool:
    return one.first <= other.last and other.first <= one.last
