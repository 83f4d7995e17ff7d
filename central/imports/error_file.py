"""The notes on a file's rows, written beside it: one line for each row, in words.

It grows with the load and is on the disk before the rows are in the database, so that a load
that was killed goes on with both.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from central.imports.report import Notes, RowNote
from clerk.errors import InputError
from clerk.locale.problems import tell

SUFFIX = ".errors.csv"
_HEADER = ("row", "column", "value", "kind", "code", "reason", "remedy")
_OWNER_ONLY = 0o600


def errors_beside(path: Path) -> Path:
    """Where the notes on a file go if nobody says otherwise."""
    return path.with_name(path.name + SUFFIX)


class ErrorFile:
    """A CSV that Excel opens: row, column, value, whether refused, code, reason, remedy."""

    def __init__(self, path: Path) -> None:
        """Where it is; nothing is made while there is nothing to note."""
        self.path = path

    def put(self, noted: int, *parts: Notes) -> int:
        """Write notes, by row, after the first `noted` bytes; the length of the file then.

        What is behind them is of rows that are read again.
        """
        lines = [
            (note, kind)
            for notes in parts
            for kind, some in (("refused", notes.refused), ("warning", notes.warnings))
            for note in some
        ]
        lines.sort(key=lambda line: line[0].row)
        try:
            length = self._cut(noted)
            if lines:
                length = self._append(length, [_cells(note, kind) for note, kind in lines])
        except OSError as error:
            reason = error.strerror or ""
            raise InputError("file.unwritable", file=self.path.name, reason=reason) from error
        return length

    def _cut(self, noted: int) -> int:
        """Keep so much of the file; where somebody has taken it away, a new one begins."""
        if not noted:
            self.path.unlink(missing_ok=True)
            return 0
        if not self.path.exists() or self.path.stat().st_size < noted:
            return 0
        os.truncate(self.path, noted)
        return noted

    def _append(self, length: int, rows: Sequence[Sequence[str]]) -> int:
        start = b"" if length else codecs.BOM_UTF8 + _as_csv([_HEADER])
        data = start + _as_csv(rows)
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if length else os.O_TRUNC)
        with os.fdopen(os.open(self.path, flags, _OWNER_ONLY), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return length + len(data)


def _cells(note: RowNote, kind: str) -> tuple[str, ...]:
    told = tell(note.code, note.parameters)
    cells = (note.column, note.value, kind, note.code, told.what, told.remedy)
    return (str(note.row), *map(as_text, cells))


def _as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell
