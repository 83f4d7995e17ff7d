"""A desk that is older than central: what it cannot read breaks nothing, is kept and counted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from clerk.contract.sync import EntityKind, Page, Put, Remove
from clerk.decoding import decode
from storage import cases, digest, entities, feed, items, unread
from storage.store import Connection, Store
from tests.support.cases import FOOD, MONDAY
from tests.support.storage import (
    GREETED,
    bootstrap_of,
    case_id,
    make_record,
    page_of,
    put_calendar,
    put_case,
    put_item,
)

NEW_EVENT = b'{"event":"hovered.9","at":"2031-01-01T00:00:00+08:00"}'


def newer(put: Put, version: int) -> Put:
    """The same with something in it that nobody here knows."""
    body = bytes(put.body).replace(b'"events":[', b'"events":[' + NEW_EVENT + b",")
    if put.kind == EntityKind.ITEM:
        body = bytes(put.body).replace(b'"audience":"', b'"audience":"martian-')
    assert body != bytes(put.body)
    return replace(put, version=version, body=msgspec.Raw(body))


def as_sent(page: Page) -> Page:
    """A page as it comes over the line."""
    return decode(msgspec.json.encode(page), Page)


def apply(conn: Connection, *items_: Put | Remove, start: int = 10, end: int = 20) -> None:
    state = replace(GREETED, cursor=start)
    after = feed.apply_page(conn, state, as_sent(page_of(*items_, start=start, end=end)), MONDAY)
    assert after.state.cursor == end, "the pull goes on"


@pytest.fixture
def conn(store: Store) -> Iterator[Connection]:
    """One transaction for a whole test."""
    with store.begin() as connection:
        yield connection


def test_an_unknown_kind_is_kept_and_the_rest_applied(conn: Connection) -> None:
    drone = Put("drone", "d1", 3, msgspec.Raw(b'{"rotors":4}'))
    apply(conn, drone, put_case(make_record(1)))
    assert cases.find(conn, case_id(1)) is not None
    assert entities.find(conn, "drone", "d1") == b'{"rotors":4}'
    assert unread.count(conn) == 1
    assert ("drone", "d1", 3) in list(digest.rows(conn)), "so that it agrees with central"
    apply(conn, Remove("drone", "d1", 4), start=20, end=30)
    assert unread.count(conn) == 0


def test_a_case_with_an_unknown_event_is_shown_as_before(conn: Connection) -> None:
    record = make_record(1)
    apply(conn, put_calendar(), put_case(record))
    apply(conn, newer(put_case(record), 2), start=20, end=30)
    assert cases.find(conn, record.id) == record
    assert unread.count(conn) == 1
    held = [row for row in digest.rows(conn) if row[1] == record.id]
    assert held == [("case", record.id, 2)], "once, in the version that central has"
    apply(conn, put_case(record), start=30, end=40)
    assert unread.count(conn) == 1, "an older version does not undo a newer one"


def test_a_case_that_was_never_readable(conn: Connection) -> None:
    apply(conn, newer(put_case(make_record(1)), 2), newer(put_item(FOOD), 7))
    assert cases.find(conn, case_id(1)) is None
    assert items.find_newest(conn, FOOD.id) is None
    assert unread.count(conn) == 2
    apply(conn, Remove("case", case_id(1), 3), start=20, end=30)
    assert unread.count(conn) == 1


def test_an_upgraded_desk_reads_what_it_kept(conn: Connection) -> None:
    record = make_record(1)
    apply(conn, put_calendar(), newer(put_case(record), 1), put_item(FOOD))
    assert feed.read_again(conn, MONDAY) == 0
    readable = put_case(record)
    entities.write(conn, [readable])  # the same body, once this program knows its events
    assert feed.read_again(conn, MONDAY) == 1
    assert cases.find(conn, record.id) == record
    assert unread.count(conn) == 0


def test_a_bootstrap_brings_them_too(conn: Connection) -> None:
    state = replace(GREETED, bootstrapping=True)
    puts = (put_calendar(), put_case(make_record(1)), newer(put_case(make_record(2)), 2))
    after = feed.apply_bootstrap(conn, state, bootstrap_of(*puts), MONDAY)
    assert after.everything
    assert cases.find(conn, case_id(1)) is not None
    assert cases.find(conn, case_id(2)) is None
    assert unread.count(conn) == 1
