"""The sheet that says in words what each figure counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from clerk.locale import mark
from clerk.rules.reports.parts import Report
from exports.workbook import look

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = mark("Definitions")
_WIDTHS = (22.0, 100.0)
_BOTH_ENDS = mark("Both ends of the period are included; all dates are the office's local dates.")
_CHANGING = mark(
    "Change the first or the last day on the first sheet and the figures of the period follow. "
    "What is in hand and what is overdue stays as it was when the report was made."
)
_TOO_MANY = mark(
    "There is more behind these figures than one sheet holds: they are numbers as counted when "
    "the report was made, and the rows behind them are in the file beside it."
)


def fill_sheet(
    sheet: Worksheet, report: Report, say: Callable[[str], str], *, linked: bool
) -> None:
    """Each figure with its definition, then what holds for all."""
    look.set_widths(sheet, _WIDTHS)
    sheet.freeze_panes = "A2"
    look.set_print(sheet, 1)
    sheet.append(look.make_head(sheet, [say(mark("Figure")), say(mark("What it counts"))]))
    rows = [(figure.label, figure.definition) for figure in report.figures]
    notes = (_BOTH_ENDS, _TOO_MANY if linked else _CHANGING, report.subject.note)
    rows.extend((mark("Note"), note) for note in notes)
    for label, text in rows:
        sheet.append(
            [
                look.style_cell(sheet, say(label), font=look.BOLD, alignment=look.WRAPPED),
                look.style_cell(sheet, say(text), alignment=look.WRAPPED),
            ]
        )
