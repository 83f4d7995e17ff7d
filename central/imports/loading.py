"""Bulk loads of the registers: streamed in batches, each its own transaction, resumable.

Millions of people do not fit one transaction. How far the files were read is written in the
same transaction as the rows: a load that was killed goes on after them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from central.db import audit, loads
from central.db.engine import Connection, Database
from central.db.items import batches
from central.db.licence_loads import LoadedLicence
from central.db.loads import BulkLoad, Progress
from central.db.people import Organisation, Person
from central.imports.encoding import Nature, examine
from central.imports.error_file import ErrorFile, errors_beside
from central.imports.folder import find_files
from central.imports.merging import Merge, Register
from central.imports.report import ImportReport, Notes
from central.imports.table import Line, Table, open_table
from clerk.contract.ids import new_id

BATCH_ROWS = 5000
"""How many rows a transaction holds: a desk waits a fifth of a second for it at most."""

_T = TypeVar("_T", Person, Organisation, LoadedLicence)


class Standing(msgspec.Struct, frozen=True):
    """How far a load is: rows read so far, and the share of all bytes, from 0 to 1."""

    rows: int
    share: float


Told = Callable[[Standing], None]
"""Hears after each batch how far the load is."""


class Load(Generic[_T]):
    """One load of a file, or of a folder of files, into one register."""

    def __init__(
        self, database: Database, register: Register[_T], *, source: str, renames: bool = False
    ) -> None:
        """`source` is whose word the rows are; `renames` lets a row change a known name."""
        self._database = database
        self._register: Register[_T] = register
        self._source, self._renames = source, renames

    def run(
        self,
        path: Path,
        now: datetime,
        actor: str,
        told: Told,
        errors: Callable[[Path], Path] = errors_beside,
    ) -> ImportReport:
        """Load what is at this path, from where an earlier load of the same broke off.

        `errors` names the file of notes of each file; one without notes has none.
        """
        natures = [examine(one) for one in find_files(path)]
        for nature in natures:
            open_table(nature, (self._register.shape,), Notes())  # has no header: nothing is read
        begin = partial(self._begin, path=path, natures=natures, now=now, actor=actor)
        load, resumed = self._database.commit(begin)
        notes = Notes()
        for at in range(load.progress.file, len(natures)):
            load = self._read_file(load, natures, at, (notes, told), errors(natures[at].path))
        if resumed:
            notes.warn(resumed, "", "import.resumed", after_row=resumed)
        report = _report(load, notes)
        self._database.commit(partial(_finish, load=load, report=report, now=now, actor=actor))
        return report

    def _begin(
        self,
        connection: Connection,
        path: Path,
        natures: Sequence[Nature],
        now: datetime,
        actor: str,
    ) -> tuple[BulkLoad, int]:
        """The load that broke off with the row it had come to, or a new one with 0."""
        kind, digest = self._register.shape.value, _digest(natures)
        found = loads.find_unfinished(connection, kind, digest, self._source)
        if found is not None:
            return found, found.progress.row
        load = BulkLoad(
            id=new_id(int(now.timestamp() * 1000), os.urandom),
            kind=kind,
            name=path.name,
            digest=digest,
            source=self._source,
            actor=actor,
            began_at=now,
            step=0,
            progress=Progress(as_of=now),
        )
        loads.add(connection, load)
        return load, 0

    def _read_file(
        self,
        load: BulkLoad,
        natures: Sequence[Nature],
        at: int,
        heard: tuple[Notes, Told],
        errors: Path,
    ) -> BulkLoad:
        """Read one file to its end, batch after batch."""
        notes, told = heard
        file = natures[at].path.name if len(natures) > 1 else ""
        reading, written = Notes(), ErrorFile(errors)
        row = load.progress.row
        table = open_table(natures[at], (self._register.shape,), reading, after=row)
        if not row:
            _note_header(table, reading)
        lines = batches(table.lines, BATCH_ROWS)
        while batch := next(lines, []):
            load, said = self._take(load, table, batch, reading, written)
            notes.extend(said, file)
            told(_standing(load, natures, table.share()))
        load, said = self._end_file(load, reading, written)
        notes.extend(said, file)
        return load

    def _take(
        self, load: BulkLoad, table: Table, batch: list[Line], reading: Notes, written: ErrorFile
    ) -> tuple[BulkLoad, Notes]:
        """Read a batch and write it; what is noted is on the disk before the rows are."""
        rows = list(self._read_rows(load, table, batch, reading))
        heard = reading.drain()

        def write(connection: Connection) -> tuple[BulkLoad, Notes]:
            loads.hold(connection, load)
            done, said = msgspec.structs.replace(load.progress), heard.copy()
            merge = Merge(self._register, table, renames=self._renames)
            merge.write(connection, rows, done, said)
            done.row, done.read = batch[-1].row, done.read + len(batch)
            _count_refused(done, said)
            done.noted = written.put(load.progress.noted, said)
            loads.note_changed(connection, load, merge.changed)
            return loads.advance(connection, load, done), said

        return self._database.commit(write)

    def _read_rows(
        self, load: BulkLoad, table: Table, batch: list[Line], reading: Notes
    ) -> Iterator[tuple[Line, _T]]:
        origin = (self._source, load.progress.as_of)
        for line in batch:
            reading.follow(line.row, partial(table.show, line))
            entry = self._register.read(line, table, origin, reading)
            if entry is not None:
                yield line, entry

    def _end_file(
        self, load: BulkLoad, reading: Notes, written: ErrorFile
    ) -> tuple[BulkLoad, Notes]:
        """Note what stood below the last usable row, and go on with the next file."""
        said = reading.drain()

        def write(connection: Connection) -> BulkLoad:
            loads.hold(connection, load)
            done = msgspec.structs.replace(load.progress, row=0, noted=0)
            _count_refused(done, said)
            done.file += 1
            written.put(load.progress.noted, said)
            return loads.advance(connection, load, done)

        return self._database.commit(write), said


def _count_refused(progress: Progress, said: Notes) -> None:
    """Rows that do not fit the header were read too, though nobody saw them."""
    progress.read += sum(note.code == "row.ragged" for note in said.refused)
    progress.refused += len(said.refused_rows())


def _note_header(table: Table, notes: Notes) -> None:
    for column in table.unknown:
        notes.warn(table.header_row, column, "column.unknown")
    for sheet in table.sheets_ignored:
        notes.warn(table.header_row, "", "sheet.ignored", sheet=sheet)


def _standing(load: BulkLoad, natures: Sequence[Nature], share: float) -> Standing:
    done = sum(nature.size for nature in natures[: load.progress.file])
    done += round(natures[load.progress.file].size * share)
    return Standing(load.progress.read, done / sum(nature.size for nature in natures))


def _digest(natures: Sequence[Nature]) -> str:
    """Of one file its own; of several one over all of theirs."""
    if len(natures) == 1:
        return natures[0].digest
    told = "\n".join(nature.digest for nature in natures)
    return hashlib.sha256(told.encode()).hexdigest()


def _report(load: BulkLoad, notes: Notes) -> ImportReport:
    done = load.progress
    return ImportReport(
        shape=load.kind,
        read=done.read,
        added=done.added,
        changed=done.changed,
        unchanged=done.unchanged,
        refused_count=done.refused,
        warnings=tuple(notes.warnings),
        refused=tuple(notes.refused),
        notes_left_out=notes.left_out,
    )


def _finish(
    connection: Connection, load: BulkLoad, report: ImportReport, now: datetime, actor: str
) -> None:
    loads.hold(connection, load)
    loads.advance(connection, load, load.progress, ended_at=now)
    audit.append(connection, report.audit_entry(load.digest, now, actor))
