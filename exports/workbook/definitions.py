"""A sheet that says in words what each figure counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from clerk.locale import mark
from clerk.rules.figures import FIGURES
from exports.workbook import look
from exports.workbook.words import NOTES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (22.0, 100.0)


def fill_sheet(sheet: Worksheet, say: Callable[[str], str]) -> None:
    """Each figure with its definition, then what holds for all."""
    look.set_widths(sheet, _WIDTHS)
    sheet.freeze_panes = "A2"
    look.set_print(sheet, 1)
    sheet.append(look.make_head(sheet, [say(mark("Figure")), say(mark("What it counts"))]))
    rows = [(figure.label, figure.definition) for figure in FIGURES]
    rows.extend((mark("Note"), note) for note in NOTES)
    for label, text in rows:
        sheet.append(
            [
                look.style_cell(sheet, say(label), font=look.BOLD, alignment=look.WRAPPED),
                look.style_cell(sheet, say(text), alignment=look.WRAPPED),
            ]
        )
