"""Whether an item was offered on a day: the day of the receipt decides, not that of its arrival.

An applicant who was given a receipt in good faith, with the line down, is not turned away because
the item was withdrawn before the receipt reached central (信赖保护, 行政许可法 Art. 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec

from clerk.clock import OFFICE_ZONE, begin_of_day
from clerk.contract.item import Bundle


def may_begin(bundle: Bundle, at: datetime) -> bool:
    """Whether an application of a bundle may begin at a moment, that of its first receipt.

    One that is open goes on under its version, whatever became of the bundle.
    """
    if bundle.withdrawn_at is None or at < bundle.withdrawn_at:
        return True
    return bundle.offered_at is not None and at >= bundle.offered_at


class Effective(msgspec.Struct, frozen=True):
    """A version of an item: since when it is in force, and whether it withdraws the item."""

    at: datetime
    withdrawn: bool


def withdrawn_since(versions: Sequence[Effective], day: date) -> date | None:
    """Since which day an item is offered no more, if at no moment of that day it was.

    `versions` by number, the oldest first; before the first one nobody could have withdrawn it.
    On a day in whose midst it was withdrawn or offered again, it was offered.
    """
    begin = begin_of_day(day)
    end = begin + timedelta(days=1)
    so_far = [one for one in versions if one.at < end]
    if not so_far or not so_far[-1].withdrawn:
        return None
    for one, following in pairwise(so_far):
        if not one.withdrawn and following.at > begin:
            return None
    since = so_far[-1].at
    for one in reversed(so_far):
        if not one.withdrawn:
            break
        since = one.at
    return since.astimezone(OFFICE_ZONE).date()
