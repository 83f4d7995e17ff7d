"""Duplicates of materials: listed, merged with a person's word, kept by the next import."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from central.catalogue.coming import Doing
from central.catalogue.materials import Merged, find_duplicates, merge, plan_merge
from central.catalogue.publishing import publish
from central.db import audit, catalogue, feed
from central.db.engine import Connection
from central.imports.catalogue import import_catalogue, read_catalogue_file
from central.imports.joining import keep_shared
from central.service import Central
from clerk.contract.item import Item, Material
from clerk.errors import InputError
from tests.support.cases import FOOD, MONDAY

DOING = Doing(at=MONDAY, actor="admin", reason="同一份材料")


def make_item(one: str, *names: str, shared: str = "") -> Item:
    materials = tuple(
        Material(key=f"m{n}", name=name, shared=shared) for n, name in enumerate(names, 1)
    )
    return replace(FOOD, id=one, name=one, materials=materials)


def furnish(central: Central, *items: Item) -> None:
    def lay(connection: Connection) -> None:
        feed.announce(connection, publish(connection, items, MONDAY).changes)

    central.database.commit(lay)


def share(central: Central, word: str, *names: str, doing: Doing = DOING) -> Merged:
    return central.database.commit(lambda connection: merge(connection, word, names, doing))


def test_listed_then_merged_only_by_a_persons_word(central: Central) -> None:
    furnish(
        central,
        make_item("a", "施工合同", "平面布置总图"),
        make_item("b", "施工合同（原件）"),
        make_item("c", "施工合同", "施工合同（原件）"),
    )
    with central.database.read() as connection:
        same, _near = find_duplicates(connection)
    assert (same[0].names, same[0].items) == (("施工合同", "施工合同（原件）"), 3)
    with central.database.read() as connection:
        fresh, left = plan_merge(connection, "contract", ["施工合同", "施工合同（原件）"])
        untouched = catalogue.find_item(connection, "a")
    assert ([one.id for one in fresh], left) == (["a", "b"], ["c"])
    assert untouched is not None
    assert untouched.version == 1
    merged = share(central, "contract", "施工合同", "施工合同（原件）")
    assert (merged.items, merged.left) == (("a", "b"), ("c",))
    with central.database.read() as connection:
        first, second = (catalogue.find_item(connection, one) for one in ("a", "b"))
        before = catalogue.find_item(connection, "a", 1)
        assert audit.find_break(connection) is None
    assert first is not None
    assert second is not None
    assert before is not None
    assert (first.version, [one.shared for one in first.materials]) == (2, ["contract", ""])
    assert second.materials[0].shared == "contract"
    assert before.materials[0].shared == ""


def test_what_is_odd_is_refused_and_nothing_changes(central: Central) -> None:
    furnish(central, make_item("a", "施工合同"), make_item("b", "中标通知书", shared="bid"))
    with pytest.raises(InputError, match=r"material\.not_asked_for"):
        share(central, "contract", "施工合同", "没有的材料")
    with pytest.raises(InputError, match=r"material\.shared_already"):
        share(central, "contract", "中标通知书")
    with pytest.raises(InputError, match=r"material\.no_reason"):
        share(central, "contract", "施工合同", doing=replace(DOING, reason=" "))
    with central.database.read() as connection:
        item = catalogue.find_item(connection, "a")
    assert item is not None
    assert item.version == 1


def test_the_next_list_of_materials_keeps_what_was_merged() -> None:
    before = (Material(key="m1", name="施工合同", shared="contract"),)
    told = (Material(key="", name="中标通知书"), Material(key="", name="施工合同"))
    assert [one.shared for one in keep_shared(before, told)] == ["", "contract"]


def test_real_lists_give_a_list_that_makes_sense(central: Central, reference_data: Path) -> None:
    def lay(connection: Connection) -> None:
        for name in ("items.csv", "item_limits.csv", "item_materials.csv"):
            import_catalogue(
                connection, read_catalogue_file(reference_data / name), MONDAY, "admin"
            )

    central.database.commit(lay)
    with central.database.read() as connection:
        same, near = find_duplicates(connection)
    told = {name for one in same for name in one.names}
    assert {"建设工程规划许可证", "中标通知书", "施工合同"} <= told
    assert "法律、行政法规规定的其他材料" not in told
    pairs = {frozenset((*one.first.names, *one.second.names)) for one in near}
    assert frozenset(("建设工程规划许可证及附图", "建设工程规划许可证附图")) in pairs
    assert 40 < len(same) < 80
    assert 10 < len(near) < len(same)
