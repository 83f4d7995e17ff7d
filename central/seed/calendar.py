"""The State Council's yearly notices as the package chinesecalendar carries them, all its years."""

from __future__ import annotations

from datetime import date, datetime
from importlib.metadata import version

from central.db import catalogue, feed
from central.db.engine import Connection
from central.db.feed import Change
from clerk.contract.calendar import CalendarData
from clerk.decoding import decode


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


def put_calendar(connection: Connection, at: datetime) -> list[Change]:
    """Put this calendar in force unless it is; the caller announces what is returned."""
    data = load_calendar()
    found = catalogue.find_calendar_body(connection)
    if found is not None and _read(found[1]).version == data.version:
        return []
    return [catalogue.add_calendar(connection, data, at)]


def lay_calendar(connection: Connection, at: datetime) -> None:
    """Give a new database a calendar: without one nothing can be dated. A known one stays."""
    if catalogue.find_calendar_body(connection) is None:
        feed.announce(connection, put_calendar(connection, at))


def _read(body: bytes) -> CalendarData:
    return decode(body, CalendarData)
