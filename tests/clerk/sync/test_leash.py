"""The leash warns from 70 % on, and holds at the limit, each with its own reason."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.sync.leash import Limits, Load, Reach, find_refusal, judge

LIMITS = Limits(unsent_cases=100, catalogue_days=10, free_mib=700)
EASY = Load(unsent_cases=0, catalogue_days=0, free_mib=10_000)


def test_nothing_strains_an_easy_day() -> None:
    assert judge(EASY, LIMITS) == ()
    assert find_refusal(EASY, LIMITS) is None


@pytest.mark.parametrize(
    ("field", "code", "well", "near", "over"),
    [
        ("unsent_cases", "leash.unsent", 69, 70, 100),
        ("catalogue_days", "leash.catalogue", 6, 7, 10),
        ("free_mib", "leash.disk", 1001, 1000, 700),
    ],
)
def test_each_limit_warns_and_then_holds(
    field: str, code: str, well: int, near: int, over: int
) -> None:
    assert judge(replace(EASY, **{field: well}), LIMITS) == ()
    (warned,) = judge(replace(EASY, **{field: near}), LIMITS)
    assert (warned.code, warned.reach, warned.have) == (code, Reach.NEAR, near)
    assert find_refusal(replace(EASY, **{field: near}), LIMITS) is None
    held = find_refusal(replace(EASY, **{field: over}), LIMITS)
    assert held is not None
    assert (held.code, held.reach) == (code, Reach.OVER)
