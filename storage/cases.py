"""The cache of cases. Only the feed writes here (storage.feed)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    delete,
    literal_column,
    select,
    update,
)

from clerk.contract.case import CaseRecord, ClockState, Delivery
from clerk.decoding import Reader
from clerk.errors import StoreError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import fold
from storage import case_search
from storage.bulk import delete_ids, index_shadow, take_place, these, write_rows
from storage.case_filter import (
    key_of,
    select_bodies,
    select_count,
    select_numbers,
    select_outline,
    select_page,
    select_rest,
)
from storage.case_head import DATED, dated_values, head_of, head_of_case, read_row, write_row
from storage.case_query import CaseKey, CaseQuery, CaseRow, Order
from storage.case_search import SearchRow, search_row
from storage.connection import WALK_CACHE_KIB, sweeping
from storage.schema import case_body, case_head, fresh_case_body, fresh_case_head

__all__ = ["CaseKey", "CaseQuery", "CaseRow", "Order", "key_of"]


R = TypeVar("R", bound=CaseRow)

DATED_AT_ONCE = 500


class StoredCase(NamedTuple):
    """A case with its body as central wrote it; a view of the message it came in will do."""

    record: CaseRecord
    body: bytes | msgspec.Raw


class CaseRows(msgspec.Struct, frozen=True):
    """Cases as the two tables hold them, and as the index finds them."""

    heads: list[tuple[Any, ...]]
    bodies: list[tuple[str, bytes | msgspec.Raw]]
    search: list[SearchRow]


def find(conn: Connection, case_id: str) -> CaseRecord | None:
    """A case, or nothing where it is not in this desk's sight."""
    body = conn.execute(_BODY, {"of": case_id}).scalar_one_or_none()
    return None if body is None else _decode(body)


def get(conn: Connection, case_id: str) -> CaseRecord:
    """A case. Raises StoreError `case.unknown`."""
    record = find(conn, case_id)
    if record is None:
        raise StoreError("case.unknown")
    return record


def find_row(conn: Connection, case_id: str) -> CaseRow | None:
    """A case as lists show it."""
    row = conn.execute(select(case_head).where(case_head.c.id == case_id)).one_or_none()
    return None if row is None else read_row(row, CaseRow)


def find_by_number(conn: Connection, number: str) -> CaseRow | None:
    """The case with this case number, where it is in this desk's sight."""
    row = conn.execute(select(case_head).where(case_head.c.number == number)).one_or_none()
    return None if row is None else read_row(row, CaseRow)


def page(conn: Connection, query: CaseQuery, now: datetime) -> tuple[CaseRow, ...]:
    """A page of a queue; the next one is asked for with the `key_of` its last row."""
    return page_as(CaseRow, conn, query, now)


def page_as(kind: type[R], conn: Connection, query: CaseQuery, now: datetime) -> tuple[R, ...]:
    """A page of a queue in rows that have room for more than the store knows."""
    return tuple(read_row(row, kind) for row in conn.execute(select_page(query, now)))


def every(
    conn: Connection, query: CaseQuery, now: datetime, but: Container[str] = ()
) -> Iterator[CaseRecord]:
    """All cases of a queue but those with these ids, in no order and one by one.

    However many they are, one is in memory; one that is left out is not read either.
    """
    for case_id, body in conn.execute(select_bodies(query, now)):
        if case_id not in but:
            yield _decode(body)


def numbers(conn: Connection, query: CaseQuery, now: datetime) -> tuple[str, ...]:
    """The case numbers of a whole queue, in their order."""
    return tuple(conn.execute(select_numbers(query, now)).scalars())


def outline(
    conn: Connection, query: CaseQuery, now: datetime, every: int, without: Iterable[str]
) -> tuple[list[CaseKey], int]:
    """Where each full page of a whole queue ends, and how many rows come after the last of them.

    One walk along an index, about a second for a million rows: not for the thread of a screen.
    """
    left_out = list(without)
    with sweeping(conn, WALK_CACHE_KIB):
        found = conn.execute(select_outline(query, now, every, left_out))
        ends = [CaseKey(value, case_id) for value, case_id in found]
        rest = msgspec.structs.replace(query, after=ends[-1] if ends else None)
        return ends, int(conn.execute(select_rest(rest, now, left_out)).scalar_one())


def count(conn: Connection, query: CaseQuery, now: datetime) -> int:
    """How many cases a queue holds."""
    return int(conn.execute(select_count(query, now)).scalar_one())


def upsert(
    conn: Connection, records: Iterable[CaseRecord], calendar: WorkCalendar | None, now: datetime
) -> None:
    """Put cases into the cache, whatever version was there."""
    stored = [StoredCase(record, msgspec.json.encode(record)) for record in records]
    write(conn, stored, calendar, now)


