"""The cells of one sheet of a template: what stands in them, and writing something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from xml.dom.minidom import Element

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import column_index_from_string, get_column_letter

from clerk.clock import OFFICE_ZONE
from clerk.rules.reports.parts import Shown
from exports.workbook.danger import is_dangerous
from exports.workbook.own.package import Package, elements, set_text, text_of
from exports.workbook.own.placeholders import Spot, Value
from exports.workbook.own.styles import DAY, MEAN, MOMENT, RATE, Styles

_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - no zone in a cell
_DAY_S = 86_400


class Sheet:
    """One sheet. Rows and cells without a reference stand behind the one before them."""

    def __init__(self, package: Package, name: str, path: str, strings: list[str]) -> None:
        """Read it; nothing is changed before a cell is."""
        self.name, self.path = name, path
        self._strings = strings
        self.root: Element | None = package.parse(path).documentElement
        data = elements(self.root, "sheetData")
        if not data:
            raise package.broken()
        self.data = data[0]
        self._number()

    def rows(self) -> list[Element]:
        """All rows that are stored."""
        return elements(self.data, "row")

    def text(self, cell: Element) -> str:
        """The text of a cell, empty where it is none."""
        match cell.getAttribute("t"):
            case "s":
                told = text_of(next(iter(elements(cell, "v")), None))
                at = int(told) if told.isdigit() else len(self._strings)
                return self._strings[at] if at < len(self._strings) else ""
            case "inlineStr":
                return join_text(next(iter(elements(cell, "is")), None))
            case "str":
                return "" if formula_of(cell) else text_of(next(iter(elements(cell, "v")), None))
            case _:
                return ""

    def cell(self, place: str) -> Element:
        """The cell at a place; one that is not stored is put where it belongs."""
        number = row_of(place)
        row = next((one for one in self.rows() if int(one.getAttribute("r")) == number), None)
        if row is None:
            row = self._put(self.data, "row", str(number), int)
        for one in elements(row, "c"):
            if one.getAttribute("r") == place:
                return one
        return self._put(row, "c", place, _column)

    @staticmethod
    def _put(parent: Element, name: str, place: str, rank: Callable[[str], int]) -> Element:
        new = _add(parent, name, "")
        new.setAttribute("r", place)
        later = [
            one
            for one in elements(parent, name)
            if one is not new and rank(one.getAttribute("r")) > rank(place)
        ]
        if later:
            parent.insertBefore(new, later[0])
        return new

    def _number(self) -> None:
        number = 0
        for row in self.rows():
            number = int(row.getAttribute("r") or number + 1)
            row.setAttribute("r", str(number))
            column = 0
            for cell in elements(row, "c"):
                told = cell.getAttribute("r")
                column = _column(told) if told else column + 1
                cell.setAttribute("r", f"{get_column_letter(column)}{number}")


def _column(place: str) -> int:
    return column_index_from_string(place.rstrip("0123456789"))


def row_of(place: str) -> int:
    """The row of a place such as B5."""
    return int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def formula_of(cell: Element) -> Element | None:
    """The formula of a cell, if it has one."""
    return next(iter(elements(cell, "f")), None)


def join_text(node: Element | None) -> str:
    """A text with its runs put together, without how it is pronounced (rPh)."""
    parts = elements(node, "t", "r")
    return "".join(
        text_of(one) if one.localName == "t" else "".join(map(text_of, elements(one, "t")))
        for one in parts
    )


def read_strings(package: Package, path: str) -> list[str]:
    """The texts that the cells share."""
    if not path:
        return []
    return [join_text(one) for one in elements(package.parse(path).documentElement, "si")]


def write_cell(
    cell: Element, value: Value, spot: Spot | None, styles: Styles, *, from_1904: bool
) -> None:
    """Put a value into a cell: a number as one, a day as one, a text never as a formula."""
    for one in elements(cell, "v", "is", "f"):
        cell.removeChild(one)
    if cell.hasAttribute("t"):
        cell.removeAttribute("t")
    match value:
        case None:
            return
        case str():
            _write_text(cell, ILLEGAL_CHARACTERS_RE.sub("", value), styles)
        case datetime():
            moment = value.astimezone(OFFICE_ZONE).replace(tzinfo=None) if value.tzinfo else value
            _write_number(cell, _serial(moment, from_1904=from_1904), MOMENT, styles)
        case date():
            day = datetime.combine(value, time())
            _write_number(cell, int(_serial(day, from_1904=from_1904)), DAY, styles)
        case _:
            shown = spot.figure.shown if spot and spot.figure else Shown.COUNT
            wanted = {Shown.RATE: RATE, Shown.MEAN: MEAN}.get(shown, "")
            _write_number(cell, value, wanted, styles)


def forget_value(cell: Element) -> None:
    """Drop what a formula once came to; it is calculated when the workbook is opened."""
    for one in elements(cell, "v"):
        cell.removeChild(one)
    if cell.hasAttribute("t"):
        cell.removeAttribute("t")


def _serial(moment: datetime, *, from_1904: bool) -> float:
    return (moment - _EPOCHS[from_1904]).total_seconds() / _DAY_S


def _write_number(cell: Element, value: float, number_format: str, styles: Styles) -> None:
    _add(cell, "v", repr(value))
    if number_format:
        _style(cell, styles.shape(cell.getAttribute("s") or "0", number_format))


def _write_text(cell: Element, text: str, styles: Styles) -> None:
    cell.setAttribute("t", "inlineStr")
    inside = _add(_add(cell, "is", ""), "t", text)
    inside.setAttribute("xml:space", "preserve")
    if is_dangerous(text):
        _style(cell, styles.quote(cell.getAttribute("s") or "0"))


def _style(cell: Element, style: str) -> None:
    if style != (cell.getAttribute("s") or "0"):
        cell.setAttribute("s", style)


def _add(parent: Element, name: str, text: str) -> Element:
    assert parent.ownerDocument is not None, "an element is of a document"
    qualified = f"{parent.prefix}:{name}" if parent.prefix else name
    new = parent.ownerDocument.createElementNS(parent.namespaceURI, qualified)
    if text:
        set_text(new, text)
    parent.appendChild(new)
    return new
