"""The board is read page by page, as far as somebody has gone in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clerk.contract.case import Stage
from clerk.contract.supervision import WatchedCase, WatchedPage
from services.supervision import BoardQuery, Supervision


class ThreePages(Supervision):
    """A board of central's with three pages of two cases each."""

    def __init__(self) -> None:
        """It asks nobody."""

    def cases(self, query: BoardQuery) -> WatchedPage:
        """One page: its key is how many cases lie before it."""
        begins = int(query.after or 0)
        cases = tuple(_case(begins + n) for n in range(2))
        return WatchedPage(cases=cases, next_key=str(begins + 2) if begins < 4 else "")


@pytest.mark.parametrize(
    ("rows", "read", "next_key"), [(1, 2, "2"), (2, 2, "2"), (3, 4, "4"), (9, 6, "")]
)
def test_a_board_is_read_as_far_as_somebody_has_gone(rows: int, read: int, next_key: str) -> None:
    page = ThreePages().cases_as_far(BoardQuery(), rows)
    assert [one.id for one in page.cases] == [str(n) for n in range(read)]
    assert page.next_key == next_key


def _case(number: int) -> WatchedCase:
    return WatchedCase(
        id=str(number),
        number="",
        item_name="",
        department="",
        window="",
        stage=Stage.ACCEPTED,
        light="",
        statutory_light="",
        received_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
