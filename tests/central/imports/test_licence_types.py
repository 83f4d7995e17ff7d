"""The licence catalogue from a file: refused with place and remedy, or published and told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from central.db import catalogue
from clerk.contract.licence import LicenceField, LicenceType, Validity
from tests.central.imports.flows.city import City, lay

HEAD = (
    *("证照编码", "证照名称", "颁发部门", "编号规则"),
    *("有效期", "照面字段", "可替代材料", "延续提前天数"),
)
FOOD = (
    "food-licence",
    "食品经营许可证",
    "市市场监督管理局",
    "JY{year}{n:08}",
    "60个月",
    "经营场所=form.place；主体业态=fixed:餐饮",
    "food-paper",
    "45",
)


@pytest.fixture
def city(tmp_path: Path, initialised: Path, capsys: pytest.CaptureFixture[str]) -> City:
    made = City(tmp_path, initialised, capsys)
    made.within(lay)
    return made


def book(city: City, *rows: tuple[str, ...]) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEAD)
    for row in rows:
        sheet.append(list(row))
    path = city.folder / "types.xlsx"
    workbook.save(path)
    return path


def kind(city: City, type_id: str = "food-licence") -> LicenceType | None:
    return city.within(lambda one: catalogue.find_licence_type(one, type_id))


def test_a_workbook_is_published_and_done_again_changes_nothing(city: City) -> None:
    path = book(city, FOOD, ("plain", "普通证", "fire", "", "长期", "", "", ""))
    status, told = city.run("import", "licence-types", path)
    assert (status, told.strip()) == (0, "types.xlsx: 2 licence types read, 2 new or changed.")
    assert kind(city) == LicenceType(
        id="food-licence",
        name="食品经营许可证",
        department="market",
        valid_months=60,
        validity=Validity.TERM,
        number="JY{year}{n:08}",
        fields=(
            LicenceField(label="经营场所", source="form.place"),
            LicenceField(label="主体业态", source="fixed:餐饮"),
        ),
        replaces=("food-paper",),
        renewal_days=45,
    )
    plain = kind(city, "plain")
    assert plain is not None
    assert (plain.validity, plain.department) == (Validity.UNLIMITED, "fire")
    assert "2 licence types read, 0 new" in city.run("import", "licence-types", path)[1]


def test_toml_is_as_the_sample_has_it(city: City) -> None:
    path = city.text(
        "types.toml",
        """
        [[licence_types]]
        id = "event"
        name = "临时活动许可证"
        department = "culture"
        validity = "until"
        valid_until = 2030-12-31
        fields = [{ label = "地点", source = "form.place" }]
        """,
    )
    assert city.run("import", "licence-types", path)[0] == 0
    found = kind(city, "event")
    assert found is not None
    assert (found.valid_until, found.fields[0].label) == (date(2030, 12, 31), "地点")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        (2, "无此局", "row 3: The department “无此局” is not known."),
        (3, "JY{year}", "number: The rule “JY{year}” makes no numbers"),
        (4, "很久", "row 3, column 有效期: “很久” says nothing"),
        (5, "地点", "column 照面字段: “地点” says nothing"),
        (7, "x", "column 延续提前天数: “x” says nothing"),
    ],
)
def test_one_odd_row_keeps_the_whole_file_out(
    city: City, column: int, value: str, told: str
) -> None:
    odd = list(FOOD)
    odd[0], odd[column] = "odd", value
    status, said = city.run("import", "licence-types", book(city, FOOD, tuple(odd)))
    assert status == 1
    assert told in said
    assert "Nothing was changed" in said
    assert kind(city) is None


def test_the_same_type_twice_and_an_unknown_key(city: City) -> None:
    path = book(city, FOOD, FOOD)
    assert "stands in the file twice" in city.run("import", "licence-types", path)[1]
    path = city.text("types.toml", '[[licence_types]]\nid = "a"\nnom = "b"\n')
    status, told = city.run("import", "licence-types", path)
    assert status == 1
    assert "licence_types[0].nom: There is no such key." in told
