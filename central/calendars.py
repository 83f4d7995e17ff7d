"""The calendar in force with the office's choices, numbered once per process."""

from __future__ import annotations

from functools import lru_cache

from central.db import catalogue, settings
from central.db.engine import Connection
from clerk.contract.calendar import CalendarData
from clerk.contract.setting import CLOCK_CHOICES, ClockChoices
from clerk.decoding import decode
from clerk.errors import StoreError
from clerk.rules.calendar import WorkCalendar


def get_calendar(connection: Connection) -> WorkCalendar:
    """The calendar that decisions are made with now."""
    found = catalogue.find_calendar_body(connection)
    if found is None:
        raise StoreError("calendar.none")
    return _number(found[1], settings.find_body(connection, CLOCK_CHOICES) or b"{}")


@lru_cache(maxsize=4)
def _number(body: bytes, choices: bytes) -> WorkCalendar:
    return WorkCalendar(
        decode(body, CalendarData),
        decode(choices, ClockChoices),
    )
