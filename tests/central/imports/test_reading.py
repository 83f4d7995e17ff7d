"""Reading files: encodings, delimiters, workbooks, and files that cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from central.imports import encoding, sheets
from central.imports.catalogue import CatalogueFile, read_catalogue_file
from central.imports.columns import Shape, find_columns, find_shape
from central.imports.sheets import read_cell
from central.imports.table import read_text
from clerk.errors import InputError
from tests.central.imports.files import (
    ITEM,
    ITEM_COLUMNS,
    csv_text,
    write_items,
    write_workbook,
)

TEXT = csv_text(ITEM_COLUMNS, ITEM)
CHINESE_HEADER: list[object] = [
    "来源",
    "行政区划代码",
    "实施主体（必填）",
    "事项名称*",
    "事项编码",
    "事项类型",
]


def read(path: Path) -> CatalogueFile:
    file = read_catalogue_file(path)
    assert not file.notes.refused
    return file


def names(file: CatalogueFile) -> list[str]:
    return [row.name for row in file.items]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", ";").encode("gb18030"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\n\n").encode(),
        ("某市事项清单,,,,,\r\n填表日期：2026年,,,,,\r\n" + TEXT).encode("gb18030"),
    ],
    ids=["utf8", "bom", "gb18030", "utf16", "utf16be", "tab", "semicolon", "lf", "blank", "title"],
)
def test_texts_of_every_kind(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "items.csv"
    path.write_bytes(data)
    assert names(read(path)) == ["取水许可"]


def test_rare_characters_come_through_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_bytes(csv_text(ITEM_COLUMNS, ITEM | {"name": "𠮷㙍许可"}).encode("gb18030"))
    assert names(read(path)) == ["𠮷㙍许可"]


def test_a_workbook_with_title_and_merged_header(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["某市政务服务事项清单"],
        [],
        ["来源", "行政区划", "部门", "事项", None, None],
        [None, "行政区划代码", None, "事项名称", "事项编码", "事项类型"],
        ["town", 620102, "市水务局", "取水许可", 310100891004, "行政许可"],
        [None, 620102, None, "河道采砂许可", "310100891005", "行政许可"],
        [],
    ]
    merged = ("A1:F1", "A3:A4", "C3:C4", "D3:F3", "A5:A6", "C5:C6")
    file = read(write_workbook(tmp_path / "items.xlsx", rows, merged))
    assert [(row.row, row.department, row.name, row.code, row.region) for row in file.items] == [
        (5, "市水务局", "取水许可", "310100891004", "620102"),
        (6, "市水务局", "河道采砂许可", "310100891005", "620102"),
    ]
    assert {row.source for row in file.items} == {"town"}


@pytest.mark.parametrize("rows_high", [2, 3])
def test_a_header_merged_over_several_rows_is_no_item(tmp_path: Path, rows_high: int) -> None:
    rows: list[list[object]] = [
        ["来源", "部门", "事项名称", "事项编码"],
        *[[] for _ in range(rows_high - 1)],
        ["town", "市水务局", "取水许可", "310100891004"],
        ["来源", "部门", "事项名称", "事项编码"],  # as on each page of a printed list
        ["town", "市水务局", "河道采砂许可", "310100891005"],
    ]
    merged = tuple(f"{column}1:{column}{rows_high}" for column in "ABCD")
    file = read(write_workbook(tmp_path / "items.xlsx", rows, merged))
    assert names(file) == ["取水许可", "河道采砂许可"]
    assert {row.department for row in file.items} == {"市水务局"}


def test_line_breaks_inside_cells_are_layout(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["部门\n名称", "事项\n名称", "事项编码"],
        ["市水\n务局", " 取水\r\n许可 ", "310100891004\n"],
    ]
    (row,) = read(write_workbook(tmp_path / "items.xlsx", rows)).items
    assert (row.department, row.name, row.code) == ("市水务局", "取水许可", "310100891004")


def test_a_header_in_two_rows_that_nobody_merged(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "来源,部门,事项,\r\n,,事项名称,事项编码\r\ntown,市水务局,取水许可,310100891004\r\n", "utf-8"
    )
    assert names(read(path)) == ["取水许可"]


def test_the_sheet_with_the_table_is_found(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["填表说明"])
    second = book.create_sheet("清单")
    second.append(CHINESE_HEADER)
    second.append(list(ITEM.values()))
    book.save(tmp_path / "items.xlsx")
    file = read(tmp_path / "items.xlsx")
    assert names(file) == ["取水许可"]
    ignored = [note for note in file.notes.warnings if note.code == "sheet.ignored"]
    assert ignored[0].parameters == {"sheet": "Sheet"}


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(csv_text((*ITEM_COLUMNS, "星级"), ITEM), "utf-8")
    notes = read(path).notes.warnings
    assert ("column.unknown", "星级") in {(note.code, note.column) for note in notes}


def test_a_number_that_excel_rounded_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [CHINESE_HEADER, ["a", "b", "局", "许可", 511513011000000001, "c"]]
    file = read_catalogue_file(write_workbook(tmp_path / "items.xlsx", rows))
    assert [(note.row, note.column, note.code) for note in file.notes.refused] == [
        (2, "事项编码", "value.rounded")
    ]


def test_a_ragged_row_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(TEXT + "a,b\r\n" + "a,b,c,d,e,f,g\r\n", "utf-8")
    file = read_catalogue_file(path)
    assert names(file) == ["取水许可"]
    assert file.read == 3
    assert [(note.row, note.code, note.parameters) for note in file.notes.refused] == [
        (3, "row.ragged", {"have": 2, "need": 6}),
        (4, "row.ragged", {"have": 7, "need": 6}),
    ]


def test_a_header_without_rows_is_noted(tmp_path: Path) -> None:
    file = read(write_items(tmp_path / "items.csv"))
    assert [note.code for note in file.notes.warnings] == ["file.no_rows"]


def _zip(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"\r\n  \r\n", "file.empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "file.binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.old_excel"),
        (b"PK\x03\x04 and nothing more", "file.broken_workbook"),
        (_zip(**{"hello.txt": b"no workbook"}), "file.broken_workbook"),
        (TEXT.encode() + b"\xff\xff\x81", "file.encoding_unknown"),
        (TEXT.encode("utf-16")[:-1], "file.encoding"),
        (TEXT.encode() + b"x" * 5000 + b"\0", "file.nul"),
        ("甲,乙\r\n1,2\r\n".encode(), "file.no_header"),
        (TEXT.encode() + b'a,b,"c,d,e,f\r\n', "file.quotes"),
        (TEXT.encode() + b'a,"b"x,c,d,e,f\r\n', "file.quotes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "items.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_catalogue_file(path)
    assert caught.value.code == code


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "items.xlsx", [CHINESE_HEADER])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match="broken_workbook"):
        read_catalogue_file(path)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "items.xlsx", [CHINESE_HEADER] * 50)
    data = bytearray(path.read_bytes())
    place = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[place : place + 8] = bytes(8)
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="broken_workbook"):
        read_catalogue_file(path)


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(CHINESE_HEADER)
    sheet["XFD1048576"] = "x"
    book.save(tmp_path / "items.xlsx")
    with pytest.raises(InputError, match="too_many_cells"):
        read_catalogue_file(tmp_path / "items.xlsx")


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_items(tmp_path / "items.csv", {})
    monkeypatch.setattr(encoding, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="too_large"):
        read_catalogue_file(path)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_workbook(tmp_path / "items.xlsx", [CHINESE_HEADER])
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 10)
    with pytest.raises(InputError, match="too_large"):
        read_catalogue_file(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unreadable"):
        read_catalogue_file(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (6201.0, "6201"),
        (6201, "6201"),
        (1.5, "1.5"),
        (6.2010219900101e17, "6.20102199001010E+17"),
        (True, "TRUE"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2), "2026-01-02"),  # noqa: DTZ001 - a cell has no zone
        (datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),  # noqa: DTZ001 - as above
        (" x ", " x "),
        ("", ""),
    ],
)
def test_cells_are_what_a_person_sees(cell: sheets.Cell, text: str) -> None:
    assert read_cell(cell) == text


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        ("name", " 市\n 局\x1b[31m\x9b\u202e ", "市局[31m"),
        ("name", "a\x00b\x07", "ab"),
        ("note", "一\r\n 二\x1b ", "一\n二"),
    ],
)
def test_no_cell_steers_a_terminal(column: str, cell: str, text: str) -> None:
    assert read_text(cell, column) == text


@pytest.mark.parametrize(
    ("header", "shape"),
    [
        (["source", "department", "name", "code"], Shape.ITEMS),
        (["部门", "事项名称"], Shape.ITEMS),
        (["source", "item_id", "name", "department", "promise", "unit"], Shape.LIMITS),
        (["实施主体", "事项名称", "事项编码", "承诺时限"], Shape.ITEMS),
        (["事项编码", "材料名称"], Shape.MATERIALS),
        (["甲", "乙"], None),
    ],
)
def test_a_shape_is_told_by_its_columns(header: list[str], shape: Shape | None) -> None:
    assert find_shape(header, (Shape.ITEMS, Shape.LIMITS, Shape.MATERIALS)) is shape


def test_headers_are_read_without_marks() -> None:
    found = find_columns(["＊事项名称 ", "实施主体(必填)", "Task Type Name"], Shape.ITEMS)
    assert found == {"name": 0, "department": 1, "task_type_name": 2}
