"""What a template asks for: its placeholders and named cells, and what is wrong with them."""

from __future__ import annotations

import re
from xml.dom.minidom import Element

import msgspec

from clerk.errors import InputError
from clerk.rules.reports.parts import Dimension, Report
from exports.workbook.own.book import Book
from exports.workbook.own.package import elements, everything, text_of
from exports.workbook.own.placeholders import Spot, find_spots, read_name, read_spot
from exports.workbook.own.sheet import Sheet, formula_of, row_of

_ONE_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")
_MARKED = "{{"
_PAINTED = ("xl/charts/", "xl/drawings/")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One cell to fill: its text and the placeholders in it, or the name that it bears."""

    sheet: str
    cell: str
    text: str
    spots: tuple[Spot, ...]
    named: bool = False


class Scan(msgspec.Struct, kw_only=True):
    """All cells to fill, the rows to repeat by sheet and row, and what is wrong."""

    found: list[Found] = []
    repeats: dict[str, dict[int, Dimension]] = {}
    faults: list[InputError] = []


def scan_book(book: Book, report: Report) -> Scan:
    """Read a template through; a fault names its sheet and cell and ends nothing."""
    scan = Scan()
    for sheet in book.sheets.values():
        for row in sheet.rows():
            for cell in elements(row, "c"):
                _scan_cell(scan, sheet, cell, report)
        _scan_around(scan, sheet)
        _scan_pivots(scan, book, sheet)
    for name in book.names():
        _scan_name(scan, book, name, report)
    _scan_painted(scan, book)
    if not scan.found and not scan.faults:
        scan.faults.append(InputError("template.empty"))
    return scan


def _scan_cell(scan: Scan, sheet: Sheet, cell: Element, report: Report) -> None:
    place = cell.getAttribute("r")
    where = {"sheet": sheet.name, "cell": place}
    formula = formula_of(cell)
    if formula is not None:
        if _MARKED in text_of(formula):
            scan.faults.append(InputError("template.in_formula", **where))
        return
    text = sheet.text(cell)
    if _MARKED not in text:
        return
    spots = []
    for one in find_spots(text):
        try:
            spots.append(read_spot(one, report))
        except InputError as error:
            scan.faults.append(InputError(error.code, **where, **error.parameters))
    if text.count(_MARKED) != len(find_spots(text)):
        scan.faults.append(InputError("template.unclosed", **where))
    scan.found.append(Found(sheet=sheet.name, cell=place, text=text, spots=tuple(spots)))
    for spot in spots:
        if spot.each and spot.dimension is not None:
            _repeat(scan, sheet.name, place, spot.dimension)


def _repeat(scan: Scan, sheet: str, place: str, dimension: Dimension) -> None:
    rows = scan.repeats.setdefault(sheet, {})
    if rows.setdefault(row_of(place), dimension) is not dimension:
        scan.faults.append(InputError("template.two_repeats", sheet=sheet, cell=place))


def _scan_name(scan: Scan, book: Book, name: Element, report: Report) -> None:
    spot = read_name(name.getAttribute("name"), report)
    if spot is None:
        return
    area = _ONE_CELL.fullmatch(text_of(name).strip())
    sheet = book.name_of((area[1] or "").replace("''", "'") or area[2]) if area else ""
    if not area or not sheet:
        fault = InputError("template.name_place", name=spot.text, place=text_of(name))
        scan.faults.append(fault)
        return
    cell, rows = f"{area[3]}{area[4]}", scan.repeats.get(sheet, {})
    if formula_at(book.sheets[sheet], cell) or int(area[4]) in rows:
        scan.faults.append(
            InputError("template.name_taken", sheet=sheet, cell=cell, name=spot.text)
        )
    else:
        named = Found(sheet=sheet, cell=cell, text=spot.text, spots=(spot,), named=True)
        scan.found.append(named)


def formula_at(sheet: Sheet, place: str) -> bool:
    """Whether a cell that is stored holds a formula."""
    cells = (cell for row in sheet.rows() for cell in elements(row, "c"))
    return any(one.getAttribute("r") == place and formula_of(one) is not None for one in cells)


def _scan_around(scan: Scan, sheet: Sheet) -> None:
    """Heads and feet of the page are not filled: what stands there would be printed as it is."""
    parts = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    for one in everything(sheet.root, *parts):
        if _MARKED in text_of(one):
            scan.faults.append(InputError("template.elsewhere", part=sheet.name))


def _scan_pivots(scan: Scan, book: Book, sheet: Sheet) -> None:
    """A pivot table does not move with the rows above it."""
    kinds = {one.kind for one in book.package.relations(sheet.path)}
    if "pivotTable" in kinds and sheet.name in scan.repeats:
        scan.faults.append(InputError("template.pivot", sheet=sheet.name))


def _scan_painted(scan: Scan, book: Book) -> None:
    """Titles of charts and boxes of text; what a chart remembers of cells is no text of its own."""
    for path in book.package:
        if not path.startswith(_PAINTED) or not path.endswith(".xml"):
            continue
        if _MARKED.encode() in book.package.read(path) and any(
            _MARKED in text_of(one) for one in everything(book.package.parse(path), "t")
        ):
            scan.faults.append(InputError("template.elsewhere", part=path))
