"""Cases: their events, the columns they are asked by, and who sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Row, delete, insert, or_, select, union, update

from central.db.engine import Connection
from central.db.schema import case_audiences, cases, events
from clerk.clock import OFFICE_ZONE
from clerk.contract.case import AnyEvent, CaseRecord, Delivery, Stage
from clerk.decoding import Reader
from clerk.rules.case import Case

_IN_ORDER = (events.c.case_id, events.c.seq)
_decode_event = Reader[AnyEvent](AnyEvent)


class StoredEvent(NamedTuple):
    """An event as it was written: the tag of its type, and its JSON."""

    kind: str
    body: bytes


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """The days of a case that sweeps and reports ask for.

    `joint_until` is set while a countersigning department may speak; `decided_in` is how many
    counted working days the decision took.
    """

    five_days_until: date | None = None
    promised_due: date | None = None
    statutory_due: date | None = None
    stops_until: date | None = None
    joint_until: datetime | None = None
    decided_in: int | None = None


def find_version(connection: Connection, case_id: str) -> int | None:
    """How many events a case has; the case is kept from others until the transaction ends."""
    statement = select(cases.c.version).where(cases.c.id == case_id).with_for_update()
    return connection.execute(statement).scalar()


def find_record(connection: Connection, case_id: str) -> CaseRecord | None:
    """A case with all its events, whole."""
    statement = select(events.c.body).where(events.c.case_id == case_id).order_by(events.c.seq)
    bodies = connection.execute(statement).scalars().all()
    return _record(case_id, bodies) if bodies else None


def find_records(connection: Connection, case_ids: Sequence[str]) -> dict[str, CaseRecord]:
    """Several cases at once, by their ids."""
    found = find_events(connection, case_ids)
    return {
        case_id: _record(case_id, [one.body for one in stored]) for case_id, stored in found.items()
    }


def find_events(connection: Connection, case_ids: Sequence[str]) -> dict[str, list[StoredEvent]]:
    """The events of several cases as they are stored, in order: a page of them is not read."""
    statement = select(events.c.case_id, events.c.type, events.c.body)
    wanted = statement.where(events.c.case_id.in_(case_ids))
    gathered: dict[str, list[StoredEvent]] = {}
    for case_id, kind, body in connection.execute(wanted.order_by(*_IN_ORDER)).all():
        gathered.setdefault(case_id, []).append(StoredEvent(kind, body))
    return gathered


def append_events(
    connection: Connection, case_id: str, version: int, added: Sequence[AnyEvent]
) -> None:
    """Add events after the ones that are there."""
    rows = [
        {
            "case_id": case_id,
            "seq": seq,
            "type": event.__struct_config__.tag,
            "at": event.at,
            "body": msgspec.json.encode(event),
        }
        for seq, event in enumerate(added, version + 1)
    ]
    connection.execute(insert(events), rows)


def add(connection: Connection, case: Case, dates: Dates, password_hash: str) -> None:
    """Add the row of a case that was received just now."""
    row = _row(case, dates) | {"id": case.id, "query_password_hash": password_hash}
    connection.execute(insert(cases).values(**row))


def change(connection: Connection, case: Case, dates: Dates) -> None:
    """Bring the row of a case up to its events."""
    statement = update(cases).where(cases.c.id == case.id)
    connection.execute(statement.values(**_row(case, dates)))


def find_id(connection: Connection, number: str) -> str | None:
    """The case of a case number."""
    return connection.execute(select(cases.c.id).where(cases.c.number == number)).scalar()


def list_of_applicant(connection: Connection, number: str, *, closed: bool) -> tuple[str, ...]:
    """The cases of somebody's ID number, newest first; those closed too on demand."""
    statement = select(cases.c.id).where(cases.c.applicant_number == number)
    if not closed:
        statement = statement.where(cases.c.closed.is_(False))
    newest = statement.order_by(cases.c.received_on.desc(), cases.c.id.desc())
    return tuple(connection.execute(newest).scalars())


def list_at_window(connection: Connection, number: str) -> tuple[str, ...]:
    """The cases of somebody's ID number whose result lies at the window."""
    statement = select(cases.c.id).where(
        cases.c.applicant_number == number, cases.c.delivery == Delivery.AT_WINDOW.value
    )
    return tuple(connection.execute(statement.order_by(cases.c.id)).scalars())


def list_five_days_over(connection: Connection, today: date) -> tuple[str, ...]:
    """The cases that nobody has acted on in their five days (Art. 32(4))."""
    statement = select(cases.c.id).where(
        cases.c.stage == Stage.RECEIVED.value, cases.c.five_days_until < today
    )
    return tuple(connection.execute(statement.order_by(cases.c.five_days_until)).scalars())


def list_stops_over(connection: Connection, today: date) -> tuple[str, ...]:
    """The cases with a special procedure whose planned days are over (Art. 45)."""
    statement = select(cases.c.id).where(cases.c.stops_until < today)
    return tuple(connection.execute(statement.order_by(cases.c.stops_until)).scalars())


