"""Special procedures past their planned days (Art. 45): ended by themselves, or reported."""

from __future__ import annotations

import logging
from functools import partial

from central.db import cases
from central.db.engine import Connection
from central.jobs import by_the_clock
from central.restoring import find_mending
from central.service import Central
from clerk.log import write_event
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
    case, context = by_the_clock.load(connection, case_id, central.clock.now())
    events = lapses(case, context)
    if not events:
        return 0
    acts = [
        (
            "stop.ended" if event.ended else "stop.overrun",
            {"stop": str(event.stop), "last": event.last.isoformat()},
        )
        for event in events
    ]
    by_the_clock.record(connection, case, context, events, *acts)
    return 1
