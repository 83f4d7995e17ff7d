"""Cells that show what they are given and never run it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from exports.workbook.danger import is_dangerous

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_NARROWEST = 14
_WIDEST = 46
_FULL_WIDTH = frozenset({"W", "F", "A"})


def write_text(sheet: Worksheet, text: str) -> Cell | str:
    """A text that stays one: forced to be a string, and marked so for later edits and CSV."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not is_dangerous(clean):
        return clean
    cell = WriteOnlyCell(sheet, clean)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def measure(text: str) -> int:
    """How many narrow characters wide a text is: Chinese ones count twice."""
    return sum(2 if unicodedata.east_asian_width(one) in _FULL_WIDTH else 1 for one in text)


def fit_width(texts: list[str]) -> float:
    """The width of a column that holds these texts, within reason."""
    widest = max((measure(text) for text in texts), default=0)
    return float(min(max(widest + 2, _NARROWEST), _WIDEST))
