"""How long this office usually takes for an item: a figure that travels to the desks."""

from __future__ import annotations

from datetime import date

import msgspec


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """The median of working days from acceptance to decision, over the cases of a year.

    Stops count as the applicant lived through them. `as_of` is the day it was counted on.
    """

    item: str
    median_days: int
    cases: int
    as_of: date


def pace_id(item: str) -> str:
    """The id under which an item's pace stands among the settings."""
    return f"pace:{item}"
