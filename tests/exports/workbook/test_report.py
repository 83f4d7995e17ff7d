"""The manager's workbook, read by readers that are not ours."""

from __future__ import annotations

import io
import random
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import Stage
from clerk.contract.report import AnyFact, CaseFact, Period
from clerk.rules.reports.cases import name_item
from clerk.rules.reports.counting import Tally, Values, tally
from clerk.rules.reports.listing import BUNDLES, LIMITS, OVERDUE, PAPERS, TIMES, WORKLOAD
from clerk.rules.reports.parts import Report
from exports.workbook.report import Order, write_report
from exports.workbook.summary import HEAD_ROW
from tests.exports.workbook.oracle import Oracle
from tests.support.facts import invent_facts

MADE = datetime(2026, 4, 15, 9, 30, tzinfo=OFFICE_ZONE)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
SUMMARIES = tuple(one.title for one in WORKLOAD.dimensions)
FIGURES = WORKLOAD.figures
COUNTS = [figure for figure in FIGURES if not figure.is_share]
FIRST_FIGURE = 3
FORMULA_STARTS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "#N/A",
    "=cmd|' /C calc'!A0",
)


def order(report: Report, period: Period = MARCH, language: str = "en") -> Order:
    return Order(report=report, period=period, made_at=MADE, language=language)


def make(
    facts: Sequence[AnyFact],
    period: Period = MARCH,
    report: Report = WORKLOAD,
    language: str = "en",
) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        write_report(order(report, period, language), facts, path)
        return path.read_bytes()


def groups_of(counted: Tally) -> tuple[dict[str, Values], ...]:
    """The figures of each sheet, under the names that it shows."""
    return tuple(
        {one.say_name(name, str): values for name, values in counted.groups[one.key].items()}
        for one in WORKLOAD.dimensions
    )


def rows_of(sheet: Worksheet) -> dict[str, int]:
    """The rows of a sheet of figures by their names, without the total."""
    return {str(sheet.cell(n, 2).value): n for n in range(HEAD_ROW + 1, sheet.max_row)}


def assert_row(oracle: Oracle, sheet: str, row: int, figures: Values) -> None:
    """Each count of a row comes to what Python counts."""
    for place, figure in enumerate(COUNTS, FIRST_FIGURE):
        cell = oracle.book[sheet].cell(row, place).coordinate
        assert oracle.value_of(sheet, cell) == figures[figure.key], (sheet, cell, figure.key)


def test_formulas_count_what_python_counts() -> None:
    facts = invent_facts(random.Random(11), 400, MADE.date())
    oracle = Oracle(make(facts))
    counted = tally(WORKLOAD, facts, MARCH, MADE)
    for name, groups in zip(SUMMARIES, groups_of(counted), strict=True):
        rows = rows_of(oracle.book[name])
        assert list(rows) == list(groups)
        for group, row in rows.items():
            assert_row(oracle, name, row, groups[group])
        assert_row(oracle, name, oracle.book[name].max_row, counted.total)


@pytest.mark.parametrize("report", [LIMITS, OVERDUE, TIMES, PAPERS, BUNDLES])
def test_each_report_over_cases_counts_what_python_counts(report: Report) -> None:
    facts = invent_facts(random.Random(21), 150, MADE.date())
    counted = tally(report, facts, MARCH, MADE)
    oracle = Oracle(make(facts, report=report))
    counts = [(at, one) for at, one in enumerate(report.figures, 3) if not one.is_share]
    for dimension in report.dimensions:
        sheet = oracle.book[dimension.title]
        for row, values in enumerate(counted.groups[dimension.key].values(), HEAD_ROW + 1):
            for place, figure in counts:
                cell = sheet.cell(row, place).coordinate
                assert oracle.value_of(dimension.title, cell) == values[figure.key], figure.key
    assert oracle.book["Cases"].max_row == 1 + counted.facts


