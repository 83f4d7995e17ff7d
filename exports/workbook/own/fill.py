"""Fill the office's own workbook with a report, or say what it asks for and what is wrong."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.dom.minidom import Element

import msgspec
from openpyxl.formula.translate import Translator

from clerk.errors import InputError
from clerk.rules.reports.parts import Dimension, Report
from exports.workbook.own.around import move_around, move_charts, move_names
from exports.workbook.own.book import Book
from exports.workbook.own.package import Package, copy_of, elements, put_behind, set_text, text_of
from exports.workbook.own.placeholders import Spot, Told, fill_text, write_value
from exports.workbook.own.references import Inserts, Standing, move_formula, move_reference
from exports.workbook.own.scan import Found, Scan, scan_book
from exports.workbook.own.sheet import Sheet, forget_value, formula_of, write_cell

LAST_ROW = 1_048_576


class Filled(msgspec.Struct, frozen=True):
    """The workbook, and the cells whose placeholder names what the report has no row of."""

    data: bytes
    lacking: tuple[Found, ...]


class _Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One copy of a row: of the template's row, the how manieth, of which group."""

    row: int
    copy: int = 0
    by: Dimension | None = None
    group: str | None = None


def check_template(path: Path, report: Report) -> Scan:
    """What a template asks for. Raises InputError where it is no workbook that can be filled."""
    return scan_book(_open(path), report)


def fill_template(path: Path, told: Told) -> Filled:
    """The template filled. Raises InputError `template.…` for the first thing wrong with it."""
    book = _open(path)
    scan = scan_book(book, told.report)
    if scan.faults:
        raise scan.faults[0]
    return _Filling(book, scan, told).fill()


def _open(path: Path) -> Book:
    package = Package(path)
    try:
        return Book(package)
    except ValueError as error:  # a row or a cell that bears no number
        raise package.broken() from error


class _Filling:
    def __init__(self, book: Book, scan: Scan, told: Told) -> None:
        self._book, self._scan, self._told = book, scan, told
        self._found = {(one.sheet, one.cell): one for one in scan.found}
        self._inserts = {
            sheet: Inserts({row: max(len(told.groups(by)), 1) - 1 for row, by in rows.items()})
            for sheet, rows in scan.repeats.items()
        }

    def fill(self) -> Filled:
        for name, moves in self._inserts.items():
            last = max(map(_row_of, self._book.sheets[name].rows()))
            if moves.bottom(last) > LAST_ROW:
                raise InputError("template.too_many_rows", sheet=name)
        for sheet in self._book.sheets.values():
            self._fill_sheet(sheet)
        if self._inserts:
            move_names(self._book, self._inserts)
            move_charts(self._book, self._inserts)
        self._book.want_calculation()
        lacking = (one for one in self._scan.found if any(map(self._told.lacks, one.spots)))
        return Filled(self._book.package.write(), tuple(lacking))

    def _fill_sheet(self, sheet: Sheet) -> None:
        wanted = [one for one in self._scan.found if one.sheet == sheet.name]
        cells = [cell for row in sheet.rows() for cell in elements(row, "c")]
        has_formulas = any(formula_of(one) is not None for one in cells)
        if not wanted and not has_formulas and not self._inserts:
            return
        for one in wanted:
            if one.named:
                sheet.cell(one.cell)
        if self._inserts:
            _unshare(sheet)
        repeats = self._scan.repeats.get(sheet.name, {})
        for row in sheet.rows():
            self._fill_row(sheet, row, repeats.get(_row_of(row)))
        if self._inserts:
            move_around(self._book, sheet, self._inserts)
        self._book.package.change(sheet.path)

    def _fill_row(self, sheet: Sheet, row: Element, by: Dimension | None) -> None:
        number = _row_of(row)
        turns = [_Turn(row=number)]
        if by is not None:
            groups = self._told.groups(by) or (None,)
            turns = [
                _Turn(row=number, copy=copy, by=by, group=group)
                for copy, group in enumerate(groups)
            ]
        copies = [row, *(copy_of(row) for _one in turns[1:])]
        for before, one in pairwise(copies):
            put_behind(one, before)
        for one, turn in zip(copies, turns, strict=True):
            self._fill_cells(sheet, one, turn)

    def _fill_cells(self, sheet: Sheet, row: Element, turn: _Turn) -> None:
        moves = self._inserts.get(sheet.name, Inserts())
        place = moves.top(turn.row) + turn.copy
        row.setAttribute("r", str(place))
        for cell in elements(row, "c"):
            was = cell.getAttribute("r")
            cell.setAttribute("r", f"{was.rstrip('0123456789')}{place}")
            found, formula = self._found.get((sheet.name, was)), formula_of(cell)
            if found is not None:
                self._fill_cell(cell, found, turn)
            elif formula is not None:
                self._move(formula, sheet, turn)
                forget_value(cell)

    def _move(self, formula: Element, sheet: Sheet, turn: _Turn) -> None:
        standing = Standing(sheet=sheet.name, row=turn.row if turn.by else 0, copy=turn.copy)
        if text_of(formula):
            set_text(formula, move_formula(text_of(formula), standing, self._inserts))
        if formula.hasAttribute("ref"):
            area = move_reference(formula.getAttribute("ref"), standing, self._inserts)
            formula.setAttribute("ref", area)

    def _fill_cell(self, cell: Element, found: Found, turn: _Turn) -> None:
        number = turn.copy + 1 if turn.group is not None else 0
        values = {
            one.text: self._told.say(self._by(one, turn), turn.group, number) for one in found.spots
        }
        only = found.spots[0] if len(found.spots) == 1 else None
        styles, from_1904 = self._book.styles, self._book.from_1904
        if only is not None and (found.named or found.text.strip() == only.text):
            write_cell(cell, values[only.text], only, styles, from_1904=from_1904)
            return
        texts = {one.text: write_value(values[one.text], one) for one in found.spots}
        write_cell(cell, fill_text(found.text, texts), None, styles, from_1904=from_1904)

    @staticmethod
    def _by(spot: Spot, turn: _Turn) -> Spot:
        """In a repeated row a figure is that of the row."""
        if turn.by is None or spot.figure is None or spot.name:
            return spot
        return msgspec.structs.replace(spot, dimension=turn.by)


def _row_of(row: Element) -> int:
    """The number of a row."""
    return int(row.getAttribute("r"))


def _unshare(sheet: Sheet) -> None:
    """Write out formulas that several cells share: copies of a row cannot share one."""
    masters: dict[str, tuple[str, str]] = {}
    for row in sheet.rows():
        for cell in elements(row, "c"):
            formula = formula_of(cell)
            if formula is None or formula.getAttribute("t") != "shared":
                continue
            key, place = formula.getAttribute("si"), cell.getAttribute("r")
            if text_of(formula):
                masters[key] = (f"={text_of(formula)}", place)
            elif key in masters:
                master, origin = masters[key]
                set_text(formula, Translator(master, origin=origin).translate_formula(place)[1:])
            for name in ("t", "si", "ref"):
                if formula.hasAttribute(name):
                    formula.removeAttribute(name)
