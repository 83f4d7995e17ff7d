"""Special procedures past their planned days (Art. 45): ended by themselves, or reported."""

from __future__ import annotations

import logging
from functools import partial

from central.acts import recording
from central.calendars import get_calendar
from central.db import audit, cases, feed
from central.db.engine import Connection
from central.jobs.by_the_clock import CLOCK
from central.restoring import find_mending
from central.service import Central
from clerk.contract.user import CLOCK_ACTOR
from clerk.log import write_event
from clerk.rules.case import Context
from clerk.rules.case.standing import lapses
from clerk.sync.restoring import may_deem

_log = logging.getLogger(__name__)


def sweep_lapsed(central: Central) -> int:
    """Write down what became of all overrun stops; how many cases. Twice is once."""
    now = central.clock.now()
    with central.database.read() as connection:
        if not may_deem(mending=find_mending(connection, now) is not None):
            return 0
        due = cases.list_stops_over(connection, now.date())
    swept = 0
    for case_id in due:
        swept += central.database.commit(partial(_lapse, central=central, case_id=case_id))
    if swept:
        central.metrics.count("clerk_lapsed_stops_total", swept)
        write_event(_log, "stops.lapsed", count=swept)
    return swept


def _lapse(connection: Connection, central: Central, case_id: str) -> int:
    """Write it down for one case, unless somebody was faster."""
    loaded = recording.load_case(connection, case_id)
    assert loaded is not None, "cases are never deleted"
    case, now = loaded[0], central.clock.now()
    context = Context(now=now, calendar=get_calendar(connection), user=CLOCK)
    events = lapses(case, context)
    if not events:
        return 0
    moment = recording.Moment(now, context.calendar)
    _, change = recording.record_events(connection, case, events, moment)
    for event in events:
        action = "stop.ended" if event.ended else "stop.overrun"
        detail = {"stop": str(event.stop), "last": event.last.isoformat()}
        entry = audit.Entry(
            at=now, actor=CLOCK_ACTOR.user, action=action, subject=case_id, detail=detail
        )
        audit.append(connection, entry)
    feed.announce(connection, (change,))
    return 1
