"""Importing a catalogue file: planned whole, then written in the caller's one transaction."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path

import msgspec

from central.catalogue.coming import Doing, schedule
from central.catalogue.publishing import publish
from central.db import audit, feed, offices, parts
from central.db.engine import Connection
from central.db.touching import Touched, list_touched
from central.imports.codes import read_code
from central.imports.columns import Shape
from central.imports.encoding import examine
from central.imports.index import Index
from central.imports.joining import apply_waiting
from central.imports.report import ImportReport, Notes
from central.imports.rows import (
    ItemRow,
    LimitRow,
    MaterialRow,
    read_item_row,
    read_limit_row,
    read_limits,
    read_material_row,
)
from central.imports.steps import Tally, take_items, take_limits, take_materials
from central.imports.table import Line, Table, open_table
from clerk.errand import Errand, Phase

_TOLD_EVERY = 100
CATALOGUE_SHAPES = (Shape.ITEMS, Shape.LIMITS, Shape.MATERIALS)


class CatalogueFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read and checked, and has not touched the database yet."""

    table: Table
    digest: str
    read: int
    items: list[ItemRow]
    limits: list[LimitRow]
    materials: list[MaterialRow]
    notes: Notes


def read_catalogue_file(
    path: Path,
    shapes: tuple[Shape, ...] = CATALOGUE_SHAPES,
    source: str = "",
    errand: Errand | None = None,
) -> CatalogueFile:
    """Read a file of one of these shapes; raises InputError where it is no such file.

    `source` stands in where the rows name none. Raises CancelledError.
    """
    errand = errand or Errand()
    nature, notes = examine(path), Notes()
    table = open_table(nature, shapes, notes)
    _note_header(table, notes)
    read = _Reader(table, source, notes)
    for line in table.lines:
        if read.lines % _TOLD_EVERY == 0:
            errand.tell(Phase.READING, round(table.share() * nature.size), nature.size)
        read.take(line)
    ragged = sum(note.code == "row.ragged" for note in notes.refused)
    read.finish()
    if not read.lines:
        notes.warn(table.header_row, "", "file.no_rows")
    return CatalogueFile(
        table=table,
        digest=nature.digest,
        read=read.lines + ragged,
        items=read.items,
        limits=read.limits,
        materials=read.materials,
        notes=notes,
    )


def import_catalogue(
    connection: Connection,
    file: CatalogueFile,
    at: datetime,
    actor: str,
    *,
    strict: bool = False,
    on: date | None = None,
    errand: Errand | None = None,
) -> ImportReport:
    """Write what a file tells: new items, new versions of changed ones, parts that wait.

    All of it belongs to the caller's transaction. Rows that are refused stay out and are
    reported; with `strict` one of them keeps out the whole file. With a day `on`, the versions
    are kept and take effect on it. Raises CancelledError.
    """
    errand = errand or Errand()
    index, tally, notes = _plan(connection, file)
    if strict and notes.refused:
        return _report(file, notes, Tally(), applied=False)
    written = (
        _write(connection, index, at, errand)
        if on is None
        else _keep(connection, index, on, at, actor)
    )
    report = _report(file, notes, tally, versions=written, departments=len(index.new_departments))
    audit.append(connection, report.audit_entry(file.digest, at, actor))
    return report


def preview_catalogue(
    connection: Connection, file: CatalogueFile
) -> tuple[ImportReport, tuple[Touched, ...]]:
    """What an import would do, and what hangs on the items that it would change."""
    index, tally, notes = _plan(connection, file)
    departments = len(index.new_departments)
    report = _report(file, notes, tally, versions=len(index.items), departments=departments)
    return report, list_touched(connection, index.items)


def _plan(connection: Connection, file: CatalogueFile) -> tuple[Index, Tally, Notes]:
    index, tally, notes = Index(connection), Tally(), file.notes.copy()
    take_items(index, file.table, file.items, notes, tally)
    more = Tally() if file.items else tally
    take_limits(index, file.table, file.limits, notes, more)
    take_materials(index, file.table, file.materials, notes, tally)
    apply_waiting(index)
    return index, tally, notes


