"""UUID version 7."""

from __future__ import annotations

import os
from random import Random
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.ids import new_id, read_time_ms

moments = st.integers(0, (1 << 48) - 1)
chances = st.binary(min_size=10, max_size=10)


@given(moments, chances)
def test_is_a_uuid_of_version_7_with_its_time(now_ms: int, chance: bytes) -> None:
    identifier = new_id(now_ms, lambda count: chance[:count])
    assert UUID(identifier).version == 7
    assert UUID(identifier).variant == RFC_4122
    assert str(UUID(identifier)) == identifier
    assert read_time_ms(identifier) == now_ms


@given(moments, moments, chances, chances)
def test_sorts_by_time(one: int, other: int, chance: bytes, luck: bytes) -> None:
    if one < other:
        assert new_id(one, lambda _: chance) < new_id(other, lambda _: luck)


def test_all_74_random_bits_are_used() -> None:
    chances_by_bit = [(1 << bit).to_bytes(10, "big") for bit in range(74)]
    made = {new_id(1, lambda _, chance=chance: chance) for chance in chances_by_bit}  # type: ignore[misc]
    assert len(made) == 74


def test_differ_within_a_millisecond() -> None:
    assert len({new_id(1, os.urandom) for _ in range(1000)}) == 1000


def test_a_seed_repeats_them() -> None:
    assert new_id(1, Random(5).randbytes) == new_id(1, Random(5).randbytes)
