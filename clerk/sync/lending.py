"""Which case numbers a window lends next: a place on a ring that moves on with the clock.

Whoever restores central from a backup knows neither what was lent since nor how often that backup
was restored before, and a desk that holds a range may be away for days. Only the clock goes on
through all of it. So every number has its moment: it is lent at that moment or up to a week after,
never before, and a restored central leaves out all whose moment had come. Thus no two generations
lend the same one, whatever backups they came from. The ring is so long that a range is out of use,
also at a desk that is away, before its numbers come again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.numbers import LAST_SEQUENCE

TICK = timedelta(seconds=30)
"""How far apart the moments of two numbers are: 2,880 a day, a ring of 34 days."""

LENT_LATE = 20_000
"""How many numbers a window may be behind: a week's, for mornings when all ask at once."""

LEFT_OUT = 10
"""Numbers more that a restored central leaves out: its clock may be five minutes slower."""

FEWEST = 10
"""Fewer are not lent where more are asked for: the desk asks again in some minutes."""

USABLE_FOR = timedelta(days=25)
"""How long a desk may use a range; its numbers come again after 27 days at the earliest."""


class Lent(msgspec.Struct, frozen=True, kw_only=True):
    """What central knows of a window: the last number lent, and when; 0 where there is none.

    `since` is a moment that no restore changes, before the first range was lent anywhere.
    """

    since: datetime
    restored_at: datetime | None = None
    newest: int = 0
    newest_at: datetime | None = None


def next_range(lent: Lent, amount: int, now: datetime) -> tuple[int, int] | None:
    """The numbers to lend, both ends included; nothing where too few have had their moment."""
    ripe = _ripe(lent.since, now)
    before = [ripe - LENT_LATE]
    if lent.newest and lent.newest_at is not None:
        at = min(lent.newest_at, now)  # a clock that was fast is put right
        before.append(_place_of(lent.newest, _ripe(lent.since, at)))
    if lent.restored_at is not None:
        before.append(_ripe(lent.since, lent.restored_at) + LEFT_OUT)
    first = max(before) + 1
    fewest = min(FEWEST, amount)
    if _left_in_round(first) < fewest:
        first += _left_in_round(first)  # a range does not run over the end of the ring
    count = min(amount, ripe - first + 1, _left_in_round(first))
    if count < fewest:
        return None
    sequence = _sequence_of(first)
    return sequence, sequence + count - 1


def usable_until(now: datetime) -> date:
    """The last day, by the office's calendar, on which a desk uses what it is lent now."""
    return (now + USABLE_FOR).astimezone(OFFICE_ZONE).date()


def _ripe(since: datetime, at: datetime) -> int:
    """The place of the last number whose moment has come."""
    return LENT_LATE + (at - since) // TICK


def _sequence_of(place: int) -> int:
    return (place - 1) % LAST_SEQUENCE + 1


def _place_of(sequence: int, ripe: int) -> int:
    """The newest place of a number that was lent when `ripe` had its moment."""
    return ripe - (_sequence_of(ripe) - sequence) % LAST_SEQUENCE


def _left_in_round(place: int) -> int:
    return LAST_SEQUENCE - _sequence_of(place) + 1
