"""A desk's cache and central's view of it, compared."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.sync import Digest
from clerk.sync.desk import DeskState
from clerk.sync.digest import Comparison, compare, sum_rows

ROWS = [("case", "a", 1), ("case", "b", 2), ("item", "a", 1)]
STATE = DeskState(generation="g", cursor=7, scope_version=2, greeted=True)
COUNT, VALUE = sum_rows(ROWS)
THEIRS = Digest(generation="g", position=7, count=COUNT, value=VALUE, scope_version=2)


def test_the_sum_knows_no_order() -> None:
    assert sum_rows(ROWS[::-1]) == sum_rows(ROWS)
    assert sum_rows([]) == (0, "0" * 32)


@pytest.mark.parametrize("k", range(3))
def test_any_difference_shows(k: int) -> None:
    kind, entity, version = ROWS[k]
    for other in ((kind, entity, version + 1), (kind, entity + "x", version)):
        rows = [*ROWS[:k], other, *ROWS[k + 1 :]]
        assert compare(STATE, rows, THEIRS) is Comparison.DIFFERENT
    assert compare(STATE, ROWS[:k] + ROWS[k + 1 :], THEIRS) is Comparison.DIFFERENT
    assert compare(STATE, ROWS, THEIRS) is Comparison.SAME


@pytest.mark.parametrize(
    "state",
    [
        replace(STATE, cursor=6),
        replace(STATE, generation="h"),
        replace(STATE, scope_version=1),
        replace(STATE, bootstrapping=True),
    ],
)
def test_only_what_was_read_at_one_position_is_compared(state: DeskState) -> None:
    assert compare(state, [], THEIRS) is Comparison.NOT_YET
