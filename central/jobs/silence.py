"""Silence in a joint review (会签逾期): who said nothing within its limit is recorded as such."""

from __future__ import annotations

import logging
from functools import partial

from central.acts import recording
from central.calendars import get_calendar
from central.db import audit, cases, feed
from central.db.engine import Connection
from central.service import Central
from clerk.contract.user import CLOCK_ACTOR, User
from clerk.log import write_event
from clerk.rules.case import Context
from clerk.rules.case.countersigning import record_silence

_CLOCK = User(id=CLOCK_ACTOR.user, login=CLOCK_ACTOR.user, name=CLOCK_ACTOR.name, roles=())
_log = logging.getLogger(__name__)


def sweep_silence(central: Central) -> int:
    """Record the silence of all whose limit is over; how many cases. Twice is once."""
    with central.database.read() as connection:
        over = cases.list_joint_over(connection, central.clock.now())
    noted = 0
    for case_id in over:
        noted += central.database.commit(partial(_note, central=central, case_id=case_id))
    if noted:
        central.metrics.count("clerk_silences_total", noted)
        write_event(_log, "joint.silence_noted", count=noted)
    return noted


def _note(connection: Connection, central: Central, case_id: str) -> int:
    """Of one case, unless somebody spoke or went on meanwhile."""
    loaded = recording.load_case(connection, case_id)
    assert loaded is not None, "cases are never deleted"
    now = central.clock.now()
    context = Context(now=now, calendar=get_calendar(connection), user=_CLOCK)
    events = record_silence(loaded[0], context)
    if not events:
        return 0
    moment = recording.Moment(now, context.calendar)
    _, change = recording.record_events(connection, loaded[0], events, moment)
    detail = {"departments": str(len(events))}
    entry = audit.Entry(
        at=now, actor=CLOCK_ACTOR.user, action="joint.silent", subject=case_id, detail=detail
    )
    audit.append(connection, entry)
    feed.announce(connection, (change,))
    return 1
