"""Licences that time ends: the last day is over, or a suspension's last day is."""

from __future__ import annotations

import logging
from functools import partial

from central.db import catalogue, licences
from central.db.engine import Connection
from central.jobs import by_the_clock
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.log import write_event
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
    case, context = by_the_clock.load(connection, case_id, central.clock.now())
    events = end_by_time(case, context)
    if not events:
        return 0
    by_the_clock.record(connection, case, context, events, ("licence.ended", {}))
    return 1
