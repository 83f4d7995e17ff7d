"""Cases are found while they are in the cache, by all that they are asked for, and never after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection

from clerk.contract.case import Accepted, CaseRecord, DocumentKind
from clerk.contract.sync import EntityKind, Remove
from clerk.contract.user import Actor
from storage import case_search, feed
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import (
    GREETED,
    bootstrap_of,
    make_record,
    open_store,
    page_of,
    put_calendar,
    put_case,
)

NAMES = ("曾小明", "王小明", "小明餐饮有限公司", "李银行", "王小明")
ACTOR = Actor(user="u-clerk", name="窗口甲", window="w1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def records() -> list[CaseRecord]:
    """A case a day, each for another name; the last has a paper besides its receipt."""
    made = [
        make_record(place, name=name, at=MONDAY + timedelta(days=place))
        for place, name in enumerate(NAMES)
    ]
    accepted = Accepted(at=MONDAY, by=ACTOR, document="市监受〔2026〕12号")
    last = made[-1]
    return [*made[:-1], replace(last, version=2, events=(*last.events, accepted))]


def fill(store: Store) -> list[CaseRecord]:
    """Let the cases arrive as changes."""
    made = records()
    with store.begin() as conn:
        feed.apply_page(conn, GREETED, page_of(put_calendar(), *map(put_case, made)), MONDAY)
    return made


def named(conn: Connection, text: str) -> list[str]:
    """The names of what is found by name, with the day of the receipt."""
    found = case_search.by_name(conn, text, 20)
    return [f"{row.applicant_name} {row.received_at.day}" for row in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王小明", ["王小明 5", "王小明 2"]),
        ("小明", ["小明餐饮有限公司 3", "王小明 5", "王小明 2", "曾小明 1"]),
        ("zxm", ["曾小明 1"]),
        ("cengxiao", ["曾小明 1"]),
        ("zengx", ["曾小明 1"]),
        ("wxm", ["王小明 5", "王小明 2"]),
        ("yinhang", ["李银行 4"]),
        ("Ｗ", ["王小明 5", "王小明 2"]),
        ("赵", []),
        ('"*', []),
        ("", []),
    ],
)
def test_by_name_and_by_its_sound_best_first_then_newest(
    store: Store, text: str, expected: list[str]
) -> None:
    fill(store)
    with store.read() as conn:
        assert named(conn, text) == expected


def test_by_the_groups_of_a_number_and_by_a_paper(store: Store) -> None:
    last = fill(store)[-1]
    with store.read() as conn:
        number = case_search.by_name(conn, "王小明", 1)[0].number
        for text in (number, number[:9], number[6:], number[9:]):
            assert case_search.by_number(conn, text, 20)[0].id == last.id, text
        assert not case_search.by_number(conn, number[:2], 20)
        for text in ("市监受〔2026〕12号", "[2026]12", "2026 12", "12号"):
            assert [row.id for row in case_search.by_paper(conn, text, 20)] == [last.id], text
        assert not case_search.by_paper(conn, "〔2026〕13", 20)


def test_by_what_a_paper_is(store: Store) -> None:
    made = fill(store)
    with store.read() as conn:
        (accepted,) = case_search.by_kind(conn, DocumentKind.ACCEPTANCE, 20)
        assert accepted.id == made[-1].id
        receipts = case_search.by_kind(conn, DocumentKind.RECEIPT, 3)
        assert [row.id for row in receipts] == [one.id for one in reversed(made)][:3]
        assert not case_search.by_kind(conn, None, 20), "no licence came of any"
        assert not case_search.by_kind(conn, DocumentKind.REFUSAL, 20)
    state = replace(GREETED, cursor=20)
    gone = Remove(kind=EntityKind.CASE, id=made[-1].id, version=9)
    with store.begin() as conn:
        feed.apply_page(conn, state, page_of(gone, start=20, end=30), MONDAY)
    with store.read() as conn:
        assert not case_search.by_kind(conn, DocumentKind.ACCEPTANCE, 20)


def test_what_changes_is_found_as_it_is_now_and_what_left_is_found_no_more(store: Store) -> None:
    made = fill(store)
    state = replace(GREETED, cursor=20)
    renamed = make_record(0, name="赵敏", at=MONDAY)
    renamed = replace(renamed, version=2, events=(*renamed.events, Accepted(at=MONDAY, by=ACTOR)))
    gone = Remove(kind=EntityKind.CASE, id=made[1].id, version=9)
    with store.begin() as conn:
        page = page_of(put_case(renamed), gone, start=20, end=30)
        feed.apply_page(conn, state, page, MONDAY)
    with store.read() as conn:
        assert named(conn, "zxm") == []
        assert named(conn, "zm") == ["赵敏 1"]
        assert named(conn, "王小明") == ["王小明 5"]


def test_a_bootstrap_puts_its_own_index_in_the_place_of_the_old_one(store: Store) -> None:
    fill(store)
    fresh = replace(GREETED, bootstrapping=True)
    first = bootstrap_of(put_calendar(), put_case(make_record(7, name="孙悟空")), next_key="k")
    last = bootstrap_of(put_case(make_record(8, name="孙小圣")))
    with store.begin() as conn:
        state = feed.apply_bootstrap(conn, fresh, first, MONDAY).state
    with store.read() as conn:
        assert named(conn, "孙") == [], "unseen until it is whole"
        assert len(named(conn, "小明")) == 4
    with store.begin() as conn:
        feed.apply_bootstrap(conn, state, last, MONDAY)
    with store.read() as conn:
        assert len(named(conn, "孙")) == 2
        assert named(conn, "小明") == []
    again = replace(state, bootstrap_key="", bootstrap_position=0)
    with store.begin() as conn:
        feed.apply_bootstrap(conn, again, bootstrap_of(put_calendar()), MONDAY)
    with store.read() as conn:
        assert named(conn, "孙") == []
