"""How long each item usually takes, counted once a day and told to the desks."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from functools import partial

import msgspec

from central.calendars import get_calendar
from central.db import cases, feed, meta, settings
from central.db.engine import Connection
from central.service import Central
from clerk.contract.pace import Pace, pace_id
from clerk.log import write_event
from clerk.rules.pace import pace_of

OVER = timedelta(days=365)
"""The cases decided in this time are counted."""

_REFRESH = timedelta(days=30)
_COUNTED_ON = "paces_counted_on"
_log = logging.getLogger(__name__)


def sweep_paces(central: Central) -> int:
    """Count the paces anew, once a day; how many were told. Twice is once."""
    today = central.clock.now().date()
    with central.database.read() as connection:
        if meta.find(connection, _COUNTED_ON) == today.isoformat():
            return 0
        counted = _count(connection, today)
    told = central.database.commit(partial(_tell, paces=counted, central=central))
    if told:
        write_event(_log, "paces.told", count=told)
    return told


def _count(connection: Connection, today: date) -> list[Pace]:
    calendar = get_calendar(connection)
    days: dict[str, list[tuple[date, date]]] = {}
    for item, accepted_on, decided_on in cases.iterate_decided(connection, today - OVER):
        days.setdefault(item, []).append((accepted_on, decided_on))
    found = (pace_of(item, decided, calendar, today) for item, decided in days.items())
    return [pace for pace in found if pace is not None]


def _tell(connection: Connection, paces: list[Pace], central: Central) -> int:
    """Put those that differ, or are old, unless another worker was faster."""
    now = central.clock.now()
    today = now.date()
    if meta.find(connection, _COUNTED_ON, lock=True) == today.isoformat():
        return 0
    meta.put(connection, _COUNTED_ON, today.isoformat())
    changes = [
        settings.put(connection, pace_id(pace.item), pace, now)
        for pace in paces
        if _is_news(settings.find_body(connection, pace_id(pace.item)), pace)
    ]
    if changes:
        feed.announce(connection, changes)
    return len(changes)


def _is_news(body: bytes | None, pace: Pace) -> bool:
    """Whether desks have to hear: another median, or one counted more than a month ago."""
    if body is None:
        return True
    known = msgspec.json.decode(body, type=Pace)
    return known.median_days != pace.median_days or pace.as_of - known.as_of >= _REFRESH
