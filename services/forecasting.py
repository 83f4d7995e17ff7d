"""What to tell of the items of a walk-in before anything is received; with the line down too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from clerk.contract.item import Item
from clerk.contract.pace import Pace, pace_id
from clerk.rules.pace import ItemForecast, forecast
from services.calendars import get_calendar
from storage import catalogue
from storage.store import Connection


def forecast_items(
    connection: Connection, items: Sequence[Item], now: datetime
) -> tuple[ItemForecast, ...]:
    """Due date and pace of each item, by what central last said; nothing without a calendar."""
    if not items or catalogue.find_calendar(connection) is None:
        return ()
    calendar = get_calendar(connection)
    return tuple(forecast(one, calendar, now, _find_pace(connection, one.id)) for one in items)


def _find_pace(connection: Connection, item: str) -> Pace | None:
    plain = catalogue.find_setting(connection, pace_id(item))
    return None if plain is None else msgspec.convert(plain, type=Pace)
