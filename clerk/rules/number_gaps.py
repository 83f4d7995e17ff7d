"""Gaps in consecutive numbers of documents, each with its reason where there is one (文书号)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

import msgspec


class GapReason(StrEnum):
    """Why numbers were never given out."""

    RESTORED = "restored"
    """A restore left them out: they might have been out on paper."""
    UNKNOWN = "unknown"
    """Nothing explains it; somebody has to look."""


class LeftOut(msgspec.Struct, frozen=True):
    """Numbers that a restore left out of a series, both included, and on which day."""

    first: int
    last: int
    day: str


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers that no paper bears, both included."""

    first: int
    last: int
    reason: GapReason
    day: str = ""


def find_gaps(last: int, given: Collection[int], left_out: Sequence[LeftOut]) -> tuple[Gap, ...]:
    """What of 1 to `last` no paper bears, in runs of one reason each."""
    known = frozenset(given)
    gaps: list[Gap] = []
    for n in range(1, last + 1):
        if n in known:
            continue
        why = next((one for one in left_out if one.first <= n <= one.last), None)
        reason = GapReason.RESTORED if why else GapReason.UNKNOWN
        day = why.day if why else ""
        before = gaps[-1] if gaps else None
        if before and (before.last, before.reason, before.day) == (n - 1, reason, day):
            gaps[-1] = msgspec.structs.replace(before, last=n)
        else:
            gaps.append(Gap(first=n, last=n, reason=reason, day=day))
    return tuple(gaps)
