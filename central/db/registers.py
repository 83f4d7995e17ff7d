"""What a bulk load of the registers asks and remembers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from central.db.engine import Connection
from central.db.people import Organisation, Person
from central.db.schema import organisations, people
from clerk.contract.identity import IdKind


def find_people(connection: Connection, numbers: Sequence[str]) -> dict[str, Person]:
    """Those of these people whom the register has, by number; some hundred at a time."""
    rows = connection.execute(select(people).where(people.c.id_number.in_(numbers)))
    return {
        row.id_number: Person(**row._asdict() | {"id_kind": IdKind(row.id_kind)}) for row in rows
    }


def find_organisations(connection: Connection, codes: Sequence[str]) -> dict[str, Organisation]:
    """Those of these bodies that the register has, by code; some hundred at a time."""
    rows = connection.execute(select(organisations).where(organisations.c.uscc.in_(codes)))
    return {row.uscc: Organisation(**row._asdict()) for row in rows}
