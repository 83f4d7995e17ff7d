"""Items are found by Chinese, initials, pinyin or code, in the order of the rules."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from clerk.contract.item import Item
from clerk.errors import StoreError
from clerk.rules.finding import Findable, full_pinyin, initials, rank
from storage import catalogue, items
from storage.catalogue import ItemHit
from storage.store import Store

NAMES = (
    ("食品经营许可", "620100-001"),
    ("食品生产许可（变更）", "620100-002"),
    ("小食品摊贩备案", "620100-003"),
    ("居民身份证申领", "620200-001"),
    ("临时身份证明", "620200-002"),
    ("A类演出许可", "620300-001"),
    ("建筑工程施工许可证核发", "620400-001"),
    ("𠮷祥物登记", ""),
)
WORDS = (
    "许可",
    "备案",
    "登记",
    "变更",
    "核发",
    "食品",
    "药品",
    "经营",
    "建筑",
    "施工",
    "证",
    "Ａ类",
)


def make_item(name: str, code: str = "", version: int = 1) -> Item:
    return Item(
        id=code or name,
        version=version,
        name=name,
        code=code,
        department="d",
        department_name="某局",
        initials=initials(name),
        pinyin=full_pinyin(name),
    )


ITEMS = tuple(make_item(name, code) for name, code in NAMES)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.begin() as conn:
        items.upsert(conn, ITEMS)
    return store


def names_of(store: Store, query: str, limit: int = 20) -> list[str]:
    with store.read() as conn:
        return [hit.name for hit in catalogue.search(conn, query, limit)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("食品", ["食品经营许可", "食品生产许可（变更）", "小食品摊贩备案"]),
        ("食 品", ["食品经营许可", "食品生产许可（变更）", "小食品摊贩备案"]),
        ("变更", ["食品生产许可（变更）"]),
        ("许可变更", ["食品生产许可（变更）"]),
        ("身份证", ["居民身份证申领", "临时身份证明"]),
        ("证", ["临时身份证明", "居民身份证申领", "建筑工程施工许可证核发"]),
        ("spjy", ["食品经营许可"]),
        ("SPJY", ["食品经营许可"]),
        ("sfz", ["临时身份证明", "居民身份证申领"]),
        ("shipin", ["食品经营许可", "食品生产许可（变更）", "小食品摊贩备案"]),
        ("shenfenzh", ["临时身份证明", "居民身份证申领"]),
        ("hipin", []),
        ("620100-002", ["食品生产许可（变更）"]),
        ("620100002", ["食品生产许可（变更）"]),
        ("6202", ["临时身份证明", "居民身份证申领"]),
        ("a类", ["A类演出许可"]),
        ("𠮷祥", ["𠮷祥物登记"]),
        ("房屋", []),
        ("", []),
        ("（）", []),
        ('"', []),
        ("许可 OR 证", []),
        ("name : *", []),
    ],
)
def test_a_query_finds(filled: Store, query: str, expected: list[str]) -> None:
    assert sorted(names_of(filled, query)) == sorted(expected)
    if len(expected) > 1 and query in {"食品", "shipin"}:
        assert names_of(filled, query) == expected, "and in this order"


def test_a_hit_tells_what_a_list_shows(filled: Store) -> None:
    with filled.read() as conn:
        (hit,) = catalogue.search(conn, "620100-001", 5)
    assert hit == ItemHit(
        id="620100-001",
        version=1,
        name="食品经营许可",
        code="620100-001",
        department_name="某局",
    )


def test_the_best_of_many_are_those_of_the_rules(store: Store) -> None:
    """The index may only leave out what the rules would leave out too."""
    chance = random.Random(5)
    made = [
        make_item("".join(chance.choices(WORDS, k=chance.randint(2, 6))) + str(n), f"62{n:06}")
        for n in range(250)
    ]
    with store.begin() as conn:
        items.upsert(conn, made)
    whole = {one.name for one in made}
    assert len(whole) == len(made)
    queries = [
        "许可",
        "证核",
        "食品经营",
        "sp",
        "xk",
        "s",
        "jingying",
        "jing",
        "62",
        "6200001",
        "a",
    ]
    for query in [*queries, *(one.name[2:5] for one in made[:40])]:
        ranked = sorted(
            (order, one.name)
            for one in made
            if (order := rank(query, Findable(one.name, one.initials, one.pinyin, one.code)))
        )
        assert names_of(store, query, 15) == [name for _order, name in ranked[:15]], query


def test_the_limit_holds(filled: Store) -> None:
    assert names_of(filled, "食品", 2) == ["食品经营许可", "食品生产许可（变更）"]


def test_a_retired_item_is_not_found_but_is_readable(filled: Store) -> None:
    food = ITEMS[0]
    with filled.begin() as conn:
        items.upsert(conn, [replace(food, version=2, retired=True)])
        assert catalogue.search(conn, food.name, 5) == ()
        assert catalogue.get(conn, food.id, 1) == food
        newest = catalogue.find_newest(conn, food.id)
        assert newest is not None
        assert newest.retired
        items.upsert(conn, [replace(food, version=3)])
        assert [hit.version for hit in catalogue.search(conn, food.name, 5)] == [3]


def test_only_the_newest_version_is_found_and_old_ones_stay_readable(filled: Store) -> None:
    food = ITEMS[0]
    renamed = replace(food, version=2, name="食品销售许可", initials="spxsxk", pinyin="")
    with filled.begin() as conn:
        items.upsert(conn, [renamed])
        assert catalogue.search(conn, "食品经营", 5) == ()
        assert [hit.version for hit in catalogue.search(conn, "食品销售", 5)] == [2]
        assert catalogue.search(conn, "spjy", 5) == ()
        assert catalogue.get(conn, food.id, 1) == food
        assert catalogue.get(conn, food.id, 2) == renamed
        assert catalogue.count_items(conn) == len(ITEMS)
        with pytest.raises(StoreError, match=r"item\.unknown"):
            catalogue.get(conn, food.id, 3)


def test_a_purged_item_is_nowhere(filled: Store) -> None:
    food = ITEMS[0]
    with filled.begin() as conn:
        items.purge(conn, [food.id])
        assert catalogue.search(conn, food.name, 5) == ()
        assert catalogue.find_newest(conn, food.id) is None
        assert catalogue.count_items(conn) == len(ITEMS) - 1
        count = "SELECT count(*) FROM item_search_docsize"
        assert conn.exec_driver_sql(count).scalar_one() == len(ITEMS) - 1
