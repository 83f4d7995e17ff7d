"""What a cell of a template may hold: words from a list, days, whole numbers, short texts.

The spreadsheet checks while somebody types; the import checks again, for a cell can be pasted over.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from clerk.locale import _
from exports.workbook import look
from exports.workbook.sheet_names import WORDS_NAME

AS_TEXT = "@"
"""So that a spreadsheet takes no digits from a long code, and no leading zero."""
_EARLIEST, _LATEST = date(1949, 10, 1), date(2199, 12, 31)
_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One of these words; where others may be right too, they are only asked about."""

    words: tuple[str, ...]
    only: bool = True


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A whole number within bounds."""

    least: int
    most: int


class Day(msgspec.Struct, frozen=True):
    """A date."""


class Length(msgspec.Struct, frozen=True, kw_only=True):
    """A text of at most so many characters."""

    most: int


Check = Words | Whole | Day | Length


def make_validation(check: Check, words_at: str, title: str, told: str) -> DataValidation:
    """The spreadsheet's own check; the explanation is shown while the cell is chosen.

    `words_at` is where on the sheet of words a list stands.
    """
    made = _rule(check, words_at)
    made.showInputMessage = made.showErrorMessage = True
    made.promptTitle = made.errorTitle = title[:_LONGEST_TITLE]
    made.prompt, made.error = told[:_LONGEST_PROMPT], _fault(check)
    if isinstance(check, Words) and not check.only:
        made.errorStyle = "warning"
    return made


def number_format(check: Check | None) -> str:
    """How the cells of a column are shown; empty for what is typed."""
    if isinstance(check, Day):
        return look.DATE
    return AS_TEXT if isinstance(check, Length) else ""


def _rule(check: Check, words_at: str) -> DataValidation:
    if isinstance(check, Words):
        area = f"{quote_sheetname(WORDS_NAME)}!{words_at}"
        return DataValidation("list", formula1=area, allow_blank=True)
    if isinstance(check, Length):
        most = str(check.most)
        return DataValidation(
            "textLength", operator="lessThanOrEqual", formula1=most, allow_blank=True
        )
    kind: Literal["date", "whole"] = "date" if isinstance(check, Day) else "whole"
    least, most = _bounds(check)
    return DataValidation(kind, operator="between", formula1=least, formula2=most, allow_blank=True)


def _bounds(check: Day | Whole) -> tuple[str, str]:
    if isinstance(check, Whole):
        return str(check.least), str(check.most)
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (_EARLIEST, _LATEST))
    return first, last


def _fault(check: Check) -> str:
    if isinstance(check, Words) and check.only:
        return _("Choose one of the words in the list.")
    if isinstance(check, Words):
        return _("That is none of the words in the list. Keep it all the same?")
    if isinstance(check, Day):
        return _("Write a day, as 2027-01-01.")
    if isinstance(check, Whole):
        text = _("Write a whole number from {least} to {most}.")
        return text.format(least=check.least, most=check.most)
    return _("Write at most {most} characters.").format(most=check.most)
