"""What came in and what was decided day by day: the curve that a manager looks at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from clerk.contract.report import CaseFact, Period


class Day(msgspec.Struct, frozen=True):
    """One day of a period."""

    day: date
    received: int
    decided: int


def daily(facts: Iterable[CaseFact], period: Period) -> tuple[Day, ...]:
    """Every day of the period, those without anything too, counted as the figures beside them."""
    known = tuple(facts)
    received = Counter(one.received_on for one in known)
    decided = Counter(one.decided_on for one in known)
    length = (period.last - period.first).days + 1
    days = [period.first + timedelta(days=at) for at in range(length)]
    return tuple(Day(one, received[one], decided[one]) for one in days)
