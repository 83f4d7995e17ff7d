"""The office's own workbook is filled, and all that it looked like before it looks like after."""

from __future__ import annotations

import re
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest
import python_calamine
import xlsxwriter

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import Outcome, Stage
from clerk.contract.report import CaseFact, Period
from clerk.errors import InputError
from clerk.locale import use_language
from clerk.rules.reports.counting import tally
from clerk.rules.reports.listing import WORKLOAD
from exports.workbook.own.fill import check_template
from exports.workbook.own.references import Inserts, Standing, move_formula
from exports.workbook.own.writing import write_own
from exports.workbook.report import Order

MADE = datetime(2026, 4, 15, 9, 30, tzinfo=OFFICE_ZONE)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
ORDER = Order(report=WORKLOAD, period=MARCH, made_at=MADE, language="zh_CN")
COUNTS = {"市公安局": 3, "市场监管局": 5, "=1+1局": 2}
DEPARTMENTS = sorted(COUNTS)


def make_facts() -> list[CaseFact]:
    """Cases of three departments; of each one was decided."""
    return [
        CaseFact(
            number=f"{name}{n}", item="i", item_name="事", department_name=name, window_name="1",
            received_on=date(2026, 3, 2), stage=Stage.RECEIVED if n else Stage.DECIDED,
            outcome=Outcome.NONE if n else Outcome.GRANTED,
            decided_on=None if n else date(2026, 3, 9), promised_due=date(2026, 3, 12),
        )
        for name, count in COUNTS.items()
        for n in range(count)
    ]  # fmt: skip


def make_template(path: Path) -> Path:
    """As an office has it: title, a repeated row, totals, a chart, rules, names, print set-up."""
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("月报"), book.add_worksheet("说明")
    bold = book.add_format({"bold": True, "bg_color": "#DDE6F0"})
    money = book.add_format({"num_format": "#,##0.0", "font_color": "red"})
    day = book.add_format({"num_format": "yyyy年m月d日"})
    sheet.set_column("A:A", 31.5)
    sheet.merge_range("A1:D1", "{{office}} {{period.first}}至{{period.last}}", bold)
    sheet.write("A2", "{{period.first}}", day)
    sheet.write("B2", "{{made_at}}")
    sheet.write_row("A3", ["部门", "收件", "办结", "占比", "备注", ""], bold)
    sheet.set_row(3, 27)
    sheet.write("A4", "{{each department}}", bold)
    sheet.write("B4", "{{received}}", money)
    sheet.write("C4", "{{办结}}")
    sheet.write_formula("D4", "=B4/B$5")
    sheet.merge_range("E4:F4", "第{{number}}名 {{received}}件")
    sheet.write("A5", "合计")
    sheet.write_formula("B5", "=SUM(B4:B4)", money)
    sheet.write_formula("C5", "=SUM(C4)")
    sheet.merge_range("A7:B7", "公安收件", bold)
    sheet.write("C7", "{{received:department=市公安局}}")
    sheet.write("D7", "{{按期率}}")
    sheet.write_comment("C7", "由本单位核对")
    sheet.conditional_format("B4:B4", {"type": "cell", "criteria": ">", "value": 4, "format": bold})
    sheet.data_validation("F7", {"validate": "list", "source": ["甲", "乙"]})
    sheet.print_area("A1:F8")
    sheet.set_landscape()
    sheet.freeze_panes(3, 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "收件", "categories": "=月报!$A$4:$A$4", "values": "=月报!$B$4:$B$4"})
    sheet.insert_chart("A10", chart)
    other.write_formula("A1", "=月报!B5*2")
    other.write("A3", "不变")
    book.define_name("decided", "=说明!$C$3")
    book.define_name("本局", "=月报!$B$4:$B$5")
    book.close()
    return path