def write(
    conn: Connection, stored: Sequence[StoredCase], calendar: WorkCalendar | None, now: datetime
) -> None:
    """Put cases into the cache with their bodies as they came."""
    rows = rows_of(stored, calendar, now)
    write_rows(conn, case_head, rows.heads)
    write_rows(conn, case_body, rows.bodies)
    case_search.write(conn, rows.search)


def rows_of(stored: Iterable[StoredCase], calendar: WorkCalendar | None, now: datetime) -> CaseRows:
    """What the tables are to hold; it takes longer than writing it, and needs no store."""
    heads, bodies, found = [], [], []
    for record, body in stored:
        assert record.version == len(record.events), "whole cases"
        case = fold(record)
        heads.append(write_row(head_of_case(case, calendar, now)))
        bodies.append((record.id, body))
        row = search_row(case)
        if row is not None:
            found.append(row)
    return CaseRows(heads, bodies, found)


def begin_fresh(conn: Connection) -> None:
    """Empty the shadow tables and make them ready."""
    for table in (fresh_case_head, fresh_case_body):
        conn.execute(delete(table))
    index_shadow(conn, fresh_case_head, case_head)
    case_search.begin_fresh(conn)


def write_fresh(conn: Connection, rows: CaseRows) -> None:
    """Put cases into the shadow tables."""
    write_rows(conn, fresh_case_head, rows.heads)
    write_rows(conn, fresh_case_body, rows.bodies)
    case_search.write(conn, rows.search, case_search.FRESH)


def take_fresh(conn: Connection) -> None:
    """Put the shadow tables in the cache's place."""
    take_place(conn, fresh_case_head, case_head)
    take_place(conn, fresh_case_body, case_body)
    case_search.take_fresh(conn)


def versions(conn: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The versions of those of these cases that the cache holds."""
    statement = select(case_head.c.id, case_head.c.version)
    rows = conn.execute(statement.where(case_head.c.id.in_(these(ids))))
    return {row.id: row.version for row in rows}


def purge(conn: Connection, ids: Iterable[str]) -> None:
    """Forget cases that left this desk's sight."""
    gone = list(ids)
    case_search.unindex(conn, gone)
    for table in (case_head, case_body):
        delete_ids(conn, table, gone)


def date_anew(
    conn: Connection,
    calendar: WorkCalendar,
    now: datetime,
    *,
    forecasts: bool = True,
    at_once: int = DATED_AT_ONCE,
) -> frozenset[str]:
    """Count the dates of cases again: another calendar, or forecasts of an earlier day.

    Returns the cases that were counted; lights need no counting, they are moments. However many
    there are, so many `at_once` are in memory.
    """
    counted = set[str]()
    stale, last = select_stale(calendar, forecasts=forecasts, limit=at_once), 0
    while True:
        with sweeping(conn, WALK_CACHE_KIB):
            found = conn.execute(stale, {"after": last}).all()
        if not found:
            return frozenset(counted)
        rows = [head_of(_decode(body), calendar, now) for _place, body in found]
        conn.execute(_DATE_ANEW, [{"of": row.id, **dated_values(row)} for row in rows])
        counted.update(row.id for row in rows)
        last = found[-1][0]


def select_stale(calendar: WorkCalendar, *, forecasts: bool, limit: int) -> Select[Any]:
    """Cases whose dates may have moved, with their places in the table, after one of these."""
    place = literal_column("case_head.rowid", Integer)
    joined = case_head.join(case_body, case_head.c.id == case_body.c.id)
    after = place > bindparam("after", type_=Integer)
    stale = select(place, case_body.c.body).select_from(joined)
    return stale.where(_is_stale(calendar, forecasts=forecasts), after).order_by(place).limit(limit)


def _is_stale(calendar: WorkCalendar, *, forecasts: bool) -> ColumnElement[bool]:
    """Where a calendar or time may have moved a date; what was handed out keeps its dates."""
    head = case_head.c
    waits = (Delivery.IN_PRODUCTION.value, Delivery.AT_WINDOW.value)
    going = (head.clock != ClockState.ENDED.value) | head.delivery.in_(waits)
    other = (head.calendar == "") | ((head.calendar != calendar.version) & going)
    moving = (head.forecast == 1) | (head.clock == ClockState.STOPPED.value)
    return other | moving if forecasts else other


_decode = Reader[CaseRecord](CaseRecord)

# Made once: building a statement costs more than running it.
_BODY = select(case_body.c.body).where(case_body.c.id == bindparam("of"))
_DATE_ANEW = (
    update(case_head)
    .where(case_head.c.id == bindparam("of"))
    .values({name: bindparam(name) for name in DATED})
)
