"""Cells that show what they are given and never run it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What some program takes for the beginning of a formula (CWE-1236)."""
_MISREAD = ("=", "#")
"""What openpyxl itself would not store as text: a formula, an error value."""
_NARROWEST = 14
_WIDEST = 46
_FULL_WIDTH = frozenset({"W", "F", "A"})


def write_text(sheet: Worksheet, text: str) -> Cell | str:
    """A text that stays one: forced to be a string, and marked so for later edits and CSV."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not clean.startswith((*_DANGEROUS, *_MISREAD)):
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
