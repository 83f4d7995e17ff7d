"""Many rows, read back by readers that are not ours."""

from __future__ import annotations

import io
import random
from datetime import date, datetime, timedelta

import openpyxl
import pytest
import python_calamine

from exports.workbook.bulk import BulkBook, BulkColumn, Kind, Row
from tests.exports.workbook.test_report import FORMULA_STARTS, MADE

MOMENT = MADE.replace(tzinfo=None)
COLUMNS = [
    BulkColumn("名称 & <text>", Kind.TEXT),
    BulkColumn("n", Kind.NUMBER),
    BulkColumn("day", Kind.DATE),
    BulkColumn("moment", Kind.MOMENT),
]


def write(rows: list[Row], sheet_rows: int = 100) -> bytes:
    target = io.BytesIO()
    with BulkBook(target, "办件's", COLUMNS, sheet_rows=sheet_rows) as book:
        book.write(rows)
    return target.getvalue()


def read(data: bytes) -> dict[str, list[list[object]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def test_what_is_written_is_read_back_by_two_readers_on_as_many_sheets_as_it_takes() -> None:
    chance = random.Random(5)
    texts = ["甲", "a & b", "<x>", 'say "it"', " led by a space", "两\n行", "", "𠮷", "0012"]
    rows: list[Row] = [
        (
            chance.choice(texts),
            chance.choice([None, 0, -7, 12.5, 10**9]),
            chance.choice([None, date(2026, 1, 1) + timedelta(n)]),
            chance.choice([None, MOMENT + timedelta(minutes=n)]),
        )
        for n in range(250)
    ]
    data = write(rows)
    told = read(data)
    assert list(told) == ["办件's", "办件's 2", "办件's 3"]
    wanted = [["" if value is None else value for value in row] for row in rows]
    assert [row for sheet in told.values() for row in sheet[1:]] == wanted
    book = openpyxl.load_workbook(io.BytesIO(data))
    seen = [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    for row, one in zip(seen, rows, strict=True):
        assert (row[0] or "", row[1], row[3]) == (one[0], one[1], one[3])
        assert row[2] is None or (isinstance(row[2], datetime) and row[2].date() == one[2])
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:D{sheet.max_row}"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet["A1"].value == "名称 & <text>"


@pytest.mark.parametrize("text", FORMULA_STARTS)
def test_nothing_from_data_becomes_a_formula(text: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(write([(text, None, None, None)]))).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert str(cell.value).strip() == text.strip()


def test_what_xml_cannot_hold_is_left_out() -> None:
    (rows,) = read(write([("a\x00b\x0bc\ufffe", None, None, None)])).values()
    assert rows[1][0] == "abc"


def test_no_rows_make_one_sheet_with_its_head() -> None:
    (rows,) = read(write([])).values()
    assert rows == [["名称 & <text>", "n", "day", "moment"]]
