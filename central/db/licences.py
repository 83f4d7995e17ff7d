"""The licence library (证照库)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import Row, bindparam, exists, insert, or_, select, update

from central.db.engine import Connection
from central.db.reminder_schema import renewals
from central.db.schema import cases, licence_types, licences
from clerk.clock import OFFICE_ZONE
from clerk.contract.identity import IdKind
from clerk.contract.licence import Licence, LicenceStatus, LicenceType, Renewal
from clerk.decoding import decode
from clerk.rules.case.state import IN_HAND_STAGES


class Known(msgspec.Struct, frozen=True):
    """A licence with the kind of its holder's number: whether a person holds it."""

    licence: Licence
    holder_kind: IdKind


_UNDECIDED = (cases.c.id == renewals.c.case_id) & cases.c.stage.in_(
    [stage.value for stage in IN_HAND_STAGES]
)
_LICENCE = (
    select(
        licences,
        licence_types.c.name.label("type_name"),
        licence_types.c.body.label("type_body"),
        cases.c.id.label("renewal_case"),
        renewals.c.holds.label("renewal_holds"),
        renewals.c.said_by.label("renewal_by"),
        renewals.c.said_at.label("renewal_at"),
    )
    .outerjoin(licence_types, licence_types.c.id == licences.c.type)
    .outerjoin(
        renewals,
        (renewals.c.licence == licences.c.id) & (renewals.c.until == licences.c.valid_until),
    )
    .outerjoin(cases, _UNDECIDED)
)
_IS_SUSPENDED_AND_RENEWED = (
    (licences.c.status == LicenceStatus.EXPIRED.value)
    & (licences.c.ended_as == LicenceStatus.SUSPENDED.value)
    & exists().where(
        renewals.c.licence == licences.c.id,
        renewals.c.until == licences.c.valid_until,
        renewals.c.holds,
    )
)
_LIST_HELD = _LICENCE.where(
    licences.c.holder_number.in_(bindparam("numbers", expanding=True))
).order_by(licences.c.issued_on.desc(), licences.c.id)


def add(connection: Connection, licence: Licence, holder_kind: IdKind, holder_number: str) -> None:
    """Put a licence into the library."""
    connection.execute(
        insert(licences).values(
            id=licence.id,
            type=licence.type,
            number=licence.number,
            holder_kind=holder_kind.value,
            holder_number=holder_number,
            holder_name=licence.holder_name,
            issuer=licence.issuer,
            issued_on=licence.issued_on,
            valid_until=licence.valid_until,
            status=licence.status.value,
            case_id=licence.case_id,
        )
    )


def is_taken(connection: Connection, type_id: str, number: str) -> bool:
    """Whether a number of a type was given out already."""
    same = (licences.c.type == type_id) & (licences.c.number == number)
    return connection.execute(select(licences.c.id).where(same)).first() is not None


def change_validity(connection: Connection, number: str, case_id: str, until: date) -> None:
    """Let a licence that this case issued end on another day."""
    own = (licences.c.number == number) & (licences.c.case_id == case_id)
    connection.execute(update(licences).where(own).values(valid_until=until))


def revoke(connection: Connection, number: str, case_id: str) -> None:
    """Let the licence of a case be worth nothing any more; it stays in the library."""
    own = (licences.c.number == number) & (licences.c.case_id == case_id)
    connection.execute(update(licences).where(own).values(status=LicenceStatus.REVOKED.value))


def set_status(
    connection: Connection,
    licence_id: str,
    status: LicenceStatus,
    ended_as: LicenceStatus | None = None,
) -> None:
    """Let a licence be worth something else from now on; one that is over was `ended_as`."""
    values = {"status": status.value, "ended_as": ended_as.value if ended_as else None}
    connection.execute(update(licences).where(licences.c.id == licence_id).values(values))


def set_holder(connection: Connection, licence_id: str, name: str) -> None:
    """Correct the holder's name."""
    mine = licences.c.id == licence_id
    connection.execute(update(licences).where(mine).values(holder_name=name))


def list_over(connection: Connection, today: date, after: str, most: int) -> tuple[str, ...]:
    """The cases whose licence has run out and is not said so yet, and those suspended, by id.

    Also of those that ended suspended and count as renewed: their suspension goes on.
    """
    live = licences.c.status.in_((LicenceStatus.VALID.value, LicenceStatus.SUSPENDED.value))
    over = live & (licences.c.valid_until < today)
    suspended = licences.c.status == LicenceStatus.SUSPENDED.value
    own = (licences.c.case_id > after) & or_(over, suspended, _IS_SUSPENDED_AND_RENEWED)
    statement = select(licences.c.case_id).where(own).order_by(licences.c.case_id).limit(most)
    return tuple(connection.execute(statement).scalars())


def find_of_case(connection: Connection, number: str, case_id: str) -> Licence | None:
    """The licence of this number that a case issued."""
    own = (licences.c.number == number) & (licences.c.case_id == case_id)
    row = connection.execute(_LICENCE.where(own)).one_or_none()
    return None if row is None else _licence(row)


def list_by_number(connection: Connection, number: str) -> tuple[Known, ...]:
    """The licences of this number: types may have the same ones."""
    rows = connection.execute(_LICENCE.where(licences.c.number == number))
    return tuple(Known(_licence(row), IdKind(row.holder_kind)) for row in rows)


def find_known(connection: Connection, licence_id: str) -> Known | None:
    """A licence by its id."""
    row = connection.execute(_LICENCE.where(licences.c.id == licence_id)).one_or_none()
    return Known(_licence(row), IdKind(row.holder_kind)) if row else None


def list_held(connection: Connection, holder_numbers: Sequence[str]) -> tuple[Licence, ...]:
    """What the holder of any of these numbers holds, valid or not, newest first."""
    rows = connection.execute(_LIST_HELD, {"numbers": list(holder_numbers)})
    return tuple(_licence(row) for row in rows)


def find_held(connection: Connection, evidence: str, holder_number: str) -> Licence | None:
    """The licence of this id or number, if this holder holds it."""
    named = or_(licences.c.id == evidence, licences.c.number == evidence)
    statement = _LICENCE.where(licences.c.holder_number == holder_number, named).limit(1)
    row = connection.execute(statement).one_or_none()
    return None if row is None else _licence(row)


def _licence(row: Row[*tuple[object, ...]]) -> Licence:
    renewal = _renewal_of(row)
    confirmed = renewal is Renewal.CONFIRMED and row.renewal_at is not None
    return Licence(
        id=row.id,
        type=row.type,
        type_name=row.type_name or row.type,
        number=row.number,
        holder_name=row.holder_name,
        issuer=row.issuer,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        status=LicenceStatus(row.status),
        case_id=row.case_id,
        replaces=_read_type(row.type_body).replaces if row.type_body else (),
        renewal=renewal,
        renewal_by=row.renewal_by if confirmed else "",
        renewal_on=row.renewal_at.astimezone(OFFICE_ZONE).date() if confirmed else None,
        ended_as=LicenceStatus(row.ended_as) if row.ended_as else None,
    )


def _renewal_of(row: Row[*tuple[object, ...]]) -> Renewal:
    """Only while the case that renews it is undecided, and unless a person said no."""
    if row.renewal_case is None or row.renewal_holds is False:
        return Renewal.NONE
    return Renewal.CONFIRMED if row.renewal_holds else Renewal.TO_CONFIRM


@functools.lru_cache(maxsize=512)
def _read_type(body: bytes) -> LicenceType:
    """A person's licences are few, their types the same few again and again."""
    return decode(body, LicenceType)
