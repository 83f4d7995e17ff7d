"""The workbook put together from its sheets."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.exceptions import WorkbookAlreadySaved
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.writer.excel import ExcelWriter

from clerk.clock import OFFICE_ZONE
from clerk.contract.report import CaseFact, Period
from clerk.errand import Errand, Phase
from clerk.locale import get_translation, mark
from clerk.rules.figures import tally
from exports.workbook import cases, definitions, summary
from exports.workbook.archive import CachingArchive

_PROGRAM = "clerk"
_NUMBERS = (cases.DEPARTMENT_NUMBERS, cases.WINDOW_NUMBERS, cases.ITEM_NUMBERS)


def build_book(
    facts: Sequence[CaseFact], period: Period, made_at: datetime, language: str, errand: Errand
) -> bytes:
    """The workbook as bytes; whatever ends it early, no temporary file of it stays."""
    book = Workbook(write_only=True)
    try:
        cached = _fill(book, facts, period, made_at, language, errand)
        errand.tell(Phase.PACKING)
        return _save(book, cached)
    except BaseException:
        _discard(book)
        raise


def _fill(  # noqa: PLR0917 - what a workbook is made of
    book: Workbook,
    facts: Sequence[CaseFact],
    period: Period,
    made_at: datetime,
    language: str,
    errand: Errand,
) -> dict[str, dict[str, float | int | str]]:
    """Every sheet; the values of their formulas are returned."""
    assert made_at.tzinfo is not None, "a moment names its zone"
    local = made_at.astimezone(OFFICE_ZONE).replace(tzinfo=None)
    say = get_translation(language).gettext
    counted = tally(facts, period, made_at)
    made = summary.Made(period=period, at=local, say=say)
    cached = {}
    for place, (title, heading, groups) in enumerate(
        (
            (mark("By department"), mark("Department"), counted.by_department),
            (mark("By window"), mark("Window"), counted.by_window),
            (mark("By item"), mark("Item and department"), counted.by_item),
        ),
        start=1,
    ):
        sheet = book.create_sheet(say(title))
        group = summary.Group(
            title=say(title), heading=say(heading), figures=groups, total=counted.total,
            number_range=_NUMBERS[place - 1],
        )  # fmt: skip
        cached[f"xl/worksheets/sheet{place}.xml"] = summary.fill_sheet(
            sheet, group, made, first=place == 1
        )
    definitions.fill_sheet(book.create_sheet(say(mark("Definitions"))), say)
    places = cases.Places.of(counted)
    cases_sheet = book.create_sheet(say(mark("Cases")))
    ranges = cases.fill_sheet(cases_sheet, facts, places, made_at, say, errand)
    for name, reference in (ranges | summary.name_period(book.worksheets[0].title)).items():
        book.defined_names[name] = DefinedName(name, attr_text=reference)
    _describe(book, say(mark("Report of the service window")), local)
    return cached


def _describe(book: Workbook, title: str, made_at: datetime) -> None:
    """What the file says of itself, and that a program that can calculate should."""
    book.properties.title = title
    book.properties.creator = _PROGRAM
    book.properties.created = made_at
    book.calculation.fullCalcOnLoad = True


def _discard(book: Workbook) -> None:
    """Remove the temporary files that openpyxl keeps of each sheet until it is packed."""
    for sheet in book.worksheets:
        writer = getattr(sheet, "_writer", None)  # openpyxl has no public name for it
        if writer is not None and Path(writer.out).exists():
            with contextlib.suppress(WorkbookAlreadySaved):
                sheet.close()
            writer.cleanup()


def _save(book: Workbook, cached: dict[str, dict[str, float | int | str]]) -> bytes:
    """The file, with the value of each formula beside it."""
    target = io.BytesIO()
    ExcelWriter(book, CachingArchive(target, cached)).save()
    return target.getvalue()
