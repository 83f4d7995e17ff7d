"""Whether an item was offered on the day of a receipt, whatever became of it afterwards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.item import Bundle
from clerk.rules.offering import Effective, may_begin, withdrawn_since

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


def test_an_application_begins_before_the_withdrawal_and_after_the_return() -> None:
    first, second = (
        datetime(2026, 6, 10, tzinfo=OFFICE_ZONE),
        datetime(2026, 7, 1, tzinfo=OFFICE_ZONE),
    )
    plain = Bundle(id="b", version=1, name="甲", lead_department="d", stages=(), nodes=())
    gone = replace(plain, withdrawn_at=first)
    back = replace(gone, offered_at=second)
    moment = timedelta(minutes=1)
    assert may_begin(plain, first)
    assert [may_begin(gone, at) for at in (first - moment, first, second)] == [True, False, False]
    assert [may_begin(back, at) for at in (second - moment, second)] == [False, True]