def fill(template: Path) -> Path:
    out = template.with_name("out.xlsx")
    write_own(ORDER, make_facts(), out, template=template, office="滨海市政务服务中心")
    return out


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_values_stand_where_their_placeholders_stood(tmp_path: Path) -> None:
    read = python_calamine.CalamineWorkbook.from_path(fill(make_template(tmp_path / "t.xlsx")))
    rows = read.get_sheet_by_name("月报").to_python()
    assert rows[0][0] == "滨海市政务服务中心 2026-03-01至2026-03-31"
    assert rows[1][:2] == [MARCH.first, MADE.replace(tzinfo=None)]
    for at, name in enumerate(DEPARTMENTS):
        assert rows[3 + at][:3] == [name, COUNTS[name], 1]
        assert rows[3 + at][4] == f"第{at + 1}名 {COUNTS[name]}件"
    assert rows[6][0] == "合计"
    assert rows[8][2:4] == [3, 1.0]
    assert read.get_sheet_by_name("说明").to_python(skip_empty_area=False)[2][2] == 3, "named"


def test_looks_move_with_their_rows_and_formulas_follow(tmp_path: Path) -> None:
    out = fill(make_template(tmp_path / "t.xlsx"))
    book = openpyxl.load_workbook(out)
    sheet = book["月报"]
    assert [sheet[f"D{row}"].value for row in (4, 5, 6)] == ["=B4/B$7", "=B5/B$7", "=B6/B$7"]
    assert (sheet["B7"].value, sheet["C7"].value) == ("=SUM(B4:B6)", "=SUM(C4:C6)")
    assert book["说明"]["A1"].value == "=月报!B7*2"
    assert {sheet.row_dimensions[row].height for row in (4, 5, 6)} == {27}
    assert [sheet[f"B{row}"].number_format for row in (4, 6, 7)] == ["#,##0.0"] * 3
    assert sheet["A4"].font.bold
    assert sheet["A2"].number_format == "yyyy年m月d日", "the office's own format stays"
    assert sheet["B2"].is_date, "a moment in a cell without a format gets one"
    assert sheet["D9"].number_format == "0.00%"
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert merged == {"A1:D1", "E4:F4", "E5:F5", "E6:F6", "A9:B9"}
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B4:B6"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "F9"
    assert sheet.print_area == "'月报'!$A$1:$F$10"
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("B4", "landscape")
    assert sheet.column_dimensions["A"].width == pytest.approx(31.5, abs=1)
    assert book.defined_names["本局"].attr_text == "月报!$B$4:$B$7"
    assert book.calculation.fullCalcOnLoad
    assert sheet["C9"].comment
    assert "<x:Row>8</x:Row>" in part(out, "xl/drawings/vmlDrawing1.vml")
    first = DEPARTMENTS.index("=1+1局") + 4
    cell = sheet[f"A{first}"]
    assert (cell.data_type, cell.quotePrefix, cell.font.bold) == ("s", True, True)


def test_the_chart_is_kept_and_shows_the_rows_put_in(tmp_path: Path) -> None:
    template = make_template(tmp_path / "t.xlsx")
    out = fill(template)
    before, after = (part(one, "xl/charts/chart1.xml") for one in (template, out))
    assert re.findall(r"<c:f>([^<]*)</c:f>", after) == ["月报!$A$4:$A$6", "月报!$B$4:$B$6"]
    assert len(re.findall(r"<c:ser>", after)) == len(re.findall(r"<c:ser>", before)) == 1
    assert "Cache>" not in after
    anchor = part(out, "xl/drawings/drawing1.xml")
    assert re.findall(r"<xdr:row>(\d+)</xdr:row>", anchor)[0] == "11", "two rows lower"


