"""Keeping the board up to date: only what the feed says has changed, and what time has turned.

The feed's positions become visible in order, so a cursor in it misses nothing; the state's row
is locked, so that many workers may call this at once and each change counts once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import msgspec
from msgspec.structs import replace

from central.calendars import get_calendar
from central.db import cases, catalogue, feed, findings, watched
from central.db.engine import Connection, Database
from central.db.feed import Change
from central.db.watched import State
from central.service import Central
from central.watching.policy import get_policy
from clerk.clock import OFFICE_ZONE
from clerk.contract.case import CaseRecord
from clerk.contract.supervision import Finding, SupervisionPolicy
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import fold
from clerk.rules.supervision.across import find_one_person
from clerk.rules.supervision.escalation import next_escalation
from clerk.rules.supervision.patterns import ActiveRules
from clerk.rules.supervision.standing import standing_of
from clerk.rules.supervision.within import find_patterns

FEED_ROWS = 500
TURNED_AT_ONCE = 2000
RECOUNTED_AT_ONCE = 500
BOARD_BUDGET_S = 1.0
"""How long a board lets its reader wait while central catches up."""


class Grounds(msgspec.Struct, frozen=True):
    """What cases are looked at with."""

    now: datetime
    calendar: WorkCalendar
    policy: SupervisionPolicy
    rules: ActiveRules


class _Looked(msgspec.Struct, frozen=True):
    """How many rows of the board are other than before, and what the auditors have to hear."""

    moved: int
    found: tuple[Change, ...]


def sweep_watched(central: Central) -> int:
    """Follow, turn and recount until nothing is left; how many cases that were. Twice is once."""
    done = 0
    while moved := central.database.commit(partial(step, now=central.clock.now())):
        done += moved
    return done


def catch_up(central: Central, budget_s: float = BOARD_BUDGET_S) -> bool:
    """The same for as long as a reader can wait; whether something is still left."""
    until = monotonic() + budget_s
    now = central.clock.now()
    while _is_behind(central.database, now):
        if monotonic() > until:
            return True
        central.database.commit(partial(step, now=now))
    return False


def step(connection: Connection, now: datetime) -> int:
    """One transaction's worth: the feed first, then what a calendar moved, then the hours."""
    if catalogue.find_calendar_body(connection) is None:
        return 0
    state = watched.lock_state(connection)
    grounds = _grounds(connection, now)
    followed = watched.follow_feed(connection, state.cursor, FEED_ROWS)
    if followed.end > state.cursor:
        looked = _look_at(connection, followed.cases, grounds)
        watched.put_state(connection, _after(state, looked.moved, cursor=followed.end))
        feed.announce(connection, looked.found)
        return followed.end - state.cursor
    version = grounds.calendar.version
    stale: tuple[str, ...] = ()
    if state.calendar != version:
        stale = watched.list_other_calendar(connection, version, RECOUNTED_AT_ONCE)
    looked = _look_at(connection, stale, grounds)
    moved = looked.moved + watched.turn(connection, now, TURNED_AT_ONCE)
    if moved or state.calendar != version:
        seen = state.calendar if stale else version
        watched.put_state(connection, _after(state, moved, calendar=seen))
    feed.announce(connection, looked.found)
    return moved


def _after(state: State, moved: int, **changes: object) -> State:
    """The state after so many rows have moved."""
    return replace(state, mark=state.mark + (1 if moved else 0), **changes)


def _is_behind(database: Database, now: datetime) -> bool:
    """Asked without a lock: most often there is nothing to do."""
    with database.read() as connection:
        if catalogue.find_calendar_body(connection) is None:
            return False
        state = watched.find_state(connection)
        return (
            feed.head(connection) > state.cursor
            or watched.is_due(connection, now)
            or get_calendar(connection).version != state.calendar
        )


def _grounds(connection: Connection, now: datetime) -> Grounds:
    policy = get_policy(connection)
    return Grounds(now, get_calendar(connection), policy, ActiveRules(policy.patterns))


def _look_at(connection: Connection, case_ids: tuple[str, ...], grounds: Grounds) -> _Looked:
    """Bring some cases on the board up to their events, and find what is suspicious in them."""
    records = cases.find_records(connection, case_ids) if case_ids else {}
    standings, gone = [], []
    found: list[Finding] = []
    for case_id, record in records.items():
        case = fold(record)
        standing = standing_of(case, grounds.calendar)
        if standing is None:
            gone.append(case_id)
        else:
            escalates_at = next_escalation(case, grounds.policy, grounds.calendar)
            standings.append((standing, escalates_at))
        found += _examine(connection, record, grounds)
    moved = watched.put(connection, standings, gone, grounds.calendar.version, grounds.now)
    return _Looked(moved, tuple(findings.change_of(one) for one in found))


def _examine(connection: Connection, record: CaseRecord, grounds: Grounds) -> list[Finding]:
    """What is found for the first time: in the case, and with it on one person."""
    found = find_patterns(record, grounds.calendar, grounds.rules)
    new = [*findings.add(connection, found, grounds.now)]
    for actor, month in {(one.actor, _month_of(one)): None for one in new}:
        new += _examine_person(connection, actor, month, grounds)
    return new


def _examine_person(
    connection: Connection, actor: str, month: datetime, grounds: Grounds
) -> tuple[Finding, ...]:
    after = (month + timedelta(days=32)).replace(day=1)
    on_them = findings.list_on(connection, actor, month, after)
    return findings.add(connection, find_one_person(on_them, grounds.rules), grounds.now)


def _month_of(one: Finding) -> datetime:
    local = one.at.astimezone(OFFICE_ZONE)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
