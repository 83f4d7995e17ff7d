"""Ranges of case numbers that central lends to a desk, so that a receipt needs no line."""

from __future__ import annotations

from datetime import date

import msgspec

LAST_WINDOW = 999
LAST_SEQUENCE = 99_999
"""The highest sequence number of a window; the numbers are a ring (clerk.sync.lending)."""


class NumberLease(msgspec.Struct, frozen=True):
    """Sequence numbers `first` to `last`, both included, that one desk alone may use at a window.

    What a desk does not use is lost: a gap harms nobody, a number given twice does. `until` is
    the last day on which it may be used, for its numbers are lent again some day.
    """

    window: int
    first: int
    last: int
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a range that cannot be printed in a case number, also when it comes decoded."""
        if not 1 <= self.window <= LAST_WINDOW:
            message = "a window has three digits"
            raise ValueError(message)
        if not 1 <= self.first <= self.last <= LAST_SEQUENCE:
            message = "a range of sequence numbers runs upward from 1"
            raise ValueError(message)
