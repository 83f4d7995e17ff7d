"""Escalation: what nobody answered, and what is past its limit, goes up by the office's policy."""

from __future__ import annotations

import logging
from functools import partial

from central.acts import recording
from central.calendars import get_calendar
from central.db import audit, feed, watched
from central.db.engine import Connection
from central.restoring import find_mending
from central.service import Central
from central.watching.following import sweep_watched
from central.watching.policy import get_policy
from clerk.contract.user import CLOCK_ACTOR
from clerk.log import write_event
from clerk.rules.supervision.escalation import due_escalations
from clerk.sync.restoring import may_deem

_AT_ONCE = 500
_log = logging.getLogger(__name__)


def sweep_escalations(central: Central) -> int:
    """Send up all that is due; how many steps that were. Twice is once."""
    now = central.clock.now()
    with central.database.read() as connection:
        if not may_deem(mending=find_mending(connection, now) is not None):
            return 0  # an answer may still be on its way from a desk
    total = 0
    while due := _list_due(central):
        done = sum(
            central.database.commit(partial(_escalate, central=central, case_id=case_id))
            for case_id in due
        )
        sweep_watched(central)
        total += done
        if not done:
            break
    if total:
        central.metrics.count("clerk_escalated_total", total)
        write_event(_log, "cases.escalated", count=total)
    return total


def _list_due(central: Central) -> tuple[str, ...]:
    with central.database.read() as connection:
        return watched.list_to_escalate(connection, central.clock.now(), _AT_ONCE)


def _escalate(connection: Connection, central: Central, case_id: str) -> int:
    """One case, unless somebody acted meanwhile."""
    loaded = recording.load_case(connection, case_id)
    assert loaded is not None, "cases are never deleted"
    case, now = loaded[0], central.clock.now()
    calendar = get_calendar(connection)
    events = due_escalations(case, get_policy(connection), calendar, now)
    if not events:
        return 0
    moment = recording.Moment(now, calendar)
    _, change = recording.record_events(connection, case, events, moment)
    detail = {"to": " ".join(one.to for one in events)}
    entry = audit.Entry(
        at=now, actor=CLOCK_ACTOR.user, action="case.escalated", subject=case_id, detail=detail
    )
    audit.append(connection, entry)
    feed.announce(connection, (change,))
    return len(events)
