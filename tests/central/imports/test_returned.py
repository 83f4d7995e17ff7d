"""A refused workbook comes back as it was, with the wrong cells marked and listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as read_values

from central.imports import returned
from central.imports.flows.flow_file import FLOWS
from central.imports.returned import is_returned
from clerk.locale import LANGUAGES, get_translation, use_language
from clerk.locale.problems import tell
from exports.workbook.sheet_names import LIST_NAMES
from tests.central.imports.files import write_workbook
from tests.central.imports.flows.city import HEAD, City
from tests.support.people import people

WRONG, ODD = "00FFC7CE", "00FFEB9C"


def flows_as_an_office_keeps_them(path: Path) -> Path:
    """A workbook with a title, widths, colours, a formula, a remark, and three wrong cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "流程"
    sheet.append(["办理流程一览"])
    sheet.merge_cells("A1:D1")
    sheet.append([*HEAD, "合计"])
    for item, name, act, limit, unit in (
        ("食品经营许可", "承办", "承办", "3", "=1+1"),
        ("", "联合核查", "看看", "很久", ""),
        ("没有这一项", "批准", "批准", "2", ""),
    ):
        row = {"item": item, "name": name, "act": act, "limit": limit}
        sheet.append([*(row.get(column, "") for column in FLOWS.columns), unit])
    sheet.column_dimensions["A"].width = 33.5
    sheet["B3"].fill = PatternFill("solid", fgColor="00FF00")
    sheet["D4"].comment = Comment("这里再核对", "王主任")
    book.create_sheet("其他").append(["照旧"])
    book.save(path)
    return path


