"""Files as other systems write them, made for a test."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import Workbook

from central.db.engine import Database
from central.imports.catalogue import import_catalogue, read_catalogue_file
from central.imports.report import ImportReport
from tests.support.moments import at

NOW = at("2026-11-23")

ITEM_COLUMNS = ("source", "region_code", "department", "name", "code", "task_type_name")
LIMIT_COLUMNS = ("source", "item_id", "region", "name", "department", "promise", "unit")
MATERIAL_COLUMNS = (
    "source",
    "item_id",
    "seq",
    "material",
    "necessity",
    "orig_or_copy",
    "copies",
    "medium",
    "source_channel",
    "note",
)
GOOD_CODE = "511Z07001006-511602000000-000-11511301008778183N-1-00"
ITEM = {
    "source": "town",
    "region_code": "620102",
    "department": "市水务局",
    "name": "取水许可",
    "code": "310100891004",
    "task_type_name": "行政许可",
}
LIMIT = {
    "source": "town",
    "item_id": "town-1",
    "region": "某市",
    "name": "取水许可",
    "department": "市水务局",
    "promise": "5",
    "unit": "工作日",
}
MATERIAL = {
    "source": "town",
    "item_id": "town-1",
    "seq": "1",
    "material": "取水许可申请书",
    "necessity": "必要",
    "orig_or_copy": "原件",
    "copies": "1",
    "medium": "纸质",
    "source_channel": "申请人自备",
    "note": "",
}


def csv_text(columns: tuple[str, ...], *rows: dict[str, str]) -> str:
    """Rows as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_csv(path: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    """A CSV file in UTF-8."""
    path.write_bytes(csv_text(columns, *rows).encode())
    return path


def write_items(path: Path, *changes: dict[str, str]) -> Path:
    """A list of items, each told by what differs from the usual one."""
    return write_csv(path, ITEM_COLUMNS, *(ITEM | change for change in changes))


def write_limits(path: Path, *changes: dict[str, str]) -> Path:
    """A list of limits."""
    return write_csv(path, LIMIT_COLUMNS, *(LIMIT | change for change in changes))


def write_materials(path: Path, *changes: dict[str, str]) -> Path:
    """A list of materials."""
    return write_csv(path, MATERIAL_COLUMNS, *(MATERIAL | change for change in changes))


def write_workbook(path: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def take(database: Database, path: Path, *, strict: bool = False) -> ImportReport:
    """Import a catalogue file."""
    file = read_catalogue_file(path)
    return database.commit(
        lambda connection: import_catalogue(connection, file, NOW, "tester", strict=strict)
    )


def codes(report: ImportReport) -> list[str]:
    """The codes of the warnings, in order."""
    return [note.code for note in report.warnings]
