"""What to tell at the counter before acceptance: the due date, and the usual time it takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from statistics import median_high

import msgspec

from clerk.contract.item import Item
from clerk.contract.pace import Pace
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.timing import forecast_due
from clerk.rules.flow import terms_of

FEWEST_CASES = 5
"""Of fewer cases no median is told: it would speak of single people."""


class ItemForecast(msgspec.Struct, frozen=True, kw_only=True):
    """When an item would be due if it were accepted now. `uncertain`: beyond the calendar."""

    item: str
    item_name: str
    due_on: date
    uncertain: bool
    pace: Pace | None = None


def pace_of(
    item: str, decided: Iterable[tuple[date, date]], calendar: WorkCalendar, as_of: date
) -> Pace | None:
    """The pace of an item from its days of acceptance and decision; none of too few cases.

    Of an even number the longer middle one is told: an applicant is not promised too much.
    """
    taken = [calendar.working_days_between(began, ended) for began, ended in decided]
    if len(taken) < FEWEST_CASES:
        return None
    return Pace(item=item, median_days=median_high(taken), cases=len(taken), as_of=as_of)


def forecast(item: Item, calendar: WorkCalendar, now: datetime, pace: Pace | None) -> ItemForecast:
    """What to tell of one item."""
    deadline = forecast_due(terms_of(item), calendar, now)
    return ItemForecast(
        item=item.id,
        item_name=item.name,
        due_on=deadline.due_on,
        uncertain=deadline.forecast,
        pace=pace,
    )
