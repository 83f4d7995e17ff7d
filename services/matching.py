"""Whether a case belongs into a queue, told in Python as storage.case_filter tells it in SQL.

A waiting case is not in the cache as it will stand, so no SQL can find it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from storage.cases import CaseQuery, CaseRow, Order, key_of


def matches(row: CaseRow, query: CaseQuery, now: datetime, *, waiting: bool) -> bool:
    """Whether a row answers to every question of a query but its page."""
    return (
        _is_any_of(row, query)
        and _is_equal(row, query)
        and _fits_claim(row, query, now)
        and (not query.text or _mentions(row, query.text))
        and (not query.lights or row.light(now) in query.lights)
        and (query.waiting is None or query.waiting == waiting)
    )


def is_on_page(row: CaseRow, query: CaseQuery) -> bool:
    """Whether a row comes after the key that the page before ended with."""
    if query.after is None:
        return True
    here, after = sorting_key(row, query.order), (query.after.value, query.after.id)
    return here < after if query.order is Order.NEWEST else here > after


def sorting_key(row: CaseRow, order: Order) -> tuple[int | str, str]:
    """What a list is sorted by; the newest come first by sorting backwards."""
    key = key_of(row, order)
    return (key.value, key.id)


def _is_any_of(row: CaseRow, query: CaseQuery) -> bool:
    asked: tuple[tuple[object, Collection[object]], ...] = (
        (row.stage, query.stages),
        (row.clock, query.clocks),
        (row.outcome, query.outcomes),
        (row.delivery, query.deliveries),
        (row.step_role, [role.value for role in query.step_roles]),
    )
    return all(not values or value in values for value, values in asked)


def _is_equal(row: CaseRow, query: CaseQuery) -> bool:
    asked = (
        (row.department, query.department),
        (row.window, query.window),
        (row.item, query.item),
        (row.application, query.application),
        (row.step_department, query.step_department),
        (row.urged_in, query.urged_in),
        (row.supervised_in, query.supervised_in),
        (row.project, query.project),
        (query.held and row.held, query.held),
        (query.asked_after_all and row.asked_after_all, query.asked_after_all),
        (query.deferred and row.deferred_due is not None, query.deferred),
        (_moved_since(row, query), query.papers_since is not None),
        (_received_since(row, query), query.received_since is not None),
        (query.signer if f" {query.signer} " in row.signers else "", query.signer),
        (query.papers_at if f" {query.papers_at} " in row.papers_at else "", query.papers_at),
        (query.papers_to if f" {query.papers_to} " in row.papers_to else "", query.papers_to),
        (
            query.papers_from if f" {query.papers_from} " in row.papers_from else "",
            query.papers_from,
        ),
    )
    return all(not wanted or value == wanted for value, wanted in asked)


def _moved_since(row: CaseRow, query: CaseQuery) -> bool:
    since, moved = query.papers_since, row.papers_moved
    return since is not None and moved is not None and moved > since


def _received_since(row: CaseRow, query: CaseQuery) -> bool:
    return query.received_since is not None and row.received_at >= query.received_since


def _fits_claim(row: CaseRow, query: CaseQuery, now: datetime) -> bool:
    live = row.claim_until is not None and row.claim_until > now
    holder = row.claim_user if live else ""
    if query.claim_user and holder != query.claim_user:
        return False
    if query.seats and not set(query.seats) & set(row.to_approve.split()):
        return False
    return not query.free_for or holder in ("", query.free_for)


def _mentions(row: CaseRow, text: str) -> bool:
    named = _lower(text) in _lower(row.applicant_name) or _lower(text) in _lower(row.item_name)
    return named or row.number.startswith(text)


def _lower(text: str) -> str:
    """Lower case as SQLite knows it: of ASCII letters only."""
    return "".join(one.lower() if one.isascii() else one for one in text)