def marked(path: Path) -> dict[str, str]:
    """The marked cells of all sheets with their comments."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None and cell.fill.fgColor.rgb in {WRONG, ODD}
    }


def test_the_same_workbook_comes_back_with_its_wrong_cells_marked(city: City) -> None:
    path = flows_as_an_office_keeps_them(city.folder / "flows.xlsx")
    before = path.read_bytes()
    status, told = city.run("import", "flows", path)
    back = city.folder / "flows-errors.xlsx"
    assert (status, path.read_bytes()) == (1, before)
    assert f"marked is {back}." in told
    comments = marked(back)
    assert set(comments) == {"流程!A5", "流程!D4", "流程!F4", "流程!J4"}
    unknown = tell("flow.act_unknown", {"text": "看看"})
    assert comments["流程!D4"] == f"这里再核对\n\n〔clerk〕 {unknown.what}\n{unknown.remedy}"
    book = load_workbook(back)
    sheet = book["流程"]
    assert book.sheetnames == ["Error list", "流程", "其他"]
    assert (sheet["O3"].value, sheet["B3"].fill.fgColor.rgb) == ("=1+1", "0000FF00")
    assert sheet.column_dimensions["A"].width == 33.5
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]
    links = {cell.hyperlink.location for (cell,) in book["Error list"]["A4:A7"] if cell.hyperlink}
    assert links == {place.replace("流程", "'流程'") for place in comments}
    listed = read_values(back).get_sheet_by_name("Error list").to_python()
    assert ["流程 D4", "error", unknown.what, unknown.remedy] in listed


def test_it_is_mended_step_by_step_and_taken(city: City) -> None:
    path = flows_as_an_office_keeps_them(city.folder / "flows.xlsx")
    assert city.run("import", "flows", path)[0] == 1
    first = city.folder / "flows-errors.xlsx"
    book = load_workbook(first)
    sheet = book["流程"]
    sheet["A5"].value, sheet["D4"].value, sheet["F4"].value = "", "审核", "仍旧很久"
    sheet["J5"].value = "是"
    book.save(first)
    kept = first.read_bytes()
    assert city.run("import", "flows", first)[0] == 1
    second = city.folder / "flows-errors-2.xlsx"
    assert first.read_bytes() == kept, "it may hold somebody's corrections"
    assert set(marked(second)) == {"流程!F4"}
    book = load_workbook(second)
    comment = book["流程"]["D4"].comment
    assert comment is not None
    assert (comment.text, book["流程"]["D4"].fill.fill_type) == ("这里再核对", None)
    book["流程"]["F4"].value = "5"
    book.save(second)
    status, told = city.run("import", "flows", second)
    assert status == 0, told


@pytest.mark.parametrize(
    ("kind", "rows", "place", "code"),
    [
        (
            "materials",
            [["事项编码", "序号", "材料名称"], ["1", "1", "申请书"], ["1", "2", ""]],
            "Sheet!C3",
            "material.name_empty",
        ),
        (
            "items",
            [["清单"], ["部门", "事项名称", "事项编码"], ["市监局", "甲事项", 1234567890123456789]],
            "Sheet!C3",
            "value.rounded",
        ),
        (
            "calendar",
            [["日期", "类型"], ["2027-01-01", "节假日"], ["2027-01-01", "班"]],
            "Sheet!A3",
            "calendar.two-kinds",
        ),
        ("calendar", [["日期", "类型"], ["元旦", "节假日"]], "Sheet!A2", "calendar.day_unreadable"),
        (
            "licence-types",
            [["证照编码", "证照名称", "颁发部门"], ["food", "食品证", "没有的局"]],
            "Sheet!C2",
            "licence_type.department",
        ),
        (
            "licence-types",
            [
                ["证照编码", "证照名称", "颁发部门", "编号规则"],
                ["food", "食品证", "market", "无序号"],
            ],
            "Sheet!D2",
            "licence_type.number",
        ),
    ],
)
def test_every_kind_of_workbook_comes_back(
    city: City, kind: str, rows: list[list[object]], place: str, code: str
) -> None:
    path = write_workbook(city.folder / "in.xlsx", rows)
    status, told = city.run("import", kind, path)
    assert status == 1, told
    comments = marked(city.folder / "in-errors.xlsx")
    assert tell(code).remedy in comments[place] or tell(code).what in comments[place], comments


def test_a_calendar_that_lacks_a_day_is_about_the_whole_file(city: City) -> None:
    rows: list[list[object]] = [["日期", "类型"], ["2027-01-01", "节假日"]]
    assert city.run("import", "calendar", write_workbook(city.folder / "y.xlsx", rows))[0] == 1
    listed = read_values(city.folder / "y-errors.xlsx").get_sheet_by_index(0).to_python()
    assert listed[3][0] == "the whole file"


def test_no_comment_repeats_a_number_and_no_text_becomes_a_formula(city: City) -> None:
    good, other = people(1, 2)
    wrong = other.id_number[:-1] + ("0" if other.id_number[-1] != "0" else "1")
    rows: list[list[object]] = [
        ["姓名", "公民身份号码"],
        [good.name, good.id_number],
        ["丙", wrong],
    ]
    path = write_workbook(city.folder / "p.xlsx", rows)
    assert city.run("import", "people", path)[0] == 1
    back = city.folder / "p-errors.xlsx"
    comments = marked(back)
    assert set(comments) == {"Sheet!B3"}
    listed = str(read_values(back).get_sheet_by_name("Error list").to_python())
    for number in (wrong, good.id_number, wrong[4:16]):
        assert number not in comments["Sheet!B3"] + listed
    evil = write_workbook(
        city.folder / "e.xlsx", [["事项", "步骤", "办理"], ["=食品", "承办", "+cmd|' /C calc'!A0"]]
    )
    plain = load_workbook(evil)
    plain.worksheets[0].title = "=1+2"
    plain.worksheets[0]["A2"].data_type = "s"
    plain.save(evil)
    assert city.run("import", "flows", evil)[0] == 1
    sheet = load_workbook(city.folder / "e-errors.xlsx").worksheets[0]
    assert formulas(sheet) == []
    assert str(sheet["A4"].value).startswith("=1+2 ")


def formulas(sheet: Worksheet) -> list[str]:
    """The cells that a program would run."""
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_what_was_handed_back_is_known_by_its_name_in_each_language() -> None:
    for language in LANGUAGES:
        use_language(language)
        told = get_translation(language).gettext
        assert is_returned(Path(f"a-{told('errors')}.xlsx"))
        assert is_returned(Path(f"a-{told('errors')}-3.xlsx"))
        assert told("Error list") in LIST_NAMES
    assert not is_returned(Path("errors.xlsx"))


def test_a_workbook_that_is_too_large_to_be_marked_is_told(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returned, "MOST_UNPACKED", 1000)
    path = flows_as_an_office_keeps_them(city.folder / "flows.xlsx")
    status, told = city.run("import", "flows", path)
    assert status == 1
    assert "too large to be handed back" in told
    assert not list(city.folder.glob("*errors*"))
