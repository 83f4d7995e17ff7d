"""How the sheets look: head rows, fills, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DATE = "yyyy-mm-dd"
MOMENT = "yyyy-mm-dd hh:mm"
COUNT = "#,##0"
RATE = "0.0%"
MEAN = "#,##0.0"
A4 = 9
HEAD_HEIGHT = 32
"""Points: two lines of a head."""

TITLE_FONT = Font(bold=True, size=14)
BOLD = Font(bold=True)
LINK = Font(color="0563C1", underline="single")
HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
OVERDUE_FILL = PatternFill("solid", bgColor="F8CBAD")
TOTAL_BORDER = Border(top=Side("thin"))
HEAD_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left")
CENTRED = Alignment(horizontal="center")
WRAPPED = Alignment(vertical="top", wrap_text=True)


def style_cell(
    sheet: Worksheet,
    value: str | float | datetime | None,
    *,
    font: Font | None = None,
    number_format: str = "",
    border: Border | None = None,
    alignment: Alignment | None = None,
) -> Cell:
    """A cell of our own words, numbers or formulas; what comes from data is in cells.py."""
    cell = WriteOnlyCell(sheet, value)
    if font is not None:
        cell.font = font
    if number_format:
        cell.number_format = number_format
    if border is not None:
        cell.border = border
    if alignment is not None:
        cell.alignment = alignment
    return cell


def make_head(sheet: Worksheet, labels: Sequence[str]) -> list[Cell]:
    """The head row of a table."""
    cells = [style_cell(sheet, label, font=BOLD, alignment=HEAD_ALIGNMENT) for label in labels]
    for cell in cells:
        cell.fill = HEAD_FILL
    return cells


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Widths of the columns from the first; a sheet takes them before its first row."""
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def warn(sheet: Worksheet, area: str, formula: str) -> None:
    """Fill the cells of an area for which a formula, written for its first cell, holds."""
    style = DifferentialStyle(fill=OVERDUE_FILL)
    sheet.conditional_formatting.add(area, Rule("expression", dxf=style, formula=[formula]))


def set_print(sheet: Worksheet, head_row: int) -> None:
    """A4 across, one page wide, the head (of two lines) on every page, page numbers at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    assert footer is not None, "openpyxl makes one with the sheet"
    footer.right.text = "&P / &N"
    footer.left.text = "&A"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.row_dimensions[head_row].height = HEAD_HEIGHT
