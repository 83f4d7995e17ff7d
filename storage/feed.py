"""The one way into the cache: pages of changes, and bootstraps that are swapped in whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, delete, func, select

from clerk.contract.calendar import CalendarData
from clerk.contract.setting import CLOCK_CHOICES, ClockChoices, read_setting
from clerk.contract.sync import BootstrapPage, EntityKind, Page, Put, Remove
from clerk.decoding import decode
from clerk.rules.calendar import WorkCalendar
from clerk.sync.desk import (
    DeskState,
    accepts_bootstrap,
    accepts_page,
    take_bootstrap,
    take_page,
)
from storage import cases, entities, items, outbox, prints, resending, scans, sync_state, unread
from storage.arriving import Arrived, read_page
from storage.connection import sweeping
from storage.schema import fresh_case_head, fresh_entity, fresh_item
from storage.unread import Read


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """What a page changed. `everything` after a bootstrap: look at all anew.

    `lost_sight`: cases may have left the desk's sight, and with them what was printed.
    """

    state: DeskState
    kinds: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    everything: bool = False
    lost_sight: bool = False


def apply_page(conn: Connection, state: DeskState, page: Page, now: datetime) -> Applied:
    """Take in what changed, with the cursor, in the caller's one transaction.

    A page that does not begin at the cursor changes nothing (another is on its way). Higher
    versions win; what left the desk's sight is purged.
    """
    after = take_page(state, page)
    if not accepts_page(state, page):
        sync_state.save(conn, after)
        return Applied(state=after)
    touched = frozenset(entry.id for entry in page.items if entry.kind == EntityKind.CASE)
    for kind in sorted({one.kind for one in page.items}, key=_turn_of):
        _apply_kind(conn, kind, [one for one in page.items if one.kind == kind], now)
    settled = outbox.settle(conn, after.cursor, now)
    sync_state.save(conn, after)
    kinds = frozenset(entry.kind for entry in page.items)
    if kinds & {EntityKind.CALENDAR, EntityKind.SETTING}:
        touched |= date_anew(conn, now)
    lost = any(isinstance(entry, Remove) for entry in page.items)
    return Applied(state=after, kinds=kinds, cases=touched | settled, lost_sight=lost)


def apply_bootstrap(
    conn: Connection,
    state: DeskState,
    page: BootstrapPage,
    now: datetime,
    arrived: Arrived | None = None,
) -> Applied:
    """Take in a page of the whole scope, unseen; the last one puts all in the cache's place.

    Drafts, outbox and leases are not touched. The tail of changes since the first page is
    pulled afterwards, from where the state's cursor then stands. `arrived` is the page as rows,
    where somebody has read it already.
    """
    key = state.bootstrap_key
    after = take_bootstrap(state, key, page)
    if accepts_bootstrap(state, key, page):
        with sweeping(conn):
            if not state.bootstrap_key:
                _forget_fresh(conn)
            _write_fresh(conn, arrived or read_page(page, None, now), now)
            if not page.next_key:
                # First: what is settled of a case that is not there any more goes with it.
                outbox.settle(conn, after.cursor, now)
                _take_fresh(conn, now)
    sync_state.save(conn, after)
    swapped = state.bootstrapping and not after.bootstrapping
    kinds = frozenset[str](EntityKind) if swapped else frozenset[str]()
    return Applied(state=after, kinds=kinds, everything=swapped, lost_sight=swapped)


def count_fresh(conn: Connection) -> int:
    """How many rows a bootstrap has brought so far."""
    shadows = (fresh_entity, fresh_item, fresh_case_head)
    return sum(conn.execute(select(func.count()).select_from(one)).scalar_one() for one in shadows)


def date_anew(conn: Connection, now: datetime) -> frozenset[str]:
    """Count forecasts and standing clocks by today; once a day, and with a new calendar."""
    calendar = _calendar(conn)
    return frozenset() if calendar is None else cases.date_anew(conn, calendar, now)


def fresh_calendar(conn: Connection) -> WorkCalendar | None:
    """The calendar among what a bootstrap has brought so far: its cases are dated with it."""
    body = entities.find_fresh_newest(conn, EntityKind.CALENDAR)
    return _read_calendar(body, entities.find_fresh(conn, EntityKind.SETTING, CLOCK_CHOICES))


def _apply_kind(
    conn: Connection, kind: str, entries: Sequence[Put | Remove], now: datetime
) -> None:
    held = _versions(conn, kind, [entry.id for entry in entries])
    last = {entry.id: entry for entry in entries}.values()
    puts = [one for one in last if isinstance(one, Put) and one.version > held.get(one.id, -1)]
    gone = [one.id for one in last if isinstance(one, Remove) and _outlives(one, held)]
    _purge(conn, kind, gone)
    readable, too_new = unread.divide(puts)
    entities.write(conn, too_new)
    if kind in unread.READ_ON_ARRIVAL:
        entities.purge(conn, kind, [put.id for put, _body in readable])
    _write(conn, kind, readable, now)


def read_again(conn: Connection, now: datetime) -> int:
    """Take in what this program was too old to read when it came; how much that was."""
    found = 0
    for kind in unread.READ_ON_ARRIVAL:
        readable, _too_new = unread.divide(unread.kept(conn, kind))
        entities.purge(conn, kind, [put.id for put, _body in readable])
        _write(conn, kind, readable, now)
        found += len(readable)
    return found


def _write(conn: Connection, kind: str, read: Sequence[Read], now: datetime) -> None:
    if kind == EntityKind.CASE:
        calendar = _calendar(conn)
        cases.write(conn, unread.cases_in(read), calendar, now)
    elif kind == EntityKind.ITEM:
        items.write(conn, unread.items_in(read))
    else:
        entities.write(conn, [put for put, _body in read])


def _outlives(removal: Remove, held: dict[str, int]) -> bool:
    """Whether a removal is not older than what it removes: a bootstrap may run ahead of it."""
    return removal.version >= held.get(removal.id, 0)


def _turn_of(kind: str) -> int:
    """Kinds in their order: what others are counted or named by comes before these."""
    known = [one.value for one in EntityKind]
    return known.index(kind) if kind in known else len(known)


def _versions(conn: Connection, kind: str, ids: Sequence[str]) -> dict[str, int]:
    """The newest versions that are held, whether they could be read or not."""
    too_new = entities.versions(conn, kind, ids)
    if kind == EntityKind.CASE:
        return cases.versions(conn, ids) | too_new
    if kind == EntityKind.ITEM:
        return items.versions(conn, ids) | too_new
    return too_new


def _purge(conn: Connection, kind: str, ids: Sequence[str]) -> None:
    if not ids:
        return
    entities.purge(conn, kind, ids)
    if kind == EntityKind.CASE:
        prints.forget_cases(conn, ids)
        cases.purge(conn, ids)
        resending.forget_cases(conn, ids)
        scans.purge_unseen(conn)
    elif kind == EntityKind.ITEM:
        items.purge(conn, ids)


def _write_fresh(conn: Connection, arrived: Arrived, now: datetime) -> None:
    entities.write_fresh(conn, arrived.small)
    items.write_fresh(conn, arrived.items)
    calendar = fresh_calendar(conn)
    if arrived.cases.heads and arrived.calendar is not calendar:
        arrived = read_page(arrived.page, calendar, now)
    cases.write_fresh(conn, arrived.cases)


def _take_fresh(conn: Connection, now: datetime) -> None:
    entities.take_fresh(conn)
    items.take_fresh(conn)
    prints.forget_left(conn)
    cases.take_fresh(conn)
    resending.forget_unseen(conn)
    scans.purge_unseen(conn)
    calendar = _calendar(conn)
    if calendar is not None:
        # Cases that came before their calendar have no dates yet.
        cases.date_anew(conn, calendar, now, forecasts=False)


def _forget_fresh(conn: Connection) -> None:
    for table in (fresh_entity, fresh_item):
        conn.execute(delete(table))
    cases.begin_fresh(conn)


def _calendar(conn: Connection) -> WorkCalendar | None:
    body = entities.find_newest(conn, EntityKind.CALENDAR)
    return _read_calendar(body, entities.find(conn, EntityKind.SETTING, CLOCK_CHOICES))


@lru_cache(2)
def _read_calendar(body: bytes | None, chosen: bytes | None) -> WorkCalendar | None:
    """Counting the days of all years takes longer than a page of changes."""
    if body is None:
        return None
    choices = read_setting(chosen, ClockChoices)
    return WorkCalendar(decode(body, CalendarData), choices)