def list_joint_over(connection: Connection, now: datetime) -> tuple[str, ...]:
    """The cases whose countersigning departments have had their time."""
    statement = select(cases.c.id).where(cases.c.joint_until < now)
    return tuple(connection.execute(statement.order_by(cases.c.joint_until)).scalars())


def list_open(connection: Connection, after: str, limit: int) -> tuple[str, ...]:
    """The next cases by id of which something may still come."""
    statement = select(cases.c.id).where(cases.c.closed.is_(False), cases.c.id > after)
    return tuple(connection.execute(statement.order_by(cases.c.id).limit(limit)).scalars())


def change_dates(connection: Connection, case_id: str, dates: Dates) -> bool:
    """Set the dates of a case; whether any moved."""
    values = msgspec.structs.asdict(dates)
    differs = or_(*(cases.c[name].is_distinct_from(value) for name, value in values.items()))
    statement = update(cases).where(cases.c.id == case_id, differs).values(**values)
    return bool(connection.execute(statement).rowcount)


def audiences_of(connection: Connection, case_id: str) -> frozenset[str]:
    """Who sees a case now."""
    statement = select(case_audiences.c.audience).where(case_audiences.c.case_id == case_id)
    return frozenset(connection.execute(statement).scalars())


def set_audiences(
    connection: Connection, case_id: str, before: frozenset[str], after: frozenset[str]
) -> None:
    """Change who sees a case."""
    gone, new = before - after, after - before
    if gone:
        mine = case_audiences.c.case_id == case_id
        lost = delete(case_audiences).where(mine, case_audiences.c.audience.in_(sorted(gone)))
        connection.execute(lost)
    if new:
        rows = [{"audience": one, "case_id": case_id} for one in sorted(new)]
        connection.execute(insert(case_audiences), rows)


def visible(
    connection: Connection, case_ids: Sequence[str], audiences: frozenset[str]
) -> frozenset[str]:
    """Those of the cases that one of these audiences sees."""
    statement = select(case_audiences.c.case_id).where(
        case_audiences.c.case_id.in_(case_ids), case_audiences.c.audience.in_(sorted(audiences))
    )
    return frozenset(connection.execute(statement).scalars())


def versions_visible(connection: Connection, audiences: frozenset[str]) -> list[tuple[str, int]]:
    """The id and version of every case that one of these audiences sees."""
    seen = select(case_audiences.c.case_id).where(case_audiences.c.audience.in_(sorted(audiences)))
    statement = select(cases.c.id, cases.c.version).where(cases.c.id.in_(seen))
    return [(row.id, row.version) for row in connection.execute(statement)]


def page_visible(
    connection: Connection, audiences: frozenset[str], after: str, limit: int
) -> tuple[str, ...]:
    """The next cases by id that one of these audiences sees.

    Each audience gives its own next ones, straight from the index: asked for all at once, the
    database would sort everything that is left for each page.
    """
    case_id = case_audiences.c.case_id
    parts = [
        select(case_id)
        .where(case_audiences.c.audience == audience, case_id > after)
        .order_by(case_id)
        .limit(limit)
        .subquery()
        for audience in sorted(audiences)
    ]
    seen = union(*(select(part.c.case_id) for part in parts)).subquery()
    statement = select(seen.c.case_id).order_by(seen.c.case_id).limit(limit)
    return tuple(connection.execute(statement).scalars())


def find_row(connection: Connection, case_id: str) -> Row[*tuple[object, ...]] | None:
    """The columns of a case, for a closer look in tests and reports."""
    return connection.execute(select(cases).where(cases.c.id == case_id)).one_or_none()


def _record(case_id: str, bodies: Sequence[bytes]) -> CaseRecord:
    decoded = tuple(_decode_event(body) for body in bodies)
    return CaseRecord(id=case_id, version=len(decoded), events=decoded)


def _row(case: Case, dates: Dates) -> dict[str, object]:
    return {
        "version": case.version,
        "number": case.number,
        "application": case.application,
        "item": case.terms.item,
        "item_version": case.terms.version,
        "department": case.terms.department,
        "window": case.window,
        "stage": case.stage.value,
        "clock": case.clock.value,
        "outcome": case.outcome.value,
        "delivery": case.delivery.value,
        "step": case.step,
        "applicant_number": case.applicant.id_number,
        "received_on": _day(case.received_at),
        "accepted_on": case.accepted_from,
        "declined_on": _day(case.declined_at),
        "decided_on": _day(case.decided_at),
        "released_on": _day(case.released_at),
        "five_days_until": dates.five_days_until,
        "promised_due": dates.promised_due,
        "statutory_due": dates.statutory_due,
        "stops_until": dates.stops_until,
        "closed": case.closed,
        "project": case.place.project if case.place else None,
        "joint_until": dates.joint_until,
        "decided_in": dates.decided_in,
    }


def _day(at: datetime | None) -> date | None:
    return at.astimezone(OFFICE_ZONE).date() if at else None
