"""Whether an item was offered on the day of a receipt, whatever became of it afterwards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from clerk.clock import OFFICE_ZONE
from clerk.rules.offering import Effective, withdrawn_since

DAY = date(2026, 7, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def at(day: date, hour: int = 0) -> datetime:
    return datetime.combine(day, time(hour), OFFICE_ZONE)


FIRST = Effective(at(date(2026, 1, 1)), withdrawn=False)
GONE = Effective(at(DAY), withdrawn=True)
GONE_AT_TEN = Effective(at(DAY, 10), withdrawn=True)
BACK_AT_TEN = Effective(at(AFTER, 10), withdrawn=False)


@pytest.mark.parametrize(
    ("versions", "day", "since"),
    [
        ((), DAY, None),
        ((FIRST,), DAY, None),
        ((FIRST, GONE), BEFORE, None),
        ((FIRST, GONE), DAY, DAY),
        ((FIRST, GONE), AFTER, DAY),
        ((FIRST, GONE_AT_TEN), DAY, None),
        ((FIRST, GONE_AT_TEN), AFTER, DAY),
        ((FIRST, GONE, Effective(at(DAY, 9), withdrawn=True)), AFTER, DAY),
        ((FIRST, GONE, BACK_AT_TEN), DAY, DAY),
        ((FIRST, GONE, BACK_AT_TEN), AFTER, None),
        ((FIRST, GONE_AT_TEN, Effective(at(DAY, 11), withdrawn=False)), DAY, None),
        ((FIRST, GONE), date(2025, 12, 1), None),
    ],
)
def test_the_day_of_the_receipt_decides(
    versions: tuple[Effective, ...], day: date, since: date | None
) -> None:
    assert withdrawn_since(versions, day) == since
