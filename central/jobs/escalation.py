"""Escalation: what nobody answered, and what is past its limit, goes up by the office's policy."""

from __future__ import annotations

import logging
from functools import partial

from central.db import watched
from central.db.engine import Connection
from central.jobs import by_the_clock
from central.restoring import find_mending
from central.service import Central
from central.watching.following import sweep_watched
from central.watching.policy import get_policy
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
    case, context = by_the_clock.load(connection, case_id, central.clock.now())
    events = due_escalations(case, get_policy(connection), context.calendar, context.now)
    if not events:
        return 0
    detail = {"to": " ".join(one.to for one in events)}
    by_the_clock.record(connection, case, context, events, ("case.escalated", detail))
    return len(events)
