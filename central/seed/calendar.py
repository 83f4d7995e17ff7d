"""The State Council's yearly notices as the package chinesecalendar carries them, all its years."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from clerk.contract.calendar import CalendarData


def load_calendar() -> CalendarData:
    """The calendar of every year that the package knows; its version tells where it came from."""
    from chinese_calendar import constants

    holidays: dict[date, str] = constants.holidays
    makeup_workdays: dict[date, str] = constants.workdays
    first, last = min(holidays).year, max(holidays).year
    return CalendarData(
        version=f"chinesecalendar-{version('chinesecalendar')}-{first}-{last}",
        first_year=first,
        last_year=last,
        holidays=tuple(sorted(holidays)),
        makeup_workdays=tuple(sorted(makeup_workdays)),
    )
