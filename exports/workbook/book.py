"""The workbook of a report put together from its sheets."""

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

from clerk.contract.report import AnyFact
from clerk.errand import Errand, Phase
from clerk.rules.reports.counting import Tally
from exports.workbook import definitions, detail, summary
from exports.workbook.archive import CachingArchive
from exports.workbook.summary import Made

_PROGRAM = "clerk"

_Cached = dict[str, dict[str, float | int | str]]


def build_book(
    counted: Tally, facts: Sequence[AnyFact], made: Made, made_at: datetime, errand: Errand
) -> bytes:
    """The workbook as bytes; whatever ends it early, no temporary file of it stays.

    Where `made` links to a file of the facts, they are not in this one.
    """
    book = Workbook(write_only=True)
    try:
        cached = _fill_figures(book, counted, made)
        names = summary.name_period(book.worksheets[0].title)
        if not made.linked:
            sheet = book.create_sheet(made.say(made.report.subject.title))
            places = detail.Places.of(counted)
            report, say = made.report, made.say
            names |= detail.fill_sheet(sheet, report, facts, places, made_at, say, errand)
        for name, reference in names.items():
            book.defined_names[name] = DefinedName(name, attr_text=reference)
        _describe(book, made)
        errand.tell(Phase.PACKING)
        return _save(book, cached)
    except BaseException:
        _discard(book)
        raise


def _fill_figures(book: Workbook, counted: Tally, made: Made) -> _Cached:
    """A sheet for each dimension, then the definitions; the values of formulas are returned."""
    cached: _Cached = {}
    for place, dimension in enumerate(made.report.dimensions, 1):
        sheet = book.create_sheet(made.say(dimension.title))
        cached[f"xl/worksheets/sheet{place}.xml"] = summary.fill_sheet(
            sheet, dimension, counted, made, first=place == 1
        )
    sheet = book.create_sheet(made.say(definitions.TITLE))
    definitions.fill_sheet(sheet, made.report, made.say, linked=bool(made.linked))
    return cached


def _describe(book: Workbook, made: Made) -> None:
    """What the file says of itself, and that a program that can calculate should."""
    book.properties.title = made.say(made.report.title)
    book.properties.creator = _PROGRAM
    book.properties.created = book.properties.modified = made.at
    book.calculation.fullCalcOnLoad = True


def _discard(book: Workbook) -> None:
    """Remove the temporary files that openpyxl keeps of each sheet until it is packed."""
    for sheet in book.worksheets:
        writer = getattr(sheet, "_writer", None)  # openpyxl has no public name for it
        if writer is not None and Path(writer.out).exists():
            with contextlib.suppress(WorkbookAlreadySaved):
                sheet.close()
            writer.cleanup()


def _save(book: Workbook, cached: _Cached) -> bytes:
    """The file, with the value of each formula beside it."""
    target = io.BytesIO()
    ExcelWriter(book, CachingArchive(target, cached)).save()
    return target.getvalue()
