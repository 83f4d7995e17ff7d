"""The population and organisation registers, as tables of central's own (人口库, 法人库)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import String, bindparam, select

from central.db import dialect
from central.db.engine import Connection
from central.db.schema import organisations, people
from clerk.contract.identity import IdKind


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the population register. `source` and `as_of` say whose word it is."""

    id_number: str
    id_kind: IdKind
    name: str
    source: str
    as_of: datetime
    sex: str = ""
    birth_date: date | None = None
    address: str = ""
    phone: str = ""


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """A body in the organisation register, by its unified social credit code."""

    uscc: str
    name: str
    source: str
    as_of: datetime
    kind: str = ""
    representative_name: str = ""
    representative_id: str = ""
    address: str = ""
    phone: str = ""
    established_on: date | None = None
    status: str = ""


_PERSON = Person.__struct_fields__
_ORGANISATION = Organisation.__struct_fields__
_NUMBER = bindparam("number", type_=String)

# Each look-up asks these: built once, for building a statement takes longer than its answer.
_FIND_PERSON = select(people).where(people.c.id_number == _NUMBER)
_FIND_ORGANISATION = select(organisations).where(organisations.c.uscc == _NUMBER)
_LIST_REPRESENTED = (
    select(organisations)
    .where(organisations.c.representative_id == _NUMBER)
    .order_by(organisations.c.name, organisations.c.uscc)
)


def put_people(connection: Connection, rows: Sequence[Person]) -> None:
    """Add people, or change those that have the same number."""
    dialect.load(connection, people, _PERSON, [_plain(row) for row in rows])


def put_organisations(connection: Connection, rows: Sequence[Organisation]) -> None:
    """Add organisations, or change those that have the same code."""
    plain = [msgspec.structs.astuple(row) for row in rows]
    dialect.load(connection, organisations, _ORGANISATION, plain)


def find_person(connection: Connection, id_number: str) -> Person | None:
    """Somebody by ID number."""
    row = connection.execute(_FIND_PERSON, {"number": id_number}).one_or_none()
    return None if row is None else Person(**row._asdict() | {"id_kind": IdKind(row.id_kind)})


def find_organisation(connection: Connection, uscc: str) -> Organisation | None:
    """A body by its code."""
    row = connection.execute(_FIND_ORGANISATION, {"number": uscc}).one_or_none()
    return None if row is None else Organisation(**row._asdict())


def list_represented(connection: Connection, id_number: str) -> tuple[Organisation, ...]:
    """The bodies whose legal representative has this number, by name."""
    rows = connection.execute(_LIST_REPRESENTED, {"number": id_number})
    return tuple(Organisation(**row._asdict()) for row in rows)


def _plain(person: Person) -> tuple[object, ...]:
    return (person.id_number, person.id_kind.value, *msgspec.structs.astuple(person)[2:])
