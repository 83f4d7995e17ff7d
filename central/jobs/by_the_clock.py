"""What time alone makes happen to a case, done as one transaction by whoever sweeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from central.acts import recording
from central.calendars import get_calendar
from central.db import audit, feed
from central.db.engine import Connection
from clerk.contract.case import AnyEvent
from clerk.contract.user import CLOCK_ACTOR, User
from clerk.rules.case import Case, Context

CLOCK = User(id=CLOCK_ACTOR.user, login=CLOCK_ACTOR.user, name=CLOCK_ACTOR.name, roles=())
"""The user of sweeps; no account, and no role."""


def load(connection: Connection, case_id: str, now: datetime) -> tuple[Case, Context]:
    """A case, kept from others until the transaction ends, and what its rules are asked with."""
    loaded = recording.load_case(connection, case_id)
    assert loaded is not None, "cases are never deleted"
    return loaded[0], Context(now=now, calendar=get_calendar(connection), user=CLOCK)


def record(
    connection: Connection,
    case: Case,
    context: Context,
    events: Sequence[AnyEvent],
    *acts: tuple[str, dict[str, str]],
) -> None:
    """Write the events down; `acts` are the audit record's names for them, with their detail."""
    moment = recording.Moment(context.now, context.calendar)
    _after, change = recording.record_events(connection, case, tuple(events), moment)
    entries = (
        audit.Entry(at=context.now, actor=CLOCK.id, action=action, subject=case.id, detail=detail)
        for action, detail in acts
    )
    audit.append(connection, *entries)
    feed.announce(connection, (change,))