def test_figures_follow_when_the_period_is_changed_in_the_workbook() -> None:
    facts = invent_facts(random.Random(12), 300, MADE.date())
    oracle = Oracle(make(facts))
    other = Period(date(2026, 1, 10), date(2026, 2, 20))
    oracle.book["By department"]["B2"].value = other.first
    oracle.book["By department"]["B3"].value = other.last
    total = tally(WORKLOAD, facts, other, MADE).total
    assert_row(oracle, "By window", oracle.book["By window"].max_row, total)


def test_a_reader_that_calculates_nothing_finds_the_values() -> None:
    facts = invent_facts(random.Random(13), 300, MADE.date())
    data = make(facts)
    counted = tally(WORKLOAD, facts, MARCH, MADE)
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name, groups in zip(SUMMARIES, groups_of(counted), strict=True):
        rows = read.get_sheet_by_name(name).to_python()
        expected = [*groups.items(), ("Total", counted.total)]
        for row, (label, figures) in zip(rows[HEAD_ROW:], expected, strict=True):
            assert row[1] == label
            for value, figure in zip(row[2:], FIGURES, strict=True):
                wanted = figures[figure.key]
                assert value == ("" if wanted is None else pytest.approx(wanted))
        assert rows[1][1] == MARCH.first
        assert rows[2][1] == MARCH.last


def test_every_figure_is_a_formula_and_rates_never_divide_by_zero() -> None:
    book = openpyxl.load_workbook(io.BytesIO(make(invent_facts(random.Random(1), 9, MADE.date()))))
    for name in SUMMARIES:
        sheet = book[name]
        for row in range(HEAD_ROW + 1, sheet.max_row + 1):
            for place, figure in enumerate(FIGURES, FIRST_FIGURE):
                cell = sheet.cell(row, place)
                assert cell.data_type == "f"
                if figure.is_share:
                    assert str(cell.value).startswith(f'=IF(G{row}=0,"",')


def test_a_report_of_no_cases_opens_with_zeros() -> None:
    oracle = Oracle(make([]))
    for name in SUMMARIES:
        assert oracle.book[name].max_row == HEAD_ROW + 1
        assert_row(oracle, name, HEAD_ROW + 1, tally(WORKLOAD, [], MARCH, MADE).total)


@pytest.mark.parametrize("text", FORMULA_STARTS)
def test_nothing_from_data_becomes_a_formula(text: str) -> None:
    fact = CaseFact(
        number=text, item=text, item_name=text, department_name=text, window_name=text,
        clerk_name=text, bundle_name=text, bundle_stage=text,
        received_on=date(2026, 3, 2), stage=Stage.RECEIVED,
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(make([fact])))
    places = [("Cases", f"{letter}2") for letter in "ABCDEFIJ"] + [
        (name, f"B{HEAD_ROW + 1}") for name in SUMMARIES[:4]
    ]
    for sheet, place in places:
        cell = book[sheet][place]
        assert cell.data_type == "s"
        assert cell.quotePrefix
        named = name_item(fact) if sheet == "By item" else text
        assert str(cell.value).strip() == named.strip()


def test_names_that_a_spreadsheet_could_confuse_are_counted_apart() -> None:
    names = ("*", "?局", "～局", "A局", "a局", "<>", "101", "1e2", "100", "")
    facts = [
        CaseFact(
            number=f"{n}", item="i", item_name="事", department_name=name, window_name="1",
            received_on=date(2026, 3, 2), stage=Stage.RECEIVED,
        )
        for n, name in enumerate(names)
    ]  # fmt: skip
    oracle = Oracle(make(facts))
    for row in range(HEAD_ROW + 1, HEAD_ROW + 1 + len(names)):
        assert oracle.value_of("By department", f"C{row}") == 1


