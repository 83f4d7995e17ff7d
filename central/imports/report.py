"""What an import did and what it did not: counted, and noted by row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import msgspec


class RowNote(msgspec.Struct, frozen=True):
    """One thing about one row: a code with parameters.

    `row` is the row as a person counts it in the file, `column` the header as it stands there.
    Parameters never hold a citizen's number or name.
    """

    row: int
    column: str
    code: str
    parameters: dict[str, str | int] = {}


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one import.

    read = added + changed + unchanged + refused rows. `waiting` rows were kept and take effect
    once their item is imported. `versions` counts the new versions of items. `applied` is
    false where nothing was written, because a row was refused and all or nothing was asked for.
    """

    shape: str
    read: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    waiting: int = 0
    versions: int = 0
    departments: int = 0
    warnings: tuple[RowNote, ...] = ()
    refused: tuple[RowNote, ...] = ()
    applied: bool = True

    @property
    def copy(self) -> Notes:
        """The same notes, to which others can be added."""
        copied = Notes()
        copied.warnings, copied.refused = list(self.warnings), list(self.refused)
        return copied

    def refused_rows(self) -> int:
        """How many rows were refused, each for one reason or several."""
        return len({note.row for note in self.refused})


class Notes:
    """Collects what is noted while rows are read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.warnings: list[RowNote] = []
        self.refused: list[RowNote] = []

    def warn(self, row: int, column: str, code: str, **parameters: str | int) -> None:
        """Note what looks odd; the row is used."""
        self.warnings.append(RowNote(row, column, code, parameters))

    def refuse(self, row: int, column: str, code: str, **parameters: str | int) -> None:
        """Note why a row cannot be used."""
        self.refused.append(RowNote(row, column, code, parameters))

    def copy(self) -> Notes:
        """The same notes, to which others can be added."""
        copied = Notes()
        copied.warnings, copied.refused = list(self.warnings), list(self.refused)
        return copied

    def refused_rows(self) -> set[int]:
        """The rows that cannot be used."""
        return {note.row for note in self.refused}


def write_notes(report: ImportReport, sentence: Callable[[RowNote], str]) -> bytes:
    """All notes as CSV that Excel opens: row, column, whether refused, code, sentence."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["row", "column", "kind", "code", "text"])
    kinds = (("refused", report.refused), ("warning", report.warnings))
    lines = [(note, kind) for kind, notes in kinds for note in notes]
    for note, kind in sorted(lines, key=lambda line: line[0].row):
        told = [_as_text(cell) for cell in (note.column, kind, note.code, sentence(note))]
        writer.writerow([note.row, *told])
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell
