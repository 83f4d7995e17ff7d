"""Time limits of items and steps."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Unit(StrEnum):
    """What a limit counts. Working days are the default of the law (行政许可法 Art. 82)."""

    WORKING_DAYS = "working_days"
    NATURAL_DAYS = "natural_days"
    WORKING_HOURS = "working_hours"
    NATURAL_HOURS = "natural_hours"


class Limit(msgspec.Struct, frozen=True):
    """An amount of time in one unit; 0 is an instant item, done on the spot."""

    amount: int
    unit: Unit = Unit.WORKING_DAYS
