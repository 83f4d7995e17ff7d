"""What an import did and what it did not: counted, and noted by row and column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from central.db.audit import Entry

MOST_NOTES = 100_000
"""How many notes are kept of each kind; of a file of millions the rest is only counted."""


class RowNote(msgspec.Struct, frozen=True):
    """One thing about one row: a code with parameters.

    `row` is the row as a person counts it in the file, `column` the header as it stands there.
    Parameters never hold a citizen's number or name; `value` is the cell, masked where personal.
    `file` is the file's name where a load has several.
    """

    row: int
    column: str
    code: str
    parameters: dict[str, str | int] = {}
    value: str = ""
    file: str = ""


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one import.

    read = added + changed + unchanged + refused_count. `waiting` rows were kept and take effect
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
    refused_count: int = 0
    warnings: tuple[RowNote, ...] = ()
    refused: tuple[RowNote, ...] = ()
    notes_left_out: int = 0
    applied: bool = True

    def audit_entry(self, digest: str, at: datetime, actor: str) -> Entry:
        """What the audit record keeps of an import: the file's digest and the counts."""
        counted = ("read", "added", "changed", "unchanged", "refused_count", "versions")
        return Entry(
            at=at,
            actor=actor,
            action=f"import.{self.shape}",
            subject=digest,
            detail={name: str(getattr(self, name)) for name in counted},
        )


Show = Callable[[str], str]
"""Gives the cell of a row under a header, masked where it is personal."""


def _show_nothing(_header: str) -> str:
    return ""


class Notes:
    """Collects what is noted while rows are read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.warnings: list[RowNote] = []
        self.refused: list[RowNote] = []
        self.left_out = 0
        self._row = 0
        self._show: Show = _show_nothing

    def follow(self, row: int, show: Show) -> None:
        """What is noted of this row from now on shows the cell, as `show` gives it by header."""
        self._row, self._show = row, show

    def warn(self, row: int, column: str, code: str, **parameters: str | int) -> None:
        """Note what looks odd; the row is used."""
        note = RowNote(row, column, code, parameters, self._value(row, column))
        self._keep(self.warnings, note)

    def refuse(self, row: int, column: str, code: str, **parameters: str | int) -> None:
        """Note why a row cannot be used."""
        note = RowNote(row, column, code, parameters, self._value(row, column))
        self._keep(self.refused, note)

    def drain(self) -> Notes:
        """What was noted since the last time."""
        drained = self.copy()
        self.warnings, self.refused, self.left_out = [], [], 0
        return drained

    def copy(self) -> Notes:
        """The same notes, to which others can be added."""
        copied = Notes()
        copied.extend(self)
        return copied

    def extend(self, other: Notes, file: str = "") -> None:
        """Add the notes of another part of the file, or of another file by its name."""
        self.left_out += other.left_out
        for kept, more in ((self.warnings, other.warnings), (self.refused, other.refused)):
            for note in more:
                self._keep(kept, replace(note, file=file) if file else note)

    def refused_rows(self) -> set[int]:
        """The rows that cannot be used."""
        return {note.row for note in self.refused}

    def _value(self, row: int, column: str) -> str:
        return self._show(column) if row == self._row and column else ""

    def _keep(self, kept: list[RowNote], note: RowNote) -> None:
        if len(kept) < MOST_NOTES:
            kept.append(note)
        else:
            self.left_out += 1
