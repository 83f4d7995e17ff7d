"""Silence in a joint review (会签逾期): who said nothing within its limit is recorded as such."""

from __future__ import annotations

import logging
from functools import partial

from central.db import cases
from central.db.engine import Connection
from central.jobs import by_the_clock
from central.service import Central
from clerk.log import write_event
from clerk.rules.case.countersigning import record_silence

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
    case, context = by_the_clock.load(connection, case_id, central.clock.now())
    events = record_silence(case, context)
    if not events:
        return 0
    detail = {"departments": str(len(events))}
    by_the_clock.record(connection, case, context, events, ("joint.silent", detail))
    return 1
