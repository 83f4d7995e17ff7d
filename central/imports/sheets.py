"""Excel workbooks as rows of text: what a person sees in the cells.

A merged cell fills its whole range, numbers lose the `.0` that Excel gave them, and a formula
is the value that Excel last computed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, load_workbook

from clerk.errors import InputError

MOST_CELLS = 20_000_000
MOST_UNPACKED = 1024**3
_EXACT = 10**15
"""Excel keeps 15 digits; a longer number has lost its last ones."""
_CHUNK = 4 * 1024 * 1024
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')

Row = list[str]
Cell = int | float | str | bool | time | date | datetime | timedelta
Merged = tuple[tuple[int, int], tuple[int, int]]


def open_workbook(path: Path) -> CalamineWorkbook:
    """Open a workbook that is whole and of a bearable size; raises InputError."""
    _check_archive(path)
    try:
        return load_workbook(path)
    except CalamineError as error:
        raise InputError("file.broken_workbook", file=path.name) from error


def sheet_names(book: CalamineWorkbook) -> list[str]:
    """The names of its sheets, in order."""
    return book.sheet_names


def read_sheet(book: CalamineWorkbook, name: str) -> Iterator[Row]:
    """The rows of one sheet from the very first, blank ones included."""
    try:
        sheet = book.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InputError("file.broken_sheet", sheet=name) from error
    _fill_merged(sheet, cells)
    for row in cells:
        yield [read_cell(cell) for cell in row]


def read_cell(cell: Cell) -> str:
    """One cell as text. A number too long to be exact keeps its exponent, which betrays it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _read_number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _read_number(number: float) -> str:
    if abs(number) >= _EXACT:
        return f"{number:.14E}"
    return str(int(number)) if number == int(number) else repr(number)


def _fill_merged(sheet: CalamineSheet, cells: list[list[Cell]]) -> None:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(cells) or left >= len(cells[top]):
            continue
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])


def _check_archive(path: Path) -> None:
    """Refuse a truncated archive, one that unpacks to too much, and sheets of absurd extent."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise InputError("file.too_large", file=path.name, most_mb=MOST_UNPACKED // 1024**2)
            if archive.testzip() is not None:
                raise InputError("file.broken_workbook", file=path.name)
            for member in archive.namelist():
                if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                    _check_extent(archive, member, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError("file.broken_workbook", file=path.name) from error


def _check_extent(archive: zipfile.ZipFile, member: str, path: Path) -> None:
    """A cell far away makes the reader allocate everything before it."""
    widest, lowest, rest = 1, 1, b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            found = _CELL.findall(rest + chunk)
            rest = chunk[-32:]
            widest = max(
                [widest, *(_column_number(letters) for letters in {one for one, _ in found})]
            )
            lowest = max([lowest, *(int(number) for _, number in found)])
    if widest * lowest > MOST_CELLS:
        raise InputError("file.too_many_cells", file=path.name, most=MOST_CELLS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