def test_without_repeated_rows_all_else_is_kept_byte_for_byte(tmp_path: Path) -> None:
    template = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(template))
    sheet = book.add_worksheet("A")
    sheet.write("B2", "{{received}}")
    sheet.write_formula("B3", "=B2*2", None, 99)
    book.add_worksheet("B").write("A1", "as it was")
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=A!$B$2:$B$3"})
    sheet.insert_chart("D2", chart)
    book.close()
    out = fill(template)
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(out) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}
    assert "<v>99</v>" not in part(out, "xl/worksheets/sheet1.xml"), "a stale value misleads"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{recieved}}", "template.unknown"),
        ("{{received:planet=Mars}}", "template.dimension"),
        ("{{received:time_kind=never}}", "template.name_unknown"),
        ("{{received", "template.unclosed"),
        ("{{each planet}}", "template.dimension"),
        ("{{each department}} {{each window}}", "template.two_repeats"),
        ('="a"&"{{received}}"', "template.in_formula"),
    ],
)
def test_a_fault_names_sheet_and_cell_and_nothing_is_written(
    text: str, code: str, tmp_path: Path
) -> None:
    template = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["C3"] = text
    book.save(template)
    (fault,) = check_template(template, WORKLOAD).faults
    assert (fault.code, fault.parameters["sheet"], fault.parameters["cell"]) == (
        code,
        "Sheet",
        "C3",
    )
    with pytest.raises(InputError, match=code):
        fill(template)
    assert [one.name for one in tmp_path.glob("*.*")] == ["t.xlsx"]


@pytest.mark.parametrize(("spoken", "known"), [("zh_CN", "收件、受理"), ("en", "received, accept")])
def test_what_may_be_written_is_named_in_the_language_spoken(
    spoken: str, known: str, tmp_path: Path
) -> None:
    template = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["C3"] = "{{recieved}}"
    book.save(template)
    use_language(spoken)
    (fault,) = check_template(template, WORKLOAD).faults
    assert str(fault.parameters["known"]).startswith(known)


