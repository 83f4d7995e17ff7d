"""Saved queries in SQL: every question a condition, pages by key and never by counting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from clerk.contract.case import Stage
from clerk.rules.clock import Light
from storage.bulk import these
from storage.case_head import ASKED_AFTER_ALL, HELD
from storage.case_query import CaseKey, CaseQuery, CaseRow, Order
from storage.moments import write_day, write_moment
from storage.outbox import Status
from storage.schema import LIT_SQL, OPEN_SQL, case_body, case_head, outbox

_Condition = ColumnElement[bool]
_Seen = Callable[[Column[Any]], ColumnElement[Any]]
_head = case_head.c
_SORTED = {
    Order.DUE: _head.promised_due,
    Order.DEFERRED: _head.deferred_due,
    Order.ITEM: _head.item_name,
    Order.APPLICANT: _head.applicant_name,
    Order.DEPARTMENT: _head.department_name,
}
_TOLD_BY_ORDER = frozenset({Order.DUE, Order.ITEM, Order.APPLICANT, Order.DEPARTMENT})
_OPEN = frozenset({Stage.RECEIVED, Stage.SUPPLEMENTING, Stage.ACCEPTED, Stage.HANDLING})
# One piece of text: SQLAlchemy would look at each of the columns anew with every page.
_ROW: ColumnElement[Any] = literal_column(", ".join(str(column) for column in _head))


def select_page(query: CaseQuery, now: datetime) -> Select[Any]:
    """The rows of a page."""
    column = _SORTED.get(query.order, _head.received_at)
    newest = query.order is Order.NEWEST
    ordered = (column.desc(), _head.id.desc()) if newest else (column, _head.id)
    wanted = _conditions(query, now, in_order=True)
    statement = select(_ROW).select_from(case_head).where(*wanted)
    if query.after is not None:
        here, there = tuple_(column, _head.id), tuple_(query.after.value, query.after.id)
        statement = statement.where(here < there if newest else here > there)
    return statement.order_by(*ordered).limit(query.limit)


def select_outline(query: CaseQuery, now: datetime, every: int, without: list[str]) -> Select[Any]:
    """The key of each so-manieth row: where the pages of the whole list end."""
    column = _SORTED.get(query.order, _head.received_at)
    newest = query.order is Order.NEWEST
    ordered = (column.desc(), _head.id.desc()) if newest else (column, _head.id)
    place = func.row_number().over(order_by=ordered).label("place")
    wanted = _conditions(query, now, in_order=True)
    rows = select(column.label("value"), _head.id, place).where(*wanted)
    if without:
        rows = rows.where(_head.id.not_in(these(without)))
    numbered = rows.subquery()
    found = select(numbered.c.value, numbered.c.id).where(numbered.c.place % every == 0)
    return found.order_by(numbered.c.place)


def select_rest(query: CaseQuery, now: datetime, without: list[str]) -> Select[Any]:
    """How many rows come after the key that a query names."""
    column = _SORTED.get(query.order, _head.received_at)
    wanted = _conditions(query, now, in_order=True)
    statement = select(func.count()).select_from(case_head).where(*wanted)
    if without:
        statement = statement.where(_head.id.not_in(these(without)))
    if query.after is None:
        return statement
    here, there = tuple_(column, _head.id), tuple_(query.after.value, query.after.id)
    return statement.where(here < there if query.order is Order.NEWEST else here > there)


def select_bodies(query: CaseQuery, now: datetime) -> Select[Any]:
    """Ids and bodies of a whole queue, in no order: the database takes the shortest way."""
    joined = case_head.join(case_body, case_body.c.id == _head.id)
    return (
        select(case_body.c.id, case_body.c.body).select_from(joined).where(*_conditions(query, now))
    )


def select_numbers(query: CaseQuery, now: datetime) -> Select[Any]:
    """The numbers of a whole queue."""
    return select(_head.number).where(*_conditions(query, now)).order_by(_head.number)


def select_count(query: CaseQuery, now: datetime) -> Select[Any]:
    """How many rows there are on all pages."""
    return select(func.count()).select_from(case_head).where(*_conditions(query, now))


def key_of(row: CaseRow, order: Order) -> CaseKey:
    """Where a page ends that ends with this row."""
    match order:
        case Order.DUE:
            return CaseKey(write_day(row.promised_due), row.id)
        case Order.DEFERRED:
            return CaseKey(write_day(row.deferred_due), row.id)
        case Order.ITEM:
            return CaseKey(row.item_name, row.id)
        case Order.APPLICANT:
            return CaseKey(row.applicant_name, row.id)
        case Order.DEPARTMENT:
            return CaseKey(row.department_name, row.id)
        case Order.NEWEST | Order.OLDEST:
            return CaseKey(write_moment(row.received_at), row.id)


def _conditions(query: CaseQuery, now: datetime, *, in_order: bool = False) -> Iterator[_Condition]:
    moment = write_moment(now)
    some = _index_of_some(query)
    if some:
        # Word for word, or the planner does not see that the index has all of them.
        yield cast("_Condition", text(some))
    along = in_order and _is_told_by_order(query)
    seen = _kept_apart if some or along else _as_it_is
    yield from _any_of(query, seen)
    yield from _equal_to(query, seen)
    if query.claim_user:
        yield and_(_head.claim_user == query.claim_user, _head.claim_until > moment)
    if query.free_for:
        yield or_(_head.claim_user.in_(("", query.free_for)), _head.claim_until <= moment)
    if query.seats:
        yield or_(*(_is_to_approve(seat) for seat in query.seats))
    if query.text:
        yield _mentions(query.text)
    if query.signer:
        yield func.instr(_head.signers, f" {query.signer} ") > 0
    yield from _lacking(query)
    yield from _papers(query)
    if query.lights:
        yield or_(*(_shines(light, moment) for light in query.lights))
    if query.waiting is not None:
        unanswered = outbox.c.status != Status.ANSWERED.value
        waiting = _head.id.in_(select(outbox.c.case_id).where(unanswered))
        yield waiting if query.waiting else ~waiting


def _index_of_some(query: CaseQuery) -> str:
    """The condition of the index that holds few rows but all that are asked for, or nothing."""
    asked = {
        "held > 0": query.held or query.asked_after_all,
        "to_approve > ''": query.seats,
        "signers > ''": query.signer,
        "claim_user > ''": query.claim_user,
        "papers_at > ''": query.papers_at,
        "papers_to > ''": query.papers_to,
        "papers_from > ''": query.papers_from,
        "deferred_due > ''": query.deferred,
        LIT_SQL: query.order is Order.DUE
        and query.lights
        and Light.NONE not in query.lights
        and not (query.step_department or query.urged_in or query.supervised_in),
        OPEN_SQL: query.order is Order.DUE
        and query.stages
        and _OPEN.issuperset(query.stages)
        and not (query.step_department or query.urged_in or query.supervised_in),
    }
    return next((told for told, is_asked in asked.items() if is_asked), "")


def _is_told_by_order(query: CaseQuery) -> bool:
    """Whether the index of its order tells all that a list asks for: then it is read along that."""
    of_place = CaseQuery(
        window=query.window,
        department=query.department,
        stages=query.stages,
        order=query.order,
        after=query.after,
        limit=query.limit,
    )
    return query.order in _TOLD_BY_ORDER and query == of_place


def _as_it_is(column: Column[Any]) -> ColumnElement[Any]:
    return column


def _kept_apart(column: Column[Any]) -> ColumnElement[Any]:
    """A column as the planner does not look for an index of it: it takes every "=" for rare."""
    return literal_column(f"+{column}", column.type)


def _lacking(query: CaseQuery) -> Iterator[_Condition]:
    both = HELD | ASKED_AFTER_ALL
    if query.held:
        yield _head.held.in_((HELD, both))
    if query.asked_after_all:
        yield _head.held.in_((ASKED_AFTER_ALL, both))
    if query.deferred:
        yield _head.deferred_due < write_day(None)


def _any_of(query: CaseQuery, seen: _Seen) -> Iterator[_Condition]:
    wanted = {
        _head.stage: query.stages,
        _head.clock: query.clocks,
        _head.outcome: query.outcomes,
        _head.delivery: query.deliveries,
        _head.step_role: query.step_roles,
    }
    for column, values in wanted.items():
        if values:
            yield seen(column).in_([value.value for value in values])


def _equal_to(query: CaseQuery, seen: _Seen) -> Iterator[_Condition]:
    wanted = {
        _head.department: query.department,
        _head.window: query.window,
        _head.item: query.item,
        _head.application: query.application,
        _head.step_department: query.step_department,
        _head.urged_in: query.urged_in,
        _head.supervised_in: query.supervised_in,
        _head.project: query.project,
    }
    for column, value in wanted.items():
        if value:
            yield seen(column) == value


def _papers(query: CaseQuery) -> Iterator[_Condition]:
    for column, place in (
        (_head.papers_at, query.papers_at),
        (_head.papers_to, query.papers_to),
        (_head.papers_from, query.papers_from),
    ):
        if place:
            yield func.instr(column, f" {place} ") > 0
    if query.papers_since is not None:
        yield _head.papers_moved > write_moment(query.papers_since)
    if query.received_since is not None:
        yield _head.received_at >= write_moment(query.received_since)


def _is_to_approve(seat: str) -> _Condition:
    return func.instr(" " + _head.to_approve + " ", f" {seat} ") > 0


def _mentions(text: str) -> _Condition:
    named = func.instr(func.lower(_head.applicant_name), func.lower(text)) > 0
    asked = func.instr(func.lower(_head.item_name), func.lower(text)) > 0
    return or_(named, asked, func.substr(_head.number, 1, len(text)) == text)


def _shines(light: Light, moment: int) -> _Condition:
    """As `clerk.rules.clock.light_by_plan`, in SQL."""
    not_red, not_grey = _head.red_from > moment, _head.grey_until <= moment
    match light:
        case Light.NONE:
            return _head.red_from.is_(None)
        case Light.RED:
            return _head.red_from <= moment
        case Light.GREY:
            return and_(not_red, _head.grey_until > moment)
        case Light.YELLOW:
            return and_(not_red, not_grey, _head.yellow_from <= moment)
        case Light.GREEN:
            return and_(not_red, not_grey, _head.yellow_from > moment)
