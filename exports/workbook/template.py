"""A workbook to fill in: heads, checks in the cells, and a sheet that explains each column."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest

import msgspec
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from clerk.locale import _
from exports.workbook import look
from exports.workbook.cells import fit_width, write_text
from exports.workbook.checks import Check, Words, make_validation, number_format
from exports.workbook.sheet_names import NOTES_NAME, WORDS_NAME

CHECKED_ROWS = 5000
"""How far down the cells are checked."""


class TemplateColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column: its head, what to write in it, an example, and what a cell may hold."""

    head: str
    told: str
    example: str = ""
    check: Check | None = None


class TemplateSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet: its name, its columns, and rows that show how it is filled in."""

    name: str
    columns: tuple[TemplateColumn, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def build_template(sheets: Sequence[TemplateSheet]) -> bytes:
    """The workbook as bytes; after the sheets come the explanations and the words of the lists."""
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = _Lists()
    for one in sheets:
        _fill(book.create_sheet(one.name), one, lists)
    _explain(book.create_sheet(NOTES_NAME), sheets)
    if lists.columns:
        lists.write(book.create_sheet(WORDS_NAME))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class _Lists:
    """The words of all lists, each in a column of its own: a list in the cell ends at 255."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], str] = {}

    def place(self, check: Check, head: str) -> str:
        """Where the words of a check stand; the same words stand once, under their first head."""
        if not isinstance(check, Words):
            return ""
        self.columns.setdefault(check.words, head)
        letter = get_column_letter(list(self.columns).index(check.words) + 1)
        return f"${letter}$2:${letter}${len(check.words) + 1}"

    def write(self, sheet: Worksheet) -> None:
        """Write them down."""
        rows = list(zip_longest(*self.columns, fillvalue=""))
        _write_rows(sheet, tuple(self.columns.values()), rows)


def _fill(sheet: Worksheet, content: TemplateSheet, lists: _Lists) -> None:
    _write_rows(sheet, tuple(one.head for one in content.columns), content.rows)
    for place, column in enumerate(content.columns, 1):
        letter = get_column_letter(place)
        shown = number_format(column.check)
        for row in range(2, len(content.rows) + 2) if shown else ():
            sheet.cell(row, place).number_format = shown
        if shown:
            sheet.column_dimensions[letter].number_format = shown
        if column.check is not None:
            at = lists.place(column.check, column.head)
            made = make_validation(column.check, at, column.head, column.told)
            made.add(f"{letter}2:{letter}{CHECKED_ROWS}")
            sheet.add_data_validation(made)
    look.set_print(sheet, 1)


def _explain(sheet: Worksheet, sheets: Sequence[TemplateSheet]) -> None:
    head = (_("Column"), _("What to write"), _("Example"))
    told = {one.head: one for content in sheets for one in content.columns}
    _write_rows(sheet, head, [(one.head, one.told, one.example) for one in told.values()])
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = look.WRAPPED


def _write_rows(sheet: Worksheet, head: tuple[str, ...], rows: Sequence[Sequence[str]]) -> None:
    told = [head, *rows]
    look.set_widths(sheet, [fit_width([row[at] for row in told]) for at in range(len(head))])
    sheet.freeze_panes = "A2"
    sheet.append(look.make_head(sheet, head))
    for row in rows:
        sheet.append([write_text(sheet, text) for text in row])
