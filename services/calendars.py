"""The office's calendar with its choices, numbered once for each version of them."""

from __future__ import annotations

import functools

from clerk.contract.calendar import CalendarData
from clerk.contract.setting import ClockChoices
from clerk.rules.calendar import WorkCalendar
from storage import catalogue
from storage.store import Connection


def get_calendar(connection: Connection) -> WorkCalendar:
    """The calendar in force. Raises StoreError `calendar.unknown` before the first bootstrap."""
    return _number(catalogue.get_calendar(connection), catalogue.get_choices(connection))


@functools.lru_cache(maxsize=4)
def _number(data: CalendarData, choices: ClockChoices) -> WorkCalendar:
    return WorkCalendar(data, choices)