def test_what_is_no_workbook_to_fill_is_refused(tmp_path: Path) -> None:
    good = make_template(tmp_path / "t.xlsx").read_bytes()
    cases = {
        "template.broken": good[: len(good) // 2],
        "template.locked": b"\xd0\xcf\x11\xe0" + bytes(600),
    }
    for code, data in cases.items():
        template = tmp_path / f"{code}.xlsx"
        template.write_bytes(data)
        with pytest.raises(InputError, match=code):
            fill(template)
    with pytest.raises(InputError, match=r"template\.unreadable"):
        fill(tmp_path / "nowhere.xlsx")
    macros = tmp_path / "m.xlsm"
    with zipfile.ZipFile(tmp_path / "t.xlsx") as old, zipfile.ZipFile(macros, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(InputError, match=r"template\.macros"):
        fill(macros)
    with pytest.raises(InputError, match=r"template\.onto_itself"):
        write_own(ORDER, [], tmp_path / "t.xlsx", template=tmp_path / "t.xlsx", office="")
    assert (tmp_path / "t.xlsx").read_bytes() == good
    assert not (tmp_path / "out.xlsx").exists()


def test_a_name_without_a_row_counts_as_nothing_and_is_told(tmp_path: Path) -> None:
    template = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "{{received:department=市公安居}}"
    sheet["A2"] = "{{made_at}}"
    sheet["A2"].number_format = "GENERAL"
    book.save(template)
    out = tmp_path / "out.xlsx"
    (lacking,) = write_own(ORDER, make_facts(), out, template=template, office="")
    assert lacking.cell == "A1"
    filled = openpyxl.load_workbook(out)["Sheet"]
    assert filled["A1"].value == 0
    assert filled["A2"].is_date, "General is no format, also where a program counts it as one"


def test_two_repeated_rows_of_one_sheet_keep_apart(tmp_path: Path) -> None:
    template, book = tmp_path / "t.xlsx", openpyxl.Workbook()
    for row in (
        ["{{each department}}", "{{received}}"],
        ["=SUM(B1:B1)"],
        ["{{each window}}", "{{received}}", "=B3/A$2"],
        ["=SUM(B3:B3)+A2"],
    ):
        book.worksheets[0].append(row)
    book.save(template)
    facts = [*make_facts(), msgspec.structs.replace(make_facts()[0], window_name="2")]
    out = tmp_path / "out.xlsx"
    write_own(ORDER, facts, out, template=template, office="")
    sheet = openpyxl.load_workbook(out)["Sheet"]
    assert [cell.value for cell in sheet["B"]][:6] == [2, 4, 5, None, 10, 1]
    assert [sheet[place].value for place in ("A4", "C5", "C6", "A7")] == [
        "=SUM(B1:B3)",
        "=B5/A$4",
        "=B6/A$4",
        "=SUM(B5:B6)+A4",
    ]


def test_formulas_that_cells_share_are_written_out(tmp_path: Path) -> None:
    plain, template = tmp_path / "plain.xlsx", tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["{{each department}}", "{{received}}"])
    for row in (1, 2, 3):
        book.worksheets[0][f"C{row}"] = f"=B{row}*{row}"
    book.save(plain)
    shared = {
        b"<f>B1*1</f>": b'<f t="shared" ref="C1:C3" si="0">B1*2</f>',
        b"<f>B2*2</f>": b'<f t="shared" si="0"></f>',
        b"<f>B3*3</f>": b'<f t="shared" si="0"></f>',
    }
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(template, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for before, after in shared.items():
                data = data.replace(before, after)
            new.writestr(name, data)
    assert "si=" in part(template, "xl/worksheets/sheet1.xml")
    sheet = openpyxl.load_workbook(fill(template))["Sheet"]
    formulas = [sheet[f"C{row}"].value for row in range(1, 6)]
    assert formulas == ["=B1*2", "=B2*2", "=B3*2", "=B4*2", "=B5*2"]


@pytest.mark.parametrize(
    ("formula", "row", "copy", "moved"),
    [
        ("SUM(B4:B5)", 0, 0, "SUM(B4:B7)"),
        ("SUM(B5:B5)", 0, 0, "SUM(B5:B7)"),
        ("B6+B5+B4", 0, 0, "B8+B5+B4"),
        ("MAX($B$5,1)", 0, 0, "MAX($B$5:$B$7,1)"),
        ("B5/SUM(B$5:B$5)", 5, 2, "B7/SUM(B$5:B$7)"),
        ("SUM(B$5:B5)", 5, 1, "SUM(B$5:B6)"),
        ('"B6"&Other!B6&B:B', 0, 0, '"B6"&Other!B6&B:B'),
        ("'S'!B6+[1]S!B6", 0, 0, "'S'!B8+[1]S!B6"),
        ("SUM(6:6)", 0, 0, "SUM(8:8)"),
    ],
)
def test_formulas_follow_the_rows_put_in(formula: str, row: int, copy: int, moved: str) -> None:
    standing = Standing(sheet="S", row=row, copy=copy)
    assert move_formula(formula, standing, {"S": Inserts({5: 2})}) == moved


@pytest.mark.e2e
def test_libreoffice_calculates_the_filled_workbook_and_draws_its_chart(tmp_path: Path) -> None:
    out = fill(make_template(tmp_path / "t.xlsx"))
    target = tmp_path / "calculated"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(target), str(out)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    total = tally(WORKLOAD, make_facts(), MARCH, MADE).total
    read = python_calamine.CalamineWorkbook.from_path(target / "out.xlsx")
    rows = read.get_sheet_by_name("月报").to_python()
    assert rows[6][1:3] == [total["received"], total["decided"]]
    shares = [row[3] for row in rows[3:6]]
    assert shares == pytest.approx([COUNTS[name] / 10 for name in DEPARTMENTS])
    assert read.get_sheet_by_name("说明").to_python()[0][0] == 20
    chart = part(target / "out.xlsx", "xl/charts/chart1.xml")
    values = chart[chart.index("<c:val>") : chart.index("</c:val>")]
    drawn = [float(one) for one in re.findall(r"<c:v>([^<]*)</c:v>", values)]
    assert drawn == [COUNTS[name] for name in DEPARTMENTS]
