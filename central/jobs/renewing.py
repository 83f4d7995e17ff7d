"""Deemed renewal: a timely renewal undecided at the end is put before a person (Art. 50).

Nothing is granted here, and no licence changes: the case tells what the law makes of it, and
asks the department's approver.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from central.acts.renewing import get_ended
from central.db import catalogue, renewals
from central.db.engine import Connection
from central.db.renewals import Pair
from central.jobs import by_the_clock
from central.restoring import find_mending
from central.service import Central
from central.watching.policy import get_policy
from clerk.clock import OFFICE_ZONE
from clerk.log import write_event
from clerk.rules.renewal import counts_as_renewed, put_before_person
from clerk.sync.restoring import may_deem

AT_ONCE = 500
LOOKED_BACK_DAYS = 400
"""How long after its end a licence is looked at: a receipt may come in late, from a desk."""

_log = logging.getLogger(__name__)


def sweep_renewals(central: Central) -> int:
    """Put before a person what the law counts as renewed; how many. Twice is once."""
    now = central.clock.now()
    today = now.astimezone(OFFICE_ZONE).date()
    with central.database.read() as connection:
        if not may_deem(mending=find_mending(connection, now) is not None):
            return 0  # a decision may still be on its way from a desk
        if catalogue.find_calendar_body(connection) is None:
            return 0
    first, last = today - timedelta(days=LOOKED_BACK_DAYS), today - timedelta(days=1)
    after, put = ("", ""), 0
    while True:
        with central.database.read() as connection:
            pairs = renewals.list_ended(connection, first, last, after, AT_ONCE)
        put += sum(
            central.database.commit(partial(_put, central=central, pair=one)) for one in pairs
        )
        if len(pairs) < AT_ONCE:
            break
        after = (pairs[-1].licence, pairs[-1].case_id)
    if put:
        write_event(_log, "renewals.undecided", count=put)
    return put


def _put(connection: Connection, central: Central, pair: Pair) -> int:
    """One, unless it is no renewal of it or somebody was faster."""
    case, context = by_the_clock.load(connection, pair.case_id, central.clock.now())
    ended = get_ended(connection, pair)
    item = catalogue.find_item(connection, case.terms.item, case.terms.version)
    if not counts_as_renewed(case, item, ended, context.today):
        return 0
    licence = ended.licence
    assert licence.valid_until is not None, "what has ended had a last day"
    if not renewals.note(connection, licence.id, licence.valid_until, case.id, context.now):
        return 0
    days = get_policy(connection).supervise_days
    events = (put_before_person(case, licence, days, context),)
    act = ("renewal.undecided", {"licence": licence.id})
    by_the_clock.record(connection, case, context, events, act)
    return 1
