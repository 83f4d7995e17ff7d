"""Which holders are to be told that a renewal is due, and who was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import and_, select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.reminder_schema import reminders
from central.db.schema import licence_types, licences, organisations, people
from clerk.contract.licence import LicenceStatus, LicenceType
from clerk.decoding import decode


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """A licence with a last day that comes soon. The telephone is the register's."""

    licence: str
    type: LicenceType | None
    type_id: str
    number: str
    holder_name: str
    issuer: str
    until: date
    phone: str

    def __repr__(self) -> str:
        """Without the holder."""
        return f"Ending({self.licence})"


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell one holder. `id` stays the same however often it is offered."""

    id: str
    phone: str
    holder: str
    licence_name: str
    number: str
    office: str
    until: date
    renew_by: date

    def __repr__(self) -> str:
        """Without the holder."""
        return f"Reminder({self.id})"


def list_ending(
    connection: Connection, first: date, last: date, after: str, most: int
) -> tuple[Ending, ...]:
    """Valid licences that end between two days and whose holder was not noted yet, by id."""
    told = and_(reminders.c.licence == licences.c.id, reminders.c.until == licences.c.valid_until)
    person, body = people.c.phone.label("person"), organisations.c.phone.label("body")
    joined = (
        licences.outerjoin(licence_types, licence_types.c.id == licences.c.type)
        .outerjoin(people, people.c.id_number == licences.c.holder_number)
        .outerjoin(organisations, organisations.c.uscc == licences.c.holder_number)
        .outerjoin(reminders, told)
    )
    statement = (
        select(licences, licence_types.c.body.label("type_body"), person, body)
        .select_from(joined)
        .where(
            licences.c.status == LicenceStatus.VALID.value,
            licences.c.valid_until.between(first, last),
            reminders.c.licence.is_(None),
            licences.c.id > after,
        )
        .order_by(licences.c.id)
        .limit(most)
    )
    return tuple(
        Ending(
            licence=row.id,
            type=decode(row.type_body, LicenceType) if row.type_body else None,
            type_id=row.type,
            number=row.number,
            holder_name=row.holder_name,
            issuer=row.issuer,
            until=row.valid_until,
            phone=row.person or row.body or "",
        )
        for row in connection.execute(statement)
    )


def note(connection: Connection, licence: str, reminder: Reminder, at: datetime) -> bool:
    """Remember that a holder is to be told; whether nobody else has noted it already."""
    row = {
        "licence": licence,
        "until": reminder.until,
        "renew_by": reminder.renew_by,
        "body": msgspec.json.encode(reminder),
        "noted_at": at,
    }
    return dialect.add_unless_there(connection, reminders, row)


def list_open(connection: Connection, most: int) -> tuple[Reminder, ...]:
    """What no notifier has taken yet, the most urgent first."""
    unhanded = select(reminders.c.body).where(reminders.c.handed_at.is_(None))
    ordered = unhanded.order_by(reminders.c.until, reminders.c.licence).limit(most)
    return tuple(decode(body, Reminder) for body in connection.execute(ordered).scalars())


def list_due(connection: Connection, today: date) -> Sequence[tuple[Reminder, datetime | None]]:
    """All reminders whose licence has not ended, with when a notifier took them."""
    columns = select(reminders.c.body, reminders.c.handed_at)
    ordered = columns.where(reminders.c.until >= today).order_by(
        reminders.c.renew_by, reminders.c.licence
    )
    return [(decode(row.body, Reminder), row.handed_at) for row in connection.execute(ordered)]


def note_handed(connection: Connection, reminder: Reminder, at: datetime) -> None:
    """Remember that a notifier has taken it."""
    mine = (reminders.c.licence == reminder.id.rpartition("-")[0]) & (
        reminders.c.until == reminder.until
    )
    connection.execute(update(reminders).where(mine).values(handed_at=at))
