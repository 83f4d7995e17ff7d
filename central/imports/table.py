"""A file as a table: where its header is, which columns it has, and its rows by column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BufferedReader, TextIOWrapper
from itertools import islice

import msgspec

from central.imports.columns import KNOWN, Shape, find_columns, find_shape
from central.imports.encoding import Nature
from central.imports.report import Notes
from central.imports.sheets import open_workbook, read_sheet, sheet_names
from central.imports.shown import show_value
from clerk.errors import InputError
from clerk.text import keep_printable
from exports.workbook.sheet_names import OWN_SHEETS

HEADER_WITHIN = 30
"""A header stands in one of the first rows; above it are titles and remarks."""
_DELIMITERS = (",", "\t", ";", "|", "，")

_REMARK = "note"

Rows = Iterator[list[str]]


class Line(msgspec.Struct, frozen=True):
    """One row of the file, by our names of the columns. `row` counts as a person does."""

    row: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The trimmed text of a column, empty where the file has none."""
        return self.cells.get(column, "")


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table whose header was found. `lines` can be read once.

    `share` tells how much of the file was read so far, from 0 to 1. `sheet` is that of a workbook.
    """

    shape: Shape
    columns: dict[str, str]
    unknown: tuple[str, ...]
    sheets_ignored: tuple[str, ...]
    header_row: int
    lines: Iterator[Line]
    share: Callable[[], float]
    heads: tuple[str, ...] = ()
    sheet: str = ""

    def column(self, name: str) -> str:
        """The header of a column as it stands in the file, or our name where it is missing."""
        return self.columns.get(name, name)

    def place(self, header: str) -> int:
        """Where a header stands, counted from 1; 0 where the file has no such column."""
        return self.heads.index(header) + 1 if header in self.heads else 0

    def show(self, line: Line, header: str) -> str:
        """The cell of a line under a header, masked where it is personal."""
        name = next((one for one, told in self.columns.items() if told == header), "")
        return show_value(self.shape, name, line[name])


class _Header(msgspec.Struct, frozen=True):
    shape: Shape
    row: int
    cells: list[str]


def open_table(nature: Nature, shapes: tuple[Shape, ...], notes: Notes, *, after: int = 0) -> Table:
    """Find the header of one of these shapes; raises InputError where there is none.

    Rows that do not fit the header are noted as refused while the lines are read. Rows up to
    `after` were read at another time and are passed over.
    """
    if nature.is_workbook:
        return _open_sheet(nature, shapes, notes, after)
    for delimiter in _DELIMITERS:
        header = _find_header(_sample_text(nature, delimiter), shapes)
        if header is not None:
            text = _Text(nature, delimiter)
            lines = _lines(text.rows(), header, notes, after, strict=True)
            return _table(header, lines, (), text.share)
    raise _no_header(nature, shapes, _first_cells(_sample_text(nature, ",")))


def _open_sheet(nature: Nature, shapes: tuple[Shape, ...], notes: Notes, after: int) -> Table:
    with closing(open_workbook(nature.path)) as book:
        names = sheet_names(book)
        first: list[str] = []
        for name in names:
            rows = list(read_sheet(book, name))
            header = _find_header(rows[:HEADER_WITHIN], shapes)
            if header is not None:
                others = tuple(other for other in names if other not in (name, *OWN_SHEETS))
                sheet = _Sheet(rows)
                lines = _lines(sheet.rows(), header, notes, after, strict=False)
                table = _table(header, lines, others, sheet.share)
                return msgspec.structs.replace(table, sheet=name)
            first = first or _first_cells(rows[:HEADER_WITHIN])
    raise _no_header(nature, shapes, first)


def _table(
    header: _Header, lines: Iterator[Line], others: tuple[str, ...], share: Callable[[], float]
) -> Table:
    found = find_columns(header.cells, header.shape)
    used = set(found.values())
    return Table(
        shape=header.shape,
        columns={name: header.cells[index].strip() for name, index in found.items()},
        unknown=tuple(
            cell.strip()
            for index, cell in enumerate(header.cells)
            if index not in used and cell.strip()
        ),
        sheets_ignored=others,
        header_row=header.row,
        heads=tuple(cell.strip() for cell in header.cells),
        lines=lines,
        share=share,
    )


def _find_header(rows: list[list[str]], shapes: tuple[Shape, ...]) -> _Header | None:
    """The row that names most columns, alone or filled up from a row of groups above it."""
    best: tuple[int, _Header] | None = None
    for index, cells in enumerate(rows):
        above = rows[index - 1] if index else []
        for candidate in (cells, _join_header(above, cells)):
            shape = find_shape(candidate, shapes)
            if shape is None:
                continue
            score = len(find_columns(candidate, shape))
            if best is None or score > best[0]:
                best = (score, _Header(shape, index + 1, candidate))
    return best[1] if best else None


def _join_header(above: list[str], cells: list[str]) -> list[str]:
    width = max(len(above), len(cells))
    lower = cells + [""] * (width - len(cells))
    upper = above + [""] * (width - len(above))
    return [low if low.strip() else up for low, up in zip(lower, upper, strict=True)]


def _lines(
    rows: Rows, header: _Header, notes: Notes, after: int, *, strict: bool
) -> Iterator[Line]:
    """The rows below the header; a text's rows have exactly as many cells as its header."""
    found = find_columns(header.cells, header.shape)
    width = len(header.cells)
    heads = [header.cells[at] for at in found.values()]
    begin = max(header.row, after)
    for number, row in enumerate(islice(rows, begin, None), start=begin + 1):
        blank = not any(cell.strip() for cell in row)
        # A header that is merged over two rows is there twice; printed lists repeat theirs.
        if blank or [row[at] for at in found.values() if at < len(row)] == heads:
            continue
        extra = any(cell.strip() for cell in row[width:])
        if extra or (strict and len(row) < width):
            notes.refuse(number, "", "row.ragged", have=len(row), need=width)
            continue
        cells = {name: read_text(row[at], name) for name, at in found.items() if at < len(row)}
        yield Line(number, cells)