def test_types_of_the_cases_sheet() -> None:
    facts = invent_facts(random.Random(3), 50, MADE.date())
    facts[0] = msgspec.structs.replace(facts[0], number="012345678901234", item_name="a\x00\x0bb")
    sheet = openpyxl.load_workbook(io.BytesIO(make(facts)))["Cases"]
    assert sheet["A2"].value == "012345678901234"
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == "ab", "what XML cannot hold is left out"
    assert sheet["K2"].is_date
    assert sheet["K2"].value == datetime.combine(facts[0].received_on, datetime.min.time())
    assert sheet["W2"].number_format == '[=1]"yes";[=0]"no"'
    assert sheet.max_row == 51


def test_a_limit_in_hours_is_late_by_its_time_and_shows_it() -> None:
    due = MADE.replace(hour=11, minute=30)
    fact = CaseFact(
        number="1", item="i", item_name="事", department_name="局", window_name="1",
        received_on=MADE.date(), stage=Stage.DECIDED, decided_on=MADE.date(),
        decided_at=due.replace(hour=14), promised_due=MADE.date(), due_at=due,
    )  # fmt: skip
    data = make([fact], Period(MADE.date(), MADE.date()))
    oracle = Oracle(data)
    late = FIRST_FIGURE + [one.key for one in COUNTS].index("overdue_decided")
    cell = oracle.book["By window"].cell(HEAD_ROW + 1, late).coordinate
    assert oracle.value_of("By window", cell) == 1
    assert oracle.book["Cases"]["S2"].value == due.replace(tzinfo=None)


def test_set_up_for_reading_and_printing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(make(invent_facts(random.Random(3), 5, MADE.date()))))
    assert book.sheetnames == [*SUMMARIES, "Definitions", "Cases"]
    assert book.properties.title == "Workload"
    assert book.calculation.fullCalcOnLoad
    for name, freeze in (("By department", "C7"), ("By window", "C7"), ("Cases", "B2")):
        sheet = book[name]
        assert sheet.freeze_panes == freeze
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows
        assert len(sheet.conditional_formatting) >= 1
    assert book["Cases"].column_dimensions["D"].width >= len("第10号局") + 2
    words = [row[0].value for row in book["Definitions"].iter_rows()]
    assert [figure.label for figure in FIGURES] == words[1 : 1 + len(FIGURES)]


def test_both_languages_are_written() -> None:
    if not list((Path(__file__).parents[3] / "clerk/locale").rglob("*.mo")):
        pytest.skip("the translations are not compiled (make compile-messages)")
    data = make([], language="zh_CN")
    assert len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) == 8


def test_period_has_a_day() -> None:
    with pytest.raises(AssertionError):
        Period(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.e2e
@pytest.mark.timeout(1200)  # LibreOffice alone works for five to eight minutes
def test_libreoffice_calculates_the_same(tmp_path: Path) -> None:
    facts = invent_facts(random.Random(17), 50_000, MADE.date())
    source = tmp_path / "report.xlsx"
    source.write_bytes(without_values(make(facts)))
    target = tmp_path / "out"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(target), str(source)],
        check=True, capture_output=True, timeout=900,
    )  # fmt: skip
    counted = tally(WORKLOAD, facts, MARCH, MADE)
    read = python_calamine.CalamineWorkbook.from_path(target / "report.xlsx")
    for name, groups in zip(SUMMARIES, groups_of(counted), strict=True):
        rows = read.get_sheet_by_name(name).to_python()
        expected = [*groups.items(), ("Total", counted.total)]
        for row, (label, figures) in zip(rows[HEAD_ROW:], expected, strict=True):
            assert row[1] == label
            for value, figure in zip(row[2:], FIGURES, strict=True):
                wanted = figures[figure.key]
                assert value == ("" if wanted is None else pytest.approx(wanted))


def without_values(data: bytes) -> bytes:
    """The workbook without its stored values, so that only a calculation helps."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in {f"xl/worksheets/sheet{n}.xml" for n in range(1, 9)}:
                parts = content.split(b"</f><v>")
                content = parts[0] + b"".join(
                    b"</f>" + part[part.index(b"</v>") + 4 :] for part in parts[1:]
                )
            new.writestr(entry, content)
    return target.getvalue()
