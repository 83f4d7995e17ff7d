"""The real calendar for tests, from the package that the project depends on for it."""

from __future__ import annotations

from chinese_calendar import constants

from clerk.contract.calendar import CalendarData
from clerk.rules.calendar import WorkCalendar

REAL_DATA = CalendarData(
    version="test",
    first_year=2004,
    last_year=2026,
    holidays=tuple(sorted(constants.holidays)),
    makeup_workdays=tuple(sorted(constants.workdays)),
)
REAL_CALENDAR = WorkCalendar(REAL_DATA)
