"""Gaps in document numbers: runs of one reason each, and nothing passed over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clerk.rules.number_gaps import GapReason, LeftOut, find_gaps

RESTORES = (LeftOut(5, 1004, "2026-06-02"), LeftOut(1006, 1010, "2026-06-03"))


def test_what_restores_left_out_is_explained_and_the_rest_is_not() -> None:
    given_out = {1, 2, 4, 7, 1005, 1011}
    told = [
        (one.first, one.last, one.reason, one.day) for one in find_gaps(1012, given_out, RESTORES)
    ]
    restored, unknown = GapReason.RESTORED, GapReason.UNKNOWN
    assert told == [
        (3, 3, unknown, ""),
        (5, 6, restored, "2026-06-02"),
        (8, 1004, restored, "2026-06-02"),
        (1006, 1010, restored, "2026-06-03"),
        (1012, 1012, unknown, ""),
    ]


@given(st.integers(0, 60), st.sets(st.integers(1, 60)), st.integers(0, 60), st.integers(0, 20))
def test_each_number_is_out_or_in_one_gap(
    last: int, given_out: set[int], first: int, many: int
) -> None:
    gaps = find_gaps(last, given_out, [LeftOut(first, first + many, "")])
    missing = [n for gap in gaps for n in range(gap.first, gap.last + 1)]
    assert missing == [n for n in range(1, last + 1) if n not in given_out]
