"""A workbook handed back: the same one, with the wrong cells filled, commented and listed.

What was there stays: values, formulas, looks, widths, other people's comments. A workbook that was
handed back before loses its earlier marks first, so that what has been mended is plain again.
"""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from clerk.locale import _
from exports.workbook import look
from exports.workbook.cells import measure, write_text
from exports.workbook.sheet_names import LIST_NAMES

_SIGN = "〔clerk〕"
"""Our part of a comment begins so."""
_WRONG = PatternFill("solid", fgColor="FFC7CE")
_ODD = PatternFill("solid", fgColor="FFEB9C")
_FILLS = frozenset({"00FFC7CE", "00FFEB9C"})
_LINK = Font(color="0563C1", underline="single")
_WIDTHS = (22, 10, 62, 62)
_HEAD_ROW = 3
_COMMENT_WIDTH = 320
_LINE_CELLS, _LINE_HEIGHT = 40, 20
"""How much of a text a line of a comment holds, and how high it is in pixels."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong at one place, in words; rows and columns count from 1.

    Without a column it is about the row, without a sheet about the whole workbook.
    """

    what: str
    remedy: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0
    warning: bool = False


def mark_workbook(data: bytes, marks: Sequence[Mark]) -> bytes:
    """The workbook with the marks in it, and a first sheet that leads to each of them."""
    with warnings.catch_warnings():
        # openpyxl names the extensions that it cannot keep; nobody can do anything about it.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(io.BytesIO(data), rich_text=True)
    book.template = False
    _forget_earlier(book)
    placed = [(mark, _find_cell(book, mark)) for mark in marks]
    _mark_cells(placed)
    _list(book, placed)
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def is_list(sheet: Worksheet) -> bool:
    """Whether a sheet is our list of an earlier time: its name alone could be somebody's own."""
    return sheet.title in LIST_NAMES and str(sheet["A1"].value or "").startswith(_SIGN)


def _forget_earlier(book: Workbook) -> None:
    lists = [sheet for sheet in book.worksheets if is_list(sheet)]
    if not lists or len(lists) == len(book.worksheets):
        return
    for sheet in lists:
        book.remove(sheet)
    for sheet in book.worksheets:
        for cell in [one for row in sheet.iter_rows() for one in row]:
            if cell.comment is not None and _SIGN in cell.comment.text:
                _unmark(cell, cell.comment)


def _unmark(cell: Cell | MergedCell, comment: Comment) -> None:
    own = comment.text.partition(_SIGN)[0].strip()
    cell.comment = _comment(own, comment.author) if own else None
    if cell.fill.fgColor.rgb in _FILLS:
        cell.fill = PatternFill()


def _find_cell(book: Workbook, mark: Mark) -> Cell | None:
    """The cell to mark: of a merged range its first, of a row the first that says something."""
    if mark.sheet not in book.sheetnames or not mark.row:
        return None
    sheet = book[mark.sheet]
    column = mark.column or next(
        (cell.column for cell in sheet[mark.row] if cell.value is not None), 1
    )
    row = mark.row
    for area in sheet.merged_cells.ranges:
        if get_column_letter(column) + str(row) in area:
            row, column = area.min_row, area.min_col
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "the first cell of a merged range is a whole one"
    return cell


def _mark_cells(placed: Iterable[tuple[Mark, Cell | None]]) -> None:
    grouped: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    cells: dict[tuple[str, str], Cell] = {}
    for mark, cell in placed:
        if cell is not None:
            key = (cell.parent.title, cell.coordinate)
            grouped[key].append(mark)
            cells[key] = cell
    for key, marks in grouped.items():
        cell = cells[key]
        cell.fill = _ODD if all(mark.warning for mark in marks) else _WRONG
        told = dict.fromkeys(f"{_SIGN} {mark.what}\n{mark.remedy}".strip() for mark in marks)
        own = [cell.comment.text.strip()] if cell.comment else []
        author = cell.comment.author if cell.comment else "clerk"
        cell.comment = _comment("\n\n".join([*own, *told]), author)


def _comment(text: str, author: str | None) -> Comment:
    lines = sum(1 + measure(line) // _LINE_CELLS for line in text.splitlines())
    height = _LINE_HEIGHT * (lines + 1)
    return Comment(text, author or "", height=height, width=_COMMENT_WIDTH)


def _list(book: Workbook, placed: Sequence[tuple[Mark, Cell | None]]) -> None:
    """The first sheet, open when the workbook is; the others are not chosen beside it."""
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    sheet = book.create_sheet(_("Error list"), 0)
    book.active = 0
    look.set_widths(sheet, _WIDTHS)
    title = _("{sign} What is wrong in this workbook").format(sign=_SIGN)
    sheet.append([look.style_cell(sheet, title, font=look.TITLE_FONT)])
    sheet.append([_("Correct the marked cells and import this file. This sheet is not read.")])
    head = (_("Place"), _("Weight"), _("What is wrong"), _("What to do"))
    sheet.append(look.make_head(sheet, head))
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    for mark, cell in placed:
        weight = _("warning") if mark.warning else _("error")
        sheet.append(["", weight, _wrapped(sheet, mark.what), _wrapped(sheet, mark.remedy)])
        _link(sheet, cell)
    look.set_print(sheet, _HEAD_ROW)


def _wrapped(sheet: Worksheet, text: str) -> Cell:
    """A text of several lines that no program takes for a formula."""
    safe = write_text(sheet, text)
    cell = look.style_cell(sheet, safe) if isinstance(safe, str) else safe
    cell.alignment = look.WRAPPED
    return cell


def _link(sheet: Worksheet, cell: Cell | None) -> None:
    place = sheet.cell(sheet.max_row, 1)
    assert isinstance(place, Cell), "nothing is merged in the list"
    if cell is None:
        place.value = _("the whole file")
        return
    at = f"{get_column_letter(cell.column)}{cell.row}"
    told = write_text(sheet, f"{cell.parent.title} {at}")
    place.value = told if isinstance(told, str) else told.value
    place.data_type = "s"
    if not isinstance(told, str):
        place.quotePrefix = True
    target = f"{quote_sheetname(cell.parent.title)}!{at}"
    place.hyperlink = Hyperlink(ref=place.coordinate, location=target)
    place.font = _LINK
