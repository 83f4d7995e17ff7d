"""Comparing the looks of each day with the applications that came of them, once they had time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from central.db import feed, findings, lookups, meta
from central.db.engine import Connection
from central.registers.followed import follow
from central.restoring import find_mending
from central.service import Central
from central.watching.policy import get_policy
from clerk.clock import OFFICE_ZONE, begin_of_day
from clerk.rules.clock.moments import day_of
from clerk.rules.supervision.patterns import ActiveRules
from clerk.rules.supervision.unneeded import FOLLOWED_WITHIN, find_unneeded

FOLLOWED = "looks_followed"
"""The last day whose looks were compared, among the single facts of the database."""

_DAY = timedelta(days=1)
_BACK = timedelta(days=30)
"""How far back the first comparison goes."""


def sweep_looks(central: Central) -> int:
    """Tell the auditor of each day's looks that nothing came of; how many findings. Twice is once.

    After a restore it waits: the receipt that a look was for may still be on its way.
    """
    now = central.clock.now()
    newest = (now - FOLLOWED_WITHIN).astimezone(OFFICE_ZONE).date() - _DAY
    with central.database.read() as connection:
        if find_mending(connection, now) is not None:
            return 0
        told = meta.find(connection, FOLLOWED)
    day = date.fromisoformat(told) + _DAY if told else newest - _BACK
    found = 0
    while day <= newest:
        day, new = central.database.commit(partial(_follow_next, day=day, newest=newest, now=now))
        found += new
        day += _DAY
    return found


def _follow_next(
    connection: Connection, day: date, newest: date, now: datetime
) -> tuple[date, int]:
    """Compare the looks of the first day from this one on that has any; which, and how many told.

    Where no day has any, the newest one is compared, and all before it are done with.
    """
    first = lookups.find_first(connection, begin_of_day(day), begin_of_day(newest + _DAY))
    day = newest if first is None else day_of(first)
    return day, _follow_day(connection, day, now)


def _follow_day(connection: Connection, day: date, now: datetime) -> int:
    begin = begin_of_day(day)
    rules = ActiveRules(get_policy(connection).patterns)
    found = find_unneeded(follow(connection, begin, begin + _DAY), rules)
    new = findings.add(connection, found, now)
    meta.put(connection, FOLLOWED, day.isoformat())
    feed.announce(connection, [findings.change_of(one) for one in new])
    return len(new)
