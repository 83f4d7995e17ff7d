"""The rows of each source of data packages, read one by one out of one snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Select, case, extract, func, select

from central.db.engine import Connection
from central.db.schema import cases, items, licence_types, licences
from clerk.clock import begin_of_day
from clerk.contract.case import Outcome
from clerk.contract.item import Item
from clerk.decoding import decode

Row = dict[str, Any]
_AT_ONCE = 1000
_GRANTED = (Outcome.GRANTED.value, Outcome.GRANTED_DEFERRED.value)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows; nothing said is all."""

    departments: Sequence[str] = ()
    types: Sequence[str] = ()
    since: date | None = None
    until: date | None = None


def count(connection: Connection, source: str) -> int:
    """How many rows a source has at most; 0 for one that adds up others."""
    table = {"cases": cases, "licences": licences, "items": items}.get(source)
    if table is None:
        return 0
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def list_cases(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    """Cases by their numbers."""
    told = [cases.c[name] for name in _OF_CASE]
    same = (items.c.id == cases.c.item) & (items.c.version == cases.c.item_version)
    joined = cases.outerjoin(items, same)
    statement: Select[Any] = select(*told, items.c.name.label("item_name")).select_from(joined)
    statement = _narrow(statement, wanted, cases.c.department, cases.c.received_on)
    yield from _stream(connection, statement.order_by(cases.c.number))


_OF_CASE = (
    *("number", "item", "department", "window", "stage", "outcome", "delivery"),
    *("applicant_number", "received_on", "accepted_on", "declined_on", "decided_on"),
    *("released_on", "promised_due", "statutory_due"),
)


def list_licences(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    """Licences by type and number."""
    named = func.coalesce(licence_types.c.name, licences.c.type).label("type_name")
    statement = select(licences, named).outerjoin(
        licence_types, licence_types.c.id == licences.c.type
    )
    statement = _narrow(statement, wanted, licences.c.type, licences.c.issued_on)
    yield from _stream(connection, statement.order_by(licences.c.type, licences.c.number))


def list_items(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    """The current version of each item that is not retired."""
    statement = select(items.c.effective_at, items.c.body).where(items.c.current)
    if wanted.departments:
        statement = statement.where(items.c.department.in_(wanted.departments))
    if wanted.since is not None:
        statement = statement.where(items.c.effective_at >= begin_of_day(wanted.since))
    if wanted.until is not None:
        after = begin_of_day(wanted.until) + timedelta(days=1)
        statement = statement.where(items.c.effective_at < after)
    for row in _stream(connection, statement.order_by(items.c.id)):
        item = decode(row["body"], Item)
        if not item.retired:
            yield _item(item, row["effective_at"])


def list_statistics(connection: Connection, wanted: Wanted) -> Iterator[Row]:
    """Counts of the cases received in each month, by department and item."""
    day = cases.c.received_on
    month = (extract("year", day) * 100 + extract("month", day)).label("month")
    late = cases.c.decided_on > cases.c.statutory_due
    statement = select(
        month,
        cases.c.department,
        cases.c.item,
        func.count().label("received"),
        func.count(cases.c.accepted_on).label("accepted"),
        func.count(cases.c.declined_on).label("declined"),
        func.count(cases.c.decided_on).label("decided"),
        _count(cases.c.outcome.in_(_GRANTED), "granted"),
        _count(cases.c.outcome == Outcome.REFUSED.value, "refused"),
        _count(late, "late"),
    )
    statement = _narrow(statement, wanted, cases.c.department, day)
    groups = (month, cases.c.department, cases.c.item)
    for row in _stream(connection, statement.group_by(*groups).order_by(*groups)):
        year, number = divmod(int(row["month"]), 100)
        yield row | {"month": f"{year:04d}-{number:02d}"}


def _count(what: Any, name: str) -> Any:  # noqa: ANN401 - an SQL expression
    return func.count(case((what, 1))).label(name)


def _narrow(statement: Select[Any], wanted: Wanted, belongs: Any, day: Any) -> Select[Any]:  # noqa: ANN401 - columns
    among = [*wanted.departments, *wanted.types]
    if among:
        statement = statement.where(belongs.in_(among))
    if wanted.since is not None:
        statement = statement.where(day >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(day <= wanted.until)
    return statement


def _stream(connection: Connection, statement: Select[Any]) -> Iterator[Row]:
    for row in connection.execute(statement.execution_options(yield_per=_AT_ONCE)):
        yield row._asdict()


def _item(item: Item, effective_at: datetime) -> Row:
    return {
        "id": item.id,
        "code": item.code,
        "name": item.name,
        "department": item.department,
        "department_name": item.department_name,
        "type_name": item.type_name,
        "version": item.version,
        "effective_on": effective_at.date(),
        "statutory_limit": item.statutory.amount,
        "statutory_unit": item.statutory.unit.value,
        "promised_limit": item.promised.amount if item.promised else None,
        "promised_unit": item.promised.unit.value if item.promised else "",
        "materials": len(item.materials),
    }
