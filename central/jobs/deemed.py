"""Deemed acceptance (视为受理): nobody acted in five days, so the law has (Art. 32(4))."""

from __future__ import annotations

import logging
from functools import partial

from central.db import cases, counters
from central.db.engine import Connection
from central.jobs import by_the_clock
from central.restoring import end_mending, find_mending
from central.service import Central
from clerk.contract.case import Stage
from clerk.log import write_event
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
    case, context = by_the_clock.load(connection, case_id, central.clock.now())
    if case.stage is not Stage.RECEIVED or not five_days_over(case, context):
        return 0
    events = (deemed_acceptance(case, context),)
    by_the_clock.record(connection, case, context, events, ("deemed.accepted", {}))
    return 1
