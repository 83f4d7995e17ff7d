"""Many rows into an xlsx as they come: cell by cell as text into the archive, nothing is kept.

Rows are written in batches, column by column, which takes a fraction of the time that one cell
after another takes (docs/adr/0019-bulk-workbooks-of-our-own.md). A sheet that is full
is followed by another.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import IO, NamedTuple, Self
from xml.sax.saxutils import escape

from exports.workbook import bulk_parts as parts
from exports.workbook.danger import is_dangerous

SHEET_ROWS = 1_048_576
"""What Excel has room for on one sheet, the head among them."""
_BATCH = 1_000
_REMEMBERED = 6_000
_UNFIT = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]")
"""What XML cannot hold, or wants written otherwise."""
_FASTEST = 1
"""How hard the archive is pressed: more takes three times as long for a fifth less."""

Value = str | int | float | date | datetime | None
Row = Sequence[Value]


class Kind(StrEnum):
    """What a column holds; an empty cell may stand in any."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"


class BulkColumn(NamedTuple):
    """A column: its heading, what it holds, and its width in characters."""

    heading: str
    kind: Kind
    width: float = 14.0


class BulkBook:
    """One xlsx that grows by rows; the sheets are named `title`, `title 2` and so on."""

    def __init__(
        self,
        target: IO[bytes],
        title: str,
        columns: Sequence[BulkColumn],
        *,
        sheet_rows: int = SHEET_ROWS,
    ) -> None:
        """Write into a file that can be written on only."""
        assert sheet_rows > 1, "a sheet has room for its head and a row"
        self._archive = zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED, compresslevel=_FASTEST, allowZip64=True
        )
        self._title, self._columns = title, columns
        self._room = sheet_rows - 1
        self._encoders = [_encoder(column.kind) for column in columns]
        self.sheets: list[str] = []

    def write(self, rows: Iterable[Row]) -> None:
        """Write all rows, on as many sheets as they take; none make one empty sheet."""
        left = iter(rows)
        first = next(left, None)
        self._write_sheet(_chain(first, left))
        while (first := next(left, None)) is not None:
            self._write_sheet(_chain(first, left))

    def __enter__(self) -> Self:
        """Use it as a file: what ties the sheets together is written at the end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_told: object) -> None:
        """Write the frame, if all went well; else let go of a file that nobody keeps."""
        with self._archive:
            if kind is None:
                for path, content in parts.frame(self.sheets):
                    self._archive.writestr(path, content)

    def _write_sheet(self, rows: Iterator[Row]) -> None:
        """One sheet, streamed into the archive."""
        number = len(self.sheets) + 1
        self.sheets.append(self._title if number == 1 else f"{self._title} {number}")
        path = f"xl/worksheets/sheet{number}.xml"
        with self._archive.open(path, "w", force_zip64=True) as sheet:
            widths = [column.width for column in self._columns]
            sheet.write(parts.open_sheet(widths, selected=number == 1).encode())
            sheet.write(_head([column.heading for column in self._columns]).encode())
            room = self._room
            while batch := list(islice(rows, min(_BATCH, room))):
                sheet.write(self._encode(batch).encode())
                room -= len(batch)
            last = parts.letter_of(len(self._columns))
            sheet.write(parts.close_sheet(f"A1:{last}{1 + self._room - room}").encode())

    def _encode(self, batch: list[Row]) -> str:
        """The rows as XML: each column at once, then put together row by row."""
        columns = [
            encode(column)
            for encode, column in zip(self._encoders, zip(*batch, strict=True), strict=True)
        ]
        return "".join([f"<row>{''.join(row)}</row>" for row in zip(*columns, strict=True)])


def _chain(first: Row | None, rest: Iterator[Row]) -> Iterator[Row]:
    if first is not None:
        yield first
        yield from rest


def _head(headings: Sequence[str]) -> str:
    cells = "".join(
        f'<c s="{parts.HEAD}" t="inlineStr"><is><t>{escape(one)}</t></is></c>' for one in headings
    )
    return f'<row ht="32" customHeight="1">{cells}</row>'


Encode = Callable[[Sequence[Value]], list[str]]
_EMPTY = "<c/>"


def _encoder(kind: Kind) -> Encode:
    match kind:
        case Kind.TEXT:
            return _Remembering(_text).encode
        case Kind.NUMBER:
            return _numbers
        case Kind.DATE:
            return _Remembering(_date).encode
        case Kind.MOMENT:
            return _Remembering(_moment).encode


class _Remembering:
    """Encodes a column whose values come again: names, days. Forgets all when it is too much."""

    def __init__(self, encode: Callable[[Value], str]) -> None:
        self._encode = encode
        self._known: dict[Value, str] = {}

    def encode(self, column: Sequence[Value]) -> list[str]:
        known = self._known
        new = set(column).difference(known)
        if len(known) + len(new) > _REMEMBERED:
            known.clear()
            new = set(column)
        known.update(zip(new, map(self._encode, new), strict=True))
        return [known[value] for value in column]


def _numbers(column: Sequence[Value]) -> list[str]:
    return [_EMPTY if value is None else f"<c><v>{value}</v></c>" for value in column]


def _text(value: Value) -> str:
    """An inline text; what a program could take for a formula is marked as text besides."""
    if not value:
        return _EMPTY
    text = str(value)
    style = f' s="{parts.QUOTED}"' if is_dangerous(text) else ""
    space = ' xml:space="preserve"' if text != text.strip() else ""
    clean = _UNFIT.sub(_write_character, text)
    return f'<c{style} t="inlineStr"><is><t{space}>{clean}</t></is></c>'


def _write_character(match: re.Match[str]) -> str:
    return _WRITTEN.get(match[0], "")


_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_EPOCH_DAY = date(1899, 12, 30).toordinal()
_DAY_S = 86_400


def _date(value: Value) -> str:
    if value is None:
        return _EMPTY
    assert isinstance(value, date), "a column of days holds days"
    return f'<c s="{parts.DATE}"><v>{value.toordinal() - _EPOCH_DAY}</v></c>'


def _moment(value: Value) -> str:
    if value is None:
        return _EMPTY
    if not isinstance(value, datetime):
        return _date(value)
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    days = value.toordinal() - _EPOCH_DAY + seconds / _DAY_S
    return f'<c s="{parts.MOMENT}"><v>{days:.9f}</v></c>'
