"""Bundles from files: refused with the place and the remedy, or published as versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.db import cases, projects
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE, SystemClock
from clerk.contract.bundle import Place
from clerk.contract.item import Bundle
from clerk.locale import use_language
from clerk.locale.problems import tell
from tests.central.imports.flows.city import City
from tests.support.cases import MONDAY, CaseStory

STAGES = (("shop", "开店一件事", "市监", "登记"), ("", "", "", "准营"))
NODES = (("shop", "登记", "食品经营许可", "主", ""), ("", "准营", "sign", "辅", "食品经营许可"))


def test_a_bundle_is_published_as_its_next_version(city: City) -> None:
    assert city.run("import", "bundles", city.bundles(STAGES, NODES))[0] == 0
    bundle = get_bundle(city, 1)
    assert bundle.lead_department == "market"
    assert [(node.name, node.main, node.after) for node in bundle.nodes] == [
        ("食品经营许可", True, ()),
        ("户外广告设置审批", False, ("food",)),
    ]
    assert bundle.initials == "kdyjs"
    assert "0 published" in city.run("import", "bundles", city.bundles(STAGES, NODES))[1]
    free = (NODES[0], (*NODES[1][:4], ""))
    assert city.run("import", "bundles", city.bundles(STAGES, free))[0] == 0
    assert get_bundle(city, 2).nodes[1].after == ()
    assert get_bundle(city, 1) == bundle


def test_a_bundle_is_withdrawn_by_its_day_and_offered_again(city: City) -> None:
    assert city.run("import", "bundles", city.bundles(STAGES, NODES))[0] == 0
    city.within(open_application)
    day = SystemClock().now().date() + timedelta(days=30)
    until = day + timedelta(days=30)
    turn = ("shop", "--reason", "改革", "--on")
    status, told = city.run("catalogue", "withdraw", *turn, day.isoformat())
    assert status == 0
    assert "open applications that keep to version 1: 1" in told
    assert f"“开店一件事” is offered no more from {day} on" in told
    listed = city.run("catalogue", "coming")[1]
    assert f"{day}\tshop\t开店一件事\twithdrawn" in listed
    free = city.bundles(STAGES, (NODES[0], (*NODES[1][:4], "")))
    assert city.run("import", "bundles", free)[0] == 0
    with_day = get_bundle(city, 3)
    assert with_day.withdrawn_at == datetime.combine(day, time(), OFFICE_ZONE), "an import keeps it"
    assert city.run("catalogue", "withdraw", *turn, day.isoformat())[0] == 1
    assert city.run("catalogue", "offer", *turn, until.isoformat())[0] == 0
    assert f"{until}\tshop\t开店一件事\toffered again" in city.run("catalogue", "coming")[1]
    assert city.run("catalogue", "call-off", *turn, until.isoformat())[0] == 0
    assert city.run("catalogue", "call-off", *turn, day.isoformat())[0] == 0
    assert get_bundle(city, 6).withdrawn_at is None
    assert city.run("catalogue", "call-off", *turn, day.isoformat())[0] == 1


def test_a_bundle_waits_for_its_day_and_applications_keep_to_theirs(city: City) -> None:
    assert city.run("import", "bundles", city.bundles(STAGES, NODES))[0] == 0
    city.within(open_application)
    free = city.bundles(STAGES, (NODES[0], (*NODES[1][:4], "")))
    told = city.run("import", "bundles", free, "--preview")[1]
    assert "open applications that keep to version 1: 1" in told
    day = SystemClock().now().date() + timedelta(days=30)
    status, told = city.run("import", "bundles", free, "--on", day.isoformat())
    assert status == 0
    assert f"1 take effect on {day}" in told
    assert f"{day}\tshop\t开店一件事\tbundle" in city.run("catalogue", "coming")[1]
    assert f"takes effect on {day}" in city.run("catalogue", "touch", "shop")[1]
    assert city.within(lambda one: projects.find_bundle(one, "shop", 2)) is None
    assert city.bring(day - timedelta(days=1)) == 0
    assert (city.bring(day), city.bring(day)) == (1, 0)
    assert get_bundle(city, 2).nodes[1].after == ()
    assert get_bundle(city, 1).nodes[1].after == ("food",)


def open_application(connection: Connection) -> None:
    """An application under the first version, with a case."""
    project = projects.StoredProject(
        id="p1",
        title="张三开店",
        bundle="shop",
        version=1,
        applicant_number="",
        together=False,
        opened_at=MONDAY,
    )
    projects.open_project(connection, project)
    place = Place(
        project="p1",
        title="张三开店",
        bundle="shop",
        version=1,
        bundle_name="开店一件事",
        stage="1",
        stage_name="登记",
        main=True,
    )
    case = CaseStory().received().case
    cases.add(connection, replace(case, place=place), cases.Dates(), "")


def get_bundle(city: City, version: int) -> Bundle:
    found = city.within(lambda one: projects.find_bundle(one, "shop", version))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("stages", "nodes", "place", "code"),
    [
        (
            STAGES,
            (("shop", "登记", "没有", "主", ""),),
            "row 2, column 事项",
            "bundle.item_unknown",
        ),
        (
            STAGES,
            (("shop", "登记", "同名事项", "主", ""),),
            "row 2, column 事项",
            "bundle.item_ambiguous",
        ),
        (STAGES, (("shop", "登记", "food", "甲", ""),), "row 2, column 主辅", "bundle.main_or_not"),
        (
            STAGES,
            (("shop", "关店", "food", "主", ""),),
            "row 2, column 阶段",
            "bundle.stage_unknown",
        ),
        (STAGES, NODES[:1], "row 3, column 阶段", "bundle.stage_empty"),
        (STAGES, (*NODES, ("", "", "food", "主", "")), "row 4, column 等待", "bundle.item_twice"),
        (
            STAGES,
            (("shop", "登记", "food", "主", "sign"), NODES[1]),
            "row 2, column 等待",
            "bundle.after_later",
        ),
        (
            STAGES,
            (("shop", "登记", "food", "主", "别的"), NODES[1]),
            "row 2, column 等待",
            "bundle.after_unknown",
        ),
        (
            STAGES,
            (("shop", "登记", "food", "主", "food"), NODES[1]),
            "row 2, column 等待",
            "bundle.after_itself",
        ),
        (
            STAGES[:1],
            (("shop", "登记", "food", "主", "sign"), ("shop", "登记", "sign", "辅", "food")),
            "row 2, column 等待",
            "bundle.cycle",
        ),
        (
            STAGES,
            (("别的", "登记", "food", "主", ""), *NODES),
            "row 2, column 一件事编号",
            "bundle.id_unknown",
        ),
        (
            (("shop", "", "市监", "登记"),),
            NODES[:1],
            "row 2, column 一件事名称",
            "bundle.name_missing",
        ),
        (
            (("shop", "开店", "气象", "登记"),),
            NODES[:1],
            "row 2, column 牵头部门",
            "bundle.lead_unknown",
        ),
    ],
)
def test_every_refusal_of_a_bundle_names_its_place(
    city: City,
    stages: Sequence[Sequence[str]],
    nodes: Sequence[Sequence[str]],
    place: str,
    code: str,
) -> None:
    status, told = city.run("import", "bundles", city.bundles(stages, nodes))
    use_language("en")
    remedy = str(tell(code, {})).rpartition(". ")[2]
    assert status == 1
    assert f"”, {place}: " in told
    assert remedy in told
    assert "nothing was published" in told


def test_the_templates_can_be_imported_as_they_are(seeded: City) -> None:
    for kind in ("flows", "bundles"):
        path = seeded.folder / f"{kind}-template.xlsx"
        assert seeded.run("template", kind, path)[0] == 0
        status, told = seeded.run("import", kind, path)
        assert status == 0, told


def test_the_shipped_bundles_can_be_imported_as_they_are(seeded: City) -> None:
    folder = Path(__file__).parents[4] / "central" / "sample" / "bundles"
    for path in sorted(folder.glob("*.toml")):
        status, told = seeded.run("import", "bundles", path, "--preview")
        assert status == 0, told
        assert "┌─ " in told
