"""How long an item usually takes this office, as central counts it and desks tell it (通常用时)."""

from __future__ import annotations

from datetime import date

import msgspec


class UsualTime(msgspec.Struct, frozen=True, kw_only=True):
    """What the decided cases of an item took, in counted working days from acceptance.

    `decided` is how many cases were looked at, `counted_on` the day since which the figures are
    these. Half of the cases were decided within `median_days`, nine in ten within `slow_days`;
    both are None where there are too few cases to say anything.
    """

    item: str
    decided: int
    counted_on: date
    median_days: int | None = None
    slow_days: int | None = None
