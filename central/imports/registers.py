"""Bulk loads of the registers: streamed in batches, each its own transaction, resumable.

Millions of people do not fit one transaction. How far a file was read is kept with its
digest, in the same transaction as the rows: a load that broke off goes on after them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from central.db import audit, meta
from central.db import people as store
from central.db import registers as known
from central.db.engine import Connection, Database
from central.db.items import batches
from central.db.people import Organisation, Person
from central.imports.columns import Shape
from central.imports.encoding import Nature, examine
from central.imports.people import read_organisation, read_person
from central.imports.report import ImportReport, Notes
from central.imports.table import Line, Table, open_table

BATCH_ROWS = 1000
"""How many rows a transaction holds."""
_AT_ONCE = 500
_ORIGIN = ("source", "as_of")

_T = TypeVar("_T", Person, Organisation)
Told = Callable[[int], None]
"""Hears after each batch how many rows were read so far."""


class Progress(msgspec.Struct, kw_only=True):
    """How far a file was read and what became of its rows so far."""

    row: int = 0
    as_of: datetime
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(frozen=True, kw_only=True)
class Register(Generic[_T]):
    """What is particular to one register."""

    shape: Shape
    key: str
    read: Callable[[Line, Table, tuple[str, datetime], Notes], _T | None]
    find: Callable[[Connection, Sequence[str]], dict[str, _T]]
    put: Callable[[Connection, Sequence[_T]], None]


PEOPLE = Register(
    shape=Shape.PEOPLE,
    key="id_number",
    read=read_person,
    find=known.find_people,
    put=store.put_people,
)
ORGANISATIONS = Register(
    shape=Shape.ORGANISATIONS,
    key="uscc",
    read=read_organisation,
    find=known.find_organisations,
    put=store.put_organisations,
)


class Load(Generic[_T]):
    """One load of one file into one register."""

    def __init__(
        self, database: Database, register: Register[_T], *, source: str, renames: bool = False
    ) -> None:
        """`source` is whose word the rows are; `renames` lets a row change a known name."""
        self._database = database
        self._register: Register[_T] = register
        self._source, self._renames = source, renames

    def run(self, path: Path, now: datetime, actor: str, told: Told) -> ImportReport:
        """Load a file, from where an earlier load of the very same file broke off."""
        nature, notes = examine(path), Notes()
        table = open_table(nature, (self._register.shape,), notes)
        with self._database.read() as connection:
            progress = _find_progress(connection, nature) or Progress(as_of=now)
        skipped = progress.row
        lines = (line for line in table.lines if line.row > skipped)
        for batch in batches(lines, BATCH_ROWS):
            progress = self._take(table, batch, progress, nature, notes)
            told(progress.read)
        report = self._report(table, progress, notes, skipped)
        self._database.commit(lambda connection: _finish(connection, report, nature, now, actor))
        return report

    def _take(
        self,
        table: Table,
        batch: list[Line],
        progress: Progress,
        nature: Nature,
        notes: Notes,
    ) -> Progress:
        """Read a batch and write it; the notes are kept only once it is written."""
        heard = Notes()
        origin = (self._source, progress.as_of)
        read = [(line.row, self._register.read(line, table, origin, heard)) for line in batch]
        rows = [(row, entry) for row, entry in read if entry is not None]
        column = table.column("name")

        def write(connection: Connection) -> tuple[Progress, Notes]:
            done, said = msgspec.structs.replace(progress), heard.copy()
            self._merge(connection, rows, done, (column, said))
            done.row, done.read = batch[-1].row, done.read + len(batch)
            done.refused += len(said.refused_rows())
            meta.put(connection, _key(nature), msgspec.json.encode(done).decode())
            return done, said

        done, said = self._database.commit(write)
        notes.extend(said)
        return done

    def _merge(
        self,
        connection: Connection,
        rows: list[tuple[int, _T]],
        progress: Progress,
        told: tuple[str, Notes],
    ) -> None:
        """Add what is new, change what differs, and refuse two names under one number."""
        column, notes = told
        there: dict[str, _T] = {}
        for some in batches((self._number(entry) for _, entry in rows), _AT_ONCE):
            there |= self._register.find(connection, some)
        fresh: dict[str, _T] = {}
        for row, entry in rows:
            number = self._number(entry)
            before = fresh.get(number) or there.get(number)
            if before is not None and before.name != entry.name:
                if before.as_of == progress.as_of:
                    notes.refuse(row, column, "person.number_twice")
                    continue
                if not self._renames:
                    notes.refuse(row, column, "person.other_name")
                    continue
            elif before is not None and before.as_of == progress.as_of:
                notes.warn(row, column, "person.repeated")
            after = fill_up(entry, before)
            fresh[number] = after
            if before is None:
                progress.added += 1
            elif _told(before) == _told(after):
                progress.unchanged += 1
            else:
                progress.changed += 1
        self._register.put(connection, list(fresh.values()))

    def _number(self, entry: _T) -> str:
        return str(getattr(entry, self._register.key))

    def _report(self, table: Table, progress: Progress, notes: Notes, skipped: int) -> ImportReport:
        for column in table.unknown:
            notes.warn(table.header_row, column, "column.unknown")
        for sheet in table.sheets_ignored:
            notes.warn(table.header_row, "", "sheet.ignored", sheet=sheet)
        if skipped:
            notes.warn(skipped, "", "import.resumed", after_row=skipped)
        ragged = sum(note.code == "row.ragged" for note in notes.refused)
        return ImportReport(
            shape=self._register.shape.value,
            read=progress.read + ragged,
            added=progress.added,
            changed=progress.changed,
            unchanged=progress.unchanged,
            refused_count=progress.refused + ragged,
            warnings=tuple(notes.warnings),
            refused=tuple(notes.refused),
            notes_left_out=notes.left_out,
        )


def fill_up(entry: _T, before: _T | None) -> _T:
    """A row with what is known already where its own cells are empty."""
    if before is None:
        return entry
    kept = {
        name: getattr(before, name)
        for name in entry.__struct_fields__
        if getattr(entry, name) in ("", None)
    }
    return msgspec.structs.replace(entry, **kept)


def _told(entry: Person | Organisation) -> dict[str, object]:
    """What a row says, apart from whose word it is and of when."""
    told = msgspec.structs.asdict(entry)
    return {name: value for name, value in told.items() if name not in _ORIGIN}


def _key(nature: Nature) -> str:
    return f"import:{nature.digest[:48]}"


def _find_progress(connection: Connection, nature: Nature) -> Progress | None:
    kept = meta.find(connection, _key(nature))
    return msgspec.json.decode(kept, type=Progress) if kept else None


def _finish(
    connection: Connection, report: ImportReport, nature: Nature, at: datetime, actor: str
) -> None:
    meta.put(connection, _key(nature), "")
    audit.append(connection, report.audit_entry(nature.digest, at, actor))