def read_text(cell: str, column: str) -> str:
    """A cell without blanks around it; only a remark has lines, elsewhere they are layout."""
    if cell.isprintable():
        return cell.strip()
    lines = [keep_printable(line).strip() for line in cell.strip().splitlines()]
    return ("\n" if column == _REMARK else "").join(lines)


class _Text:
    """The records of a text, and how much of it was read."""

    def __init__(self, nature: Nature, delimiter: str) -> None:
        self._nature, self._delimiter = nature, delimiter
        self._size = nature.path.stat().st_size
        self._raw: BufferedReader | None = None

    def rows(self) -> Rows:
        """One by one; raises InputError where its quotes do not close."""
        path, encoding = self._nature.path, self._nature.encoding
        with path.open("rb") as raw, TextIOWrapper(raw, encoding, newline="") as file:
            self._raw = raw
            reader = csv.reader(file, delimiter=self._delimiter, strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise InputError("file.quotes", file=path.name, line=reader.line_num) from error

    def share(self) -> float:
        """By bytes, a little ahead of the record."""
        if self._raw is None:
            return 0.0
        return 1.0 if self._raw.closed else self._raw.tell() / self._size


class _Sheet:
    """The rows of a sheet, all of them read, and how many were used."""

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows, self._used = rows, 0

    def rows(self) -> Rows:
        """One by one."""
        for row in self._rows:
            self._used += 1
            yield row

    def share(self) -> float:
        """By rows."""
        return self._used / len(self._rows)


def _sample_text(nature: Nature, delimiter: str) -> list[list[str]]:
    """The first records; where another delimiter makes nonsense of them, those before it."""
    rows = _Text(nature, delimiter).rows()
    sample: list[list[str]] = []
    try:
        sample.extend(islice(rows, HEADER_WITHIN))
    except InputError:
        return sample
    return sample


def _first_cells(rows: list[list[str]]) -> list[str]:
    return next((row for row in rows if any(cell.strip() for cell in row)), [])


def _no_header(nature: Nature, shapes: tuple[Shape, ...], first: list[str]) -> InputError:
    needed = " / ".join(", ".join(KNOWN[shape].required) for shape in shapes)
    return InputError(
        "file.no_header", file=nature.path.name, needed=needed, columns_found=len(first)
    )
