"""Licences that time ends: the last day is over, or a suspension's last day is."""

from __future__ import annotations

import logging
from functools import partial

from central.acts import recording
from central.calendars import get_calendar
from central.db import audit, catalogue, feed, licences
from central.db.engine import Connection
from central.jobs.by_the_clock import CLOCK
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.log import write_event
from clerk.rules.case import Context
from clerk.rules.case.licence_life import end_by_time

AT_ONCE = 500
_log = logging.getLogger(__name__)


def sweep_licence_ends(central: Central) -> int:
    """Say of each licence that it is over, or holds again; how many. Twice is once."""
    today = central.clock.now().astimezone(OFFICE_ZONE).date()
    ended, after = 0, ""
    while True:
        with central.database.read() as connection:
            if catalogue.find_calendar_body(connection) is None:
                return 0
            over = licences.list_over(connection, today, after, AT_ONCE)
        for case_id in over:
            ended += central.database.commit(partial(_end, central=central, case_id=case_id))
        if len(over) < AT_ONCE:
            break
        after = over[-1]
    if ended:
        write_event(_log, "licences.ended", count=ended)
    return ended


def _end(connection: Connection, central: Central, case_id: str) -> int:
    """Of one case, unless somebody was faster."""
    loaded = recording.load_case(connection, case_id)
    assert loaded is not None, "cases are never deleted"
    now = central.clock.now()
    context = Context(now=now, calendar=get_calendar(connection), user=CLOCK)
    events = end_by_time(loaded[0], context)
    if not events:
        return 0
    moment = recording.Moment(now, context.calendar)
    _, change = recording.record_events(connection, loaded[0], events, moment)
    entry = audit.Entry(at=now, actor=CLOCK.id, action="licence.ended", subject=case_id)
    audit.append(connection, entry)
    feed.announce(connection, (change,))
    return 1
