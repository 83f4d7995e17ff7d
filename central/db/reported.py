"""What a report is made of, page by page: visits with their cases, looks, projects.

Cases come in whole visits (applications), for what several items of one share is saved once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select

from central.db.engine import Connection
from central.db.lookup_schema import lookups
from central.db.project_schema import projects
from central.db.projects import StoredProject
from central.db.schema import cases, commands, events, users
from clerk.clock import begin_of_day
from clerk.contract.case import ClockState, SupplementAsked
from clerk.rules.case.state import IN_HAND_STAGES

_ASKED = str(SupplementAsked.__struct_config__.tag)
_DAY = timedelta(days=1)

Condition = ColumnElement[bool]


class LookRow(NamedTuple):
    """One look, with whoever looked."""

    id: str
    at: datetime
    user: str
    name: str | None
    department: str | None
    purpose: str
    found: bool


def counted(since: date, until: date) -> Condition:
    """Cases with anything to count between two days, or in hand after them."""
    days = (cases.c.received_on, cases.c.accepted_on, cases.c.declined_on, cases.c.decided_on)
    return (cases.c.received_on <= until) & or_(
        *(day.between(since, until) for day in (*days, cases.c.released_on)),
        cases.c.stage.in_(sorted(one.value for one in IN_HAND_STAGES)),
        happened((_ASKED,), since, until),
    )


def happened(kinds: Iterable[str], since: date, until: date) -> Condition:
    """Cases to which something of these kinds happened between two days."""
    return exists().where(
        events.c.case_id == cases.c.id,
        events.c.type.in_(sorted(kinds)),
        events.c.at >= begin_of_day(since),
        events.c.at < begin_of_day(until) + _DAY,
    )


def stopped(kinds: Iterable[str], since: date, until: date) -> Condition:
    """Cases whose clock was stopped or went on between two days, or stands now."""
    return happened(kinds, since, until) | (cases.c.clock == ClockState.STOPPED.value)


def done_by(user: str, since: date, until: date) -> Condition:
    """Cases on which somebody acted about then; what a desk sent later tells its own time."""
    return cases.c.id.in_(
        select(commands.c.case_id).where(
            commands.c.user == user,
            commands.c.at >= begin_of_day(since) - _DAY,
            commands.c.at < begin_of_day(until) + 2 * _DAY,
        )
    )


def count_cases(connection: Connection, condition: Condition) -> int:
    """How many cases there are."""
    return connection.execute(select(func.count()).select_from(cases).where(condition)).scalar_one()


def list_visits(
    connection: Connection, condition: Condition, after: str, limit: int
) -> tuple[tuple[str, str], ...]:
    """Visit and id of the next cases, visit by visit; one more than the limit tells of more."""
    statement = select(cases.c.application, cases.c.id).where(
        condition, cases.c.application > after
    )
    ordered = statement.order_by(cases.c.application, cases.c.number).limit(limit + 1)
    return tuple((row.application, row.id) for row in connection.execute(ordered))


def count_looks(connection: Connection, since: date, until: date) -> int:
    """How many looks there were between two days."""
    statement = select(func.count()).select_from(lookups).where(*_looked(since, until))
    return connection.execute(statement).scalar_one()


def list_looks(
    connection: Connection, since: date, until: date, after: str, limit: int
) -> tuple[LookRow, ...]:
    """The next looks by their ids."""
    columns = (lookups.c.id, lookups.c.at, lookups.c.user, users.c.name, users.c.department)
    statement = (
        select(*columns, lookups.c.purpose, lookups.c.found)
        .select_from(lookups.outerjoin(users, users.c.id == lookups.c.user))
        .where(*_looked(since, until), lookups.c.id > after)
        .order_by(lookups.c.id)
        .limit(limit)
    )
    return tuple(LookRow(*row) for row in connection.execute(statement))


def count_projects(connection: Connection, until: date) -> int:
    """How many bundle applications were opened by the end of a day."""
    opened = projects.c.opened_at < begin_of_day(until) + _DAY
    return connection.execute(select(func.count()).select_from(projects).where(opened)).scalar_one()


def list_projects(
    connection: Connection, until: date, after: str, limit: int
) -> tuple[StoredProject, ...]:
    """The next bundle applications by their ids."""
    statement = select(projects).where(
        projects.c.opened_at < begin_of_day(until) + _DAY, projects.c.id > after
    )
    rows = connection.execute(statement.order_by(projects.c.id).limit(limit))
    return tuple(StoredProject(**row._asdict()) for row in rows)


def _looked(since: date, until: date) -> tuple[Condition, Condition]:
    return lookups.c.at >= begin_of_day(since), lookups.c.at < begin_of_day(until) + _DAY
