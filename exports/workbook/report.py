"""The manager's workbook of a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clerk.contract.report import CaseFact, Period
from clerk.errand import Errand


def manager_workbook(
    facts: Sequence[CaseFact],
    period: Period,
    made_at: datetime,
    language: str,
    errand: Errand | None = None,
) -> bytes:
    """An xlsx: figures by department, by window, their definitions, and the cases.

    Counts, totals and rates are formulas over the last sheet; their values are stored too, for
    readers that calculate nothing. openpyxl is loaded here, not at the start of the program.
    Raises CancelledError where the errand was called off.
    """
    from exports.workbook.book import build_book

    return build_book(facts, period, made_at, language, errand or Errand())
