"""Pages of the feed and bootstraps: the cursor moves with the rows, and nothing is half seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from clerk.contract.answer import Answer, Conclusion
from clerk.contract.case import Withdrawn
from clerk.contract.command import AcceptCase
from clerk.contract.item import Bundle, Department, Item, Window
from clerk.contract.licence import LicenceType
from clerk.contract.numbers import NumberLease
from clerk.contract.sync import EntityKind, Put, Remove
from clerk.contract.user import Actor
from clerk.sync.desk import DeskState
from storage import cases, catalogue, drafts, feed, leases, outbox, sync_state
from storage.arriving import read_page
from storage.cases import CaseQuery
from storage.schema import case_head
from storage.store import Store
from tests.support.cases import FOOD, MONDAY
from tests.support.storage import (
    GENERATION,
    GREETED,
    bootstrap_of,
    case_id,
    make_draft,
    make_record,
    open_store,
    page_of,
    put,
    put_calendar,
    put_case,
    put_item,
)

WITHDRAWN = Withdrawn(at=MONDAY + timedelta(days=1), by=Actor(user="u", name="n"), reason="r")
HALF = msgspec.json.encode(replace(make_record(9), id="x", version=2))
EMPTY = DeskState(generation=GENERATION, greeted=True, bootstrapping=True)


def cached(store: Store) -> list[str]:
    with store.read() as conn:
        return sorted(row.id for row in cases.page(conn, CaseQuery(limit=1000), MONDAY))


def apply(store: Store, *items: Put | Remove, state: DeskState = GREETED) -> feed.Applied:
    page = page_of(*items, start=state.cursor, end=state.cursor + 10)
    with store.begin() as conn:
        return feed.apply_page(conn, state, page, MONDAY)


def remove(place: int, version: int) -> Remove:
    return Remove(kind=EntityKind.CASE, id=case_id(place), version=version)


def test_rows_and_cursor_move_together(store: Store) -> None:
    applied = apply(store, put_calendar(), put_item(FOOD), put_case(make_record(1)))
    assert applied.state.cursor == 20
    assert applied.kinds == {EntityKind.CALENDAR, EntityKind.ITEM, EntityKind.CASE}
    assert applied.cases == {case_id(1)}
    with store.read() as conn:
        assert sync_state.load(conn) == applied.state
        assert cases.get(conn, case_id(1)) == make_record(1)
        assert catalogue.get(conn, FOOD.id, FOOD.version) == FOOD
        row = cases.find_row(conn, case_id(1))
    assert row is not None
    assert row.calendar == "test", "the calendar of the same page counts"


def test_a_page_that_fails_midway_moves_nothing(store: Store) -> None:
    bad = Put(kind=EntityKind.CASE, id="x", version=1, body=msgspec.Raw(HALF))
    with pytest.raises(AssertionError, match="whole cases"):
        apply(store, put_item(FOOD), put_case(make_record(1)), bad)
    assert cached(store) == []
    with store.read() as conn:
        assert catalogue.count_items(conn) == 0
        assert sync_state.load(conn) == DeskState()


@pytest.mark.parametrize(("start", "generation"), [(11, GENERATION), (9, GENERATION), (10, "g2")])
def test_a_page_that_does_not_fit_changes_nothing(
    store: Store, start: int, generation: str
) -> None:
    page = replace(page_of(put_case(make_record(1)), start=start), generation=generation)
    with store.begin() as conn:
        applied = feed.apply_page(conn, GREETED, page, MONDAY)
    assert applied.state.cursor == GREETED.cursor
    assert applied.state.greeted is (generation == GENERATION)
    assert not applied.cases
    assert cached(store) == []


def test_the_higher_version_wins(store: Store) -> None:
    new = make_record(1, [WITHDRAWN])
    apply(store, put_case(new))
    applied = apply(store, put_case(make_record(1)), state=replace(GREETED, cursor=20))
    assert applied.state.cursor == 30, "an old version is no reason to stop"
    with store.read() as conn:
        assert cases.get(conn, new.id) == new
    apply(store, put_item(FOOD), put_item(replace(FOOD, version=2)), state=GREETED)
    with store.read() as conn:
        newest = catalogue.find_newest(conn, FOOD.id)
    assert newest is not None
    assert newest.version == 2, "within a page the last word counts"


def test_an_item_keeps_its_higher_version(store: Store) -> None:
    apply(store, put_item(FOOD))
    apply(store, put_item(replace(FOOD, version=2, name="旧名")))
    with store.read() as conn:
        assert catalogue.find_newest(conn, FOOD.id) == FOOD
        assert catalogue.search(conn, "旧名", 5) == ()


def test_what_left_the_sight_is_purged(store: Store) -> None:
    apply(store, put_item(FOOD), put_case(make_record(1)), put_case(make_record(2)))
    gone_item = Remove(kind=EntityKind.ITEM, id=FOOD.id, version=FOOD.version)
    applied = apply(store, remove(1, 1), gone_item)
    assert applied.cases == {case_id(1)}
    assert cached(store) == [case_id(2)]
    with store.read() as conn:
        assert cases.find(conn, case_id(1)) is None
        assert catalogue.search(conn, FOOD.name, 5) == ()
        assert catalogue.find_newest(conn, FOOD.id) is None


def test_a_removal_older_than_the_row_is_passed_over(store: Store) -> None:
    apply(store, put_case(make_record(1, [WITHDRAWN])))
    apply(store, remove(1, 1))
    assert cached(store) == [case_id(1)]
    apply(store, remove(1, 2))
    assert cached(store) == []
    apply(store, put_case(make_record(1, [WITHDRAWN])))
    assert cached(store) == [case_id(1)], "what comes back into sight is there again"


def test_the_small_kinds_are_readable(store: Store) -> None:
    department = Department(id="d", name="某局")
    window = Window(id="w", number=1, name="一号窗口", centre="c")
    bundle = Bundle(id="b", version=1, name="一件事", lead_department="d", stages=(), nodes=())
    licence = LicenceType(id="l", name="某证")
    apply(
        store,
        put(EntityKind.DEPARTMENT, "d", 1, department),
        put(EntityKind.WINDOW, "w", 1, window),
        put(EntityKind.BUNDLE, "b", 1, bundle),
        put(EntityKind.LICENCE_TYPE, "l", 1, licence),
        put(EntityKind.SETTING, "warn_days", 1, {"days": 2}),
        put_calendar(),
    )
    with store.read() as conn:
        assert catalogue.departments(conn) == (department,)
        assert catalogue.find_department(conn, "d") == department
        assert catalogue.windows(conn) == (window,)
        assert catalogue.find_window(conn, "none") is None
        assert catalogue.bundles(conn) == (bundle,)
        assert catalogue.get_bundle(conn, "b") == bundle
        assert catalogue.licence_types(conn) == (licence,)
        assert catalogue.find_setting(conn, "warn_days") == {"days": 2}
        assert catalogue.get_calendar(conn).version == "test"


def test_a_new_calendar_counts_the_dates_anew(store: Store) -> None:
    apply(store, put_case(make_record(1)))
    with store.read() as conn:
        undated = cases.find_row(conn, case_id(1))
    applied = apply(store, put_calendar("v2"))
    with store.read() as conn:
        dated = cases.find_row(conn, case_id(1))
    assert undated is not None
    assert undated.promised_due is None
    assert dated is not None
    assert dated.promised_due is not None
    assert dated.calendar == "v2"
    assert applied.cases == {case_id(1)}


def append(store: Store) -> None:
    with store.begin() as conn:
        outbox.append(
            conn,
            command_id="c",
            case_id=case_id(1),
            base_version=1,
            command=AcceptCase(),
            user="u",
            at=MONDAY,
        )


def test_an_applied_command_leaves_with_its_effect(store: Store) -> None:
    append(store)
    applied = Answer(n=1, command="c", conclusion=Conclusion.APPLIED, version=2)
    with store.begin() as conn:
        outbox.mark_answered(conn, applied, head=25)
    apply(store)
    with store.read() as conn:
        assert len(outbox.pending(conn)) == 1, "its effect is at 25, the cursor at 20"
    page = apply(store, state=replace(GREETED, cursor=20))
    assert page.cases == {case_id(1)}
    with store.read() as conn:
        assert outbox.pending(conn) == ()


def begin_bootstrap(store: Store) -> DeskState:
    """A cache of an old scope, and the first of two pages of the new one."""
    apply(store, put_item(FOOD), put_case(make_record(1)), put_case(make_record(2)))
    first = bootstrap_of(put_calendar(), put_item(make_new()), next_key="k1", position=30)
    with store.begin() as conn:
        return feed.apply_bootstrap(conn, EMPTY, first, MONDAY).state


def make_new() -> Item:
    return replace(FOOD, id="new", name="新事项", version=1)


def last_page() -> Iterator[Put]:
    yield put_item(replace(FOOD, version=4))
    yield put_case(make_record(2, [WITHDRAWN]))
    yield put_case(make_record(3))


def test_a_half_applied_bootstrap_is_never_seen(store: Store) -> None:
    begin_bootstrap(store)
    assert cached(store) == [case_id(1), case_id(2)]
    with store.read() as conn:
        assert catalogue.search(conn, "新事项", 5) == ()
        assert catalogue.find_calendar(conn) is None
        assert [hit.version for hit in catalogue.search(conn, FOOD.name, 5)] == [FOOD.version]


def test_the_last_page_puts_all_in_place_at_once(store: Store) -> None:
    state = begin_bootstrap(store)
    with store.begin() as conn:
        applied = feed.apply_bootstrap(conn, state, bootstrap_of(*last_page(), position=30), MONDAY)
    assert applied.everything
    assert (applied.state.bootstrapping, applied.state.cursor) == (False, 30)
    assert cached(store) == [case_id(2), case_id(3)]
    with store.read() as conn:
        assert sync_state.load(conn) == applied.state
        assert cases.get(conn, case_id(2)).version == 2
        assert cases.find(conn, case_id(1)) is None
        row = cases.find_row(conn, case_id(3))
        assert row is not None
        assert row.calendar == "test"
        assert [hit.version for hit in catalogue.search(conn, FOOD.name, 5)] == [4]
        assert catalogue.get(conn, FOOD.id, FOOD.version) == FOOD, "drafts are pinned to it"
        assert len(catalogue.search(conn, "新事项", 5)) == 1
        for table in ("entity", "item", "case_head", "case_body"):
            count = conn.exec_driver_sql(f"SELECT count(*) FROM fresh_{table}")  # noqa: S608
            assert count.scalar_one() == 0


def test_a_page_read_before_its_calendar_came_is_dated_all_the_same(store: Store) -> None:
    page = bootstrap_of(put_case(make_record(3)), position=30)
    early = read_page(page, None, MONDAY)
    state = begin_bootstrap(store)
    with store.begin() as conn:
        feed.apply_bootstrap(conn, state, replace(page, next_key="k2"), MONDAY, early)
        dated = conn.exec_driver_sql("SELECT calendar FROM fresh_case_head").scalars().all()
    assert dated == ["test"]


def test_an_item_that_is_not_in_the_new_scope_is_gone(store: Store) -> None:
    apply(store, put_item(FOOD))
    with store.begin() as conn:
        feed.apply_bootstrap(conn, EMPTY, bootstrap_of(put_item(make_new())), MONDAY)
        assert catalogue.find_newest(conn, FOOD.id) is None
        assert catalogue.search(conn, FOOD.name, 5) == ()


def test_a_restored_central_may_go_back_to_a_lower_version(store: Store) -> None:
    apply(store, put_item(FOOD), put_case(make_record(1, [WITHDRAWN])))
    old = replace(FOOD, version=FOOD.version - 1)
    page = bootstrap_of(put_item(old), put_case(make_record(1)))
    with store.begin() as conn:
        feed.apply_bootstrap(conn, EMPTY, page, MONDAY)
        assert catalogue.find_newest(conn, FOOD.id) == old
        assert [hit.version for hit in catalogue.search(conn, FOOD.name, 5)] == [old.version]
        assert cases.get(conn, case_id(1)).version == 1


def test_the_tail_meets_rows_that_are_ahead_of_it(store: Store) -> None:
    page = bootstrap_of(put_case(make_record(1, [WITHDRAWN])), position=10)
    with store.begin() as conn:
        state = feed.apply_bootstrap(conn, EMPTY, page, MONDAY).state
    apply(store, put_case(make_record(1)), put_case(make_record(2)), state=state)
    with store.read() as conn:
        assert cases.get(conn, case_id(1)).version == 2
    assert cached(store) == [case_id(1), case_id(2)]


def test_a_bootstrap_goes_on_after_a_restart(store: Store) -> None:
    begin_bootstrap(store)
    store.close()
    again = open_store(store.path.parent.parent)
    with again.begin() as conn:
        state = replace(sync_state.load(conn), greeted=True)
        assert (state.bootstrapping, state.bootstrap_key) == (True, "k1")
        feed.apply_bootstrap(conn, state, bootstrap_of(*last_page()), MONDAY)
        assert len(catalogue.search(conn, "新事项", 5)) == 1, "the first page was not lost"
    assert cached(again) == [case_id(2), case_id(3)]
    again.close()


def test_a_page_that_comes_twice_is_taken_once(store: Store) -> None:
    state = begin_bootstrap(store)
    middle = bootstrap_of(put_case(make_record(5)), next_key="k2")
    with store.begin() as conn:
        state = feed.apply_bootstrap(conn, state, middle, MONDAY).state
        state = feed.apply_bootstrap(conn, state, middle, MONDAY).state
        feed.apply_bootstrap(conn, state, bootstrap_of(), MONDAY)
    assert cached(store) == [case_id(5)]


def test_a_bootstrap_that_begins_again_forgets_its_first_try(store: Store) -> None:
    begin_bootstrap(store)
    with store.begin() as conn:
        feed.apply_bootstrap(conn, EMPTY, bootstrap_of(put_case(make_record(9))), MONDAY)
        assert catalogue.search(conn, "新事项", 5) == ()
    assert cached(store) == [case_id(9)]


def test_a_bootstrap_of_another_generation_is_not_taken(store: Store) -> None:
    state = begin_bootstrap(store)
    other = replace(bootstrap_of(*last_page()), generation="g2")
    with store.begin() as conn:
        applied = feed.apply_bootstrap(conn, state, other, MONDAY)
    assert not applied.everything
    assert not applied.state.greeted
    assert cached(store) == [case_id(1), case_id(2)]


def test_a_rebuild_of_the_cache_leaves_the_desks_own_things(store: Store) -> None:
    append(store)
    with store.begin() as conn:
        drafts.save(conn, make_draft(1))
        leases.add(conn, NumberLease(1, 1, 9), MONDAY.date())
        leases.take_next(conn, 1, MONDAY.date())
    state = begin_bootstrap(store)
    with store.begin() as conn:
        feed.apply_bootstrap(conn, state, bootstrap_of(), MONDAY)
    with store.begin() as conn:
        assert drafts.list_all(conn) == (make_draft(1),)
        assert [one.n for one in outbox.unsent(conn, 9)] == [1]
        assert leases.take_next(conn, 1, MONDAY.date()) == 2
    assert cached(store) == []


def indexes(store: Store, table: str) -> set[tuple[str, ...]]:
    """The columns of each index of a table."""
    with store.read() as conn:
        names = conn.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name = ?",
            (table,),
        ).scalars()
        told = [conn.exec_driver_sql(f"PRAGMA index_info({name})").all() for name in names]
    return {tuple(row.name for row in rows) for rows in told}


def test_the_cache_keeps_its_indexes_through_every_bootstrap(store: Store) -> None:
    declared = {tuple(index.columns.keys()) for index in case_head.indexes}
    assert indexes(store, "case_head") == declared
    for _ in range(3):
        state = begin_bootstrap(store)
        assert indexes(store, "fresh_case_head") == declared, "there before the rows come"
        with store.begin() as conn:
            feed.apply_bootstrap(conn, state, bootstrap_of(*last_page()), MONDAY)
        assert indexes(store, "case_head") == declared
        assert indexes(store, "fresh_case_head") == set()


def test_a_bootstrap_that_an_older_release_began_gets_its_indexes(store: Store) -> None:
    state = begin_bootstrap(store)
    declared = indexes(store, "fresh_case_head")
    with store.begin() as conn:
        for index in case_head.indexes:
            conn.exec_driver_sql(f"DROP INDEX {index.name}_turn")
        feed.apply_bootstrap(conn, state, bootstrap_of(*last_page()), MONDAY)
    assert indexes(store, "case_head") == declared
    assert cached(store) == [case_id(2), case_id(3)]
