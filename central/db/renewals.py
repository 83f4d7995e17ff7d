"""Licences that ended while a timely renewal of them was undecided (行政许可法 Art. 50)."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from sqlalchemy import select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.reminder_schema import renewals
from central.db.schema import cases, licences
from clerk.contract.licence import LicenceStatus
from clerk.rules.case.state import IN_HAND_STAGES

_LIVE = (LicenceStatus.VALID, LicenceStatus.SUSPENDED, LicenceStatus.EXPIRED)


class Pair(msgspec.Struct, frozen=True):
    """A licence that has ended, and an open case of its holder that may be its renewal."""

    licence: str
    case_id: str
    holder_number: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said of it, by name, and when."""

    holds: bool
    by: str
    at: datetime


class Undecided(msgspec.Struct, frozen=True, kw_only=True):
    """One that was put before a person, and what the person said; `holds` is None before that."""

    until: date
    type_id: str
    number: str
    case_number: str
    department: str
    stage: str
    noted_at: datetime
    holds: bool | None


def list_ended(
    connection: Connection, first: date, last: date, after: tuple[str, str], most: int
) -> tuple[Pair, ...]:
    """Licences that ended between two days and were not noted, with open cases of the holder.

    Only cases that were received while the licence held; by licence and case.
    """
    noted = (renewals.c.licence == licences.c.id) & (renewals.c.until == licences.c.valid_until)
    statement = (
        select(licences.c.id, cases.c.id.label("case_id"), licences.c.holder_number)
        .join(cases, cases.c.applicant_number == licences.c.holder_number)
        .outerjoin(renewals, noted)
        .where(
            licences.c.status.in_([one.value for one in _LIVE]),
            licences.c.valid_until.between(first, last),
            cases.c.stage.in_([one.value for one in IN_HAND_STAGES]),
            cases.c.received_on <= licences.c.valid_until,
            renewals.c.licence.is_(None),
            (licences.c.id > after[0]) | ((licences.c.id == after[0]) & (cases.c.id > after[1])),
        )
        .order_by(licences.c.id, cases.c.id)
        .limit(most)
    )
    rows = connection.execute(statement)
    return tuple(Pair(row.id, row.case_id, row.holder_number) for row in rows)


def note(connection: Connection, licence: str, until: date, case_id: str, at: datetime) -> bool:
    """Remember that it is put before a person; whether nobody else has noted it already."""
    row = {"licence": licence, "until": until, "case_id": case_id, "noted_at": at}
    return dialect.add_unless_there(connection, renewals, row)


def answer(connection: Connection, licence: str, case_id: str, said: Said) -> None:
    """What a person said of it."""
    mine = (renewals.c.licence == licence) & (renewals.c.case_id == case_id)
    values = {"holds": said.holds, "said_by": said.by, "said_at": said.at}
    connection.execute(update(renewals).where(mine).values(values))


def list_open_of(connection: Connection, licence: str) -> tuple[Pair, ...]:
    """A licence that has ended with the open cases of its holder that may be its renewal.

    Noted already or not, but for those of which a person said that they are none.
    """
    noted = (
        (renewals.c.licence == licences.c.id)
        & (renewals.c.until == licences.c.valid_until)
        & (renewals.c.case_id == cases.c.id)
    )
    statement = (
        select(licences.c.id, cases.c.id.label("case_id"), licences.c.holder_number)
        .join(cases, cases.c.applicant_number == licences.c.holder_number)
        .outerjoin(renewals, noted)
        .where(
            licences.c.id == licence,
            cases.c.stage.in_([one.value for one in IN_HAND_STAGES]),
            cases.c.received_on <= licences.c.valid_until,
            renewals.c.holds.is_(None) | renewals.c.holds,
        )
        .order_by(cases.c.id)
    )
    rows = connection.execute(statement)
    return tuple(Pair(row.id, row.case_id, row.holder_number) for row in rows)


def list_noted(connection: Connection) -> tuple[Undecided, ...]:
    """All that was put before a person, the newest first."""
    statement = (
        select(
            renewals.c.until,
            licences.c.type,
            licences.c.number,
            cases.c.number.label("case_number"),
            cases.c.department,
            cases.c.stage,
            renewals.c.noted_at,
            renewals.c.holds,
        )
        .join(licences, licences.c.id == renewals.c.licence)
        .join(cases, cases.c.id == renewals.c.case_id)
        .order_by(renewals.c.noted_at.desc(), renewals.c.licence)
    )
    return tuple(
        Undecided(
            until=row.until,
            type_id=row.type,
            number=row.number,
            case_number=row.case_number,
            department=row.department,
            stage=row.stage,
            noted_at=row.noted_at,
            holds=row.holds,
        )
        for row in connection.execute(statement)
    )
