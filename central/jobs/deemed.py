"""Deemed acceptance (视为受理): nobody acted in five days, so the law has (Art. 32(4))."""

from __future__ import annotations

import logging
from functools import partial

from central.acts import recording
from central.calendars import get_calendar
from central.db import audit, cases, counters, feed
from central.db.engine import Connection
from central.jobs.by_the_clock import CLOCK
from central.restoring import end_mending, find_mending
from central.service import Central
from clerk.contract.case import Stage
from clerk.contract.user import CLOCK_ACTOR
from clerk.log import write_event
from clerk.rules.case import Context
from clerk.rules.case.counter import deemed_acceptance, five_days_over
from clerk.sync.restoring import may_deem

_log = logging.getLogger(__name__)


def sweep_deemed(central: Central) -> int:
    """Accept all cases whose five days are over; how many there were. Twice is once."""
    now = central.clock.now()
    today = now.date()
    with central.database.read() as connection:
        if not may_deem(mending=find_mending(connection, now) is not None):
            return 0
        was_mending = counters.is_skipping(connection)
        due = cases.list_five_days_over(connection, today)
    if was_mending:
        central.database.commit(partial(end_mending, now=now))
    accepted = 0
    for case_id in due:
        accepted += central.database.commit(partial(_accept, central=central, case_id=case_id))
    if accepted:
        central.metrics.count("clerk_deemed_total", accepted)
        write_event(_log, "deemed.accepted", count=accepted)
    return accepted


def _accept(connection: Connection, central: Central, case_id: str) -> int:
    """Accept one, unless somebody acted meanwhile."""
    loaded = recording.load_case(connection, case_id)
    assert loaded is not None, "cases are never deleted"
    case, now = loaded[0], central.clock.now()
    context = Context(now=now, calendar=get_calendar(connection), user=CLOCK)
    if case.stage is not Stage.RECEIVED or not five_days_over(case, context):
        return 0
    moment = recording.Moment(now, context.calendar)
    event = deemed_acceptance(case, context)
    _, change = recording.record_events(connection, case, (event,), moment)
    entry = audit.Entry(at=now, actor=CLOCK_ACTOR.user, action="deemed.accepted", subject=case_id)
    audit.append(connection, entry)
    feed.announce(connection, (change,))
    return 1