class _Reader:
    """Sorts the rows of a file by what they tell."""

    def __init__(self, table: Table, source: str, notes: Notes) -> None:
        self._table, self._source, self._notes = table, source, notes
        self.lines = 0
        self.items: list[ItemRow] = []
        self.limits: list[LimitRow] = []
        self.materials: list[MaterialRow] = []
        self._spoilt: dict[tuple[str, str], int] = {}

    def take(self, line: Line) -> None:
        """Read one row as what the file's header says it is."""
        self.lines += 1
        self._notes.follow(line.row, partial(self._table.show, line))
        if self._table.shape is Shape.ITEMS:
            self._take_item(line)
        elif self._table.shape is Shape.LIMITS:
            row = read_limit_row(line, self._table, self._source, self._notes)
            self.limits += [row] if row else []
        else:
            self._take_material(line)

    def finish(self) -> None:
        """Look at the file as a whole: lists with an unusable row, codes of several forms."""
        for row in self.materials:
            spoilt = self._spoilt.get((row.source, row.item_id))
            if spoilt is not None:
                column = self._table.column("item_id")
                self._notes.refuse(row.row, column, "material.list_spoilt", spoilt_row=spoilt)
        self.materials = [
            row for row in self.materials if (row.source, row.item_id) not in self._spoilt
        ]
        forms = {read_code(row.code)[0] for row in self.items if row.code}
        if len(forms) > 1:
            self._notes.warn(
                self._table.header_row,
                self._table.column("code"),
                "code.several_forms",
                forms=len(forms),
            )

    def _take_item(self, line: Line) -> None:
        row = read_item_row(line, self._table, self._source, self._notes)
        if row is None:
            return
        self.items.append(row)
        if "promise" in self._table.columns or "statutory" in self._table.columns:
            self.limits.append(read_limits(line, self._table, row.source, self._notes))

    def _take_material(self, line: Line) -> None:
        row = read_material_row(line, self._table, self._source, self._notes)
        if row is not None:
            self.materials.append(row)
        elif line["item_id"]:
            place = (line["source"] or self._source, line["item_id"])
            self._spoilt.setdefault(place, line.row)


def _note_header(table: Table, notes: Notes) -> None:
    for column in table.unknown:
        notes.warn(table.header_row, column, "column.unknown")
    for sheet in table.sheets_ignored:
        notes.warn(table.header_row, "", "sheet.ignored", sheet=sheet)


def _write(connection: Connection, index: Index, at: datetime, errand: Errand) -> int:
    """Write departments, items and parts, and announce them; the number of new versions."""
    changes = [offices.put_department(connection, one) for one in index.new_departments]
    published = publish(connection, index.items.values(), at, errand)
    parts.put(connection, list(index.parts.values()))
    feed.announce(connection, [*changes, *published.changes])
    return published.added + published.changed


def _keep(connection: Connection, index: Index, on: date, at: datetime, actor: str) -> int:
    """The same for a later day: departments and parts are there at once, versions come then."""
    changes = [offices.put_department(connection, one) for one in index.new_departments]
    kept = schedule(connection, index.items.values(), on, Doing(at=at, actor=actor))
    parts.put(connection, list(index.parts.values()))
    feed.announce(connection, changes)
    return kept


def _report(
    file: CatalogueFile,
    notes: Notes,
    tally: Tally,
    *,
    versions: int = 0,
    departments: int = 0,
    applied: bool = True,
) -> ImportReport:
    return ImportReport(
        shape=file.table.shape.value,
        read=file.read,
        added=tally.added,
        changed=tally.changed,
        unchanged=tally.unchanged,
        waiting=tally.waiting,
        versions=versions,
        departments=departments,
        refused_count=len(notes.refused_rows()),
        warnings=tuple(notes.warnings),
        refused=tuple(notes.refused),
        applied=applied,
    )
