"""A workbook to fill in: heads, an example, and a sheet that says what each column means."""

from __future__ import annotations

import io
from collections.abc import Sequence

import msgspec
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import look
from exports.workbook.cells import fit_width, write_text


class TemplateSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet: its name, its columns, and rows that show how it is filled in."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def build_template(sheets: Sequence[TemplateSheet], notes: TemplateSheet) -> bytes:
    """The workbook as bytes; the sheet of notes comes last."""
    book = Workbook(write_only=True)
    for one in (*sheets, notes):
        _fill(book.create_sheet(one.name), one)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: Worksheet, content: TemplateSheet) -> None:
    told = [content.columns, *content.rows]
    widths = [fit_width([row[at] for row in told]) for at in range(len(content.columns))]
    look.set_widths(sheet, widths)
    sheet.freeze_panes = "A2"
    sheet.append(look.make_head(sheet, list(content.columns)))
    for row in content.rows:
        sheet.append([write_text(sheet, text) for text in row])
