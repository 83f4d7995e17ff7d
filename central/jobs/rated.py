"""Looking at ratings that came from one device too close together (rule R07)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from central.db import feed, findings, matters, ratings
from central.db.engine import Connection
from central.service import Central
from central.watching.policy import get_policy
from clerk.clock import OFFICE_ZONE
from clerk.contract.rating import Rating, RatingWay
from clerk.contract.supervision import RatingFact
from clerk.rules.supervision.across import find_one_device
from clerk.rules.supervision.patterns import ActiveRules

_AT_ONCE = 500


def sweep_ratings(central: Central) -> int:
    """Tell the auditor of each run of ratings; how many findings. Twice is once."""
    found = 0
    while True:
        looked = central.database.commit(partial(_look, now=central.clock.now()))
        if looked is None:
            return found
        found += looked


def _look(connection: Connection, now: datetime) -> int | None:
    """One transaction's worth: the whole days of devices of which something is new.

    Within a day the runs are the same whenever they are looked for, so each is found once; a
    run over midnight is none. What was excluded as malicious makes no run.
    """
    new = ratings.list_unwatched(connection, _AT_ONCE)
    if not new:
        return None
    rules = ActiveRules(get_policy(connection).patterns)
    days = sorted({(one.device, one.at.astimezone(OFFICE_ZONE).date()) for one in new})
    found = 0
    for device, day in days:
        there = ratings.list_of_device(connection, device, day)
        excluded = matters.list_excluded(connection, [one.visit for one in there])
        facts = [_fact(one) for one in there if one.visit not in excluded]
        added = findings.add(connection, find_one_device(facts, rules), now)
        feed.announce(connection, [findings.change_of(one) for one in added])
        found += len(added)
    ratings.note_watched(connection, [one.visit for one in new])
    return found


def _fact(rating: Rating) -> RatingFact:
    first = rating.first
    return RatingFact(
        id=rating.visit,
        device=rating.device,
        at=rating.at,
        case_number=first.number,
        clerk=rating.clerk,
        clerk_name=rating.clerk_name,
        department=first.department,
        window=rating.window,
        at_desk=rating.way is RatingWay.DESK,
    )
