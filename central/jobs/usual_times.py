"""How long each item usually takes, counted anew once a day and told to the desks."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from functools import partial

from central.db import catalogue, dialect, feed, meta, usual_times
from central.db.engine import Connection
from central.db.schema import meta as meta_table
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.contract.usual_time import UsualTime
from clerk.log import write_event
from clerk.rules.usual_time import LOOKED_BACK_MONTHS, MOST_CASES, measure

_log = logging.getLogger(__name__)

_COUNTED_ON = "usual_times_on"
_AT_ONCE = 100
_DAYS_A_YEAR = 365


def sweep_usual_times(central: Central) -> int:
    """Count all items, once on each day; how many have other figures than before."""
    today = central.clock.now().astimezone(OFFICE_ZONE).date()
    since = _looked_back(today)
    with central.database.read() as connection:
        if catalogue.find_calendar_body(connection) is None or _is_counted(connection, today):
            return 0
        items = usual_times.list_items(connection, since)
    central.database.commit(_lay_turn)
    changed = 0
    for first in range(0, len(items), _AT_ONCE):
        some = items[first : first + _AT_ONCE]
        changed += central.database.commit(partial(_count, items=some, since=since, today=today))
    central.database.commit(lambda connection: meta.put(connection, _COUNTED_ON, today.isoformat()))
    if changed:
        write_event(_log, "usual_times.changed", count=changed)
    return changed


def _looked_back(today: date) -> date:
    return today - timedelta(days=_DAYS_A_YEAR * LOOKED_BACK_MONTHS // 12)


def _is_counted(connection: Connection, today: date) -> bool:
    return meta.find(connection, _COUNTED_ON) == today.isoformat()


def _lay_turn(connection: Connection) -> None:
    dialect.add_unless_there(connection, meta_table, {"key": _COUNTED_ON, "value": ""})


def _count(connection: Connection, items: tuple[str, ...], since: date, today: date) -> int:
    """Count some items; whoever else sweeps waits, and then finds nothing that is new."""
    meta.find(connection, _COUNTED_ON, lock=True)
    known = usual_times.find(connection, items)
    changes = []
    for item in items:
        spent = usual_times.list_spent(connection, item, since, MOST_CASES)
        told = measure(item, spent, today)
        version, before = known.get(item, (0, None))
        if not _says_the_same(told, before):
            changes.append(usual_times.put(connection, told, version + 1))
    feed.announce(connection, changes)
    return len(changes)


def _says_the_same(told: UsualTime, before: UsualTime | None) -> bool:
    """Whether the figures are those of before, whatever the day: then desks need not hear."""
    if before is None:
        return not told.decided
    figures = (told.decided, told.median_days, told.slow_days)
    return figures == (before.decided, before.median_days, before.slow_days)
