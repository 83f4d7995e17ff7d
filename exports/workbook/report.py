"""A report as a workbook: figures as formulas over the facts, or a link to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.report import AnyFact, Period
from clerk.errand import Errand, Phase
from clerk.files import replacing, write_atomic
from clerk.locale import get_translation
from clerk.rules.reports.counting import Counting, Tally, select, tally
from clerk.rules.reports.parts import Report
from exports.workbook.bulk import SHEET_ROWS, BulkBook
from exports.workbook.bulk_facts import list_columns, list_rows

MOST_FACTS = SHEET_ROWS - 1
"""What one sheet holds below its head."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Which report of which days, as it stood when, in what language."""

    report: Report
    period: Period
    made_at: datetime
    language: str

    @property
    def say(self) -> Callable[[str], str]:
        """The words of the language."""
        return get_translation(self.language).gettext


def write_report(
    order: Order,
    facts: Iterable[AnyFact],
    path: Path,
    errand: Errand | None = None,
    *,
    most_facts: int = MOST_FACTS,
) -> tuple[Path, ...]:
    """Write the workbook, and beside it the file of its facts where they fit on no sheet.

    Counts, totals and rates are formulas over the sheet of facts; their values are stored too,
    for readers that calculate nothing. Raises CancelledError where the errand was called off:
    then no file is left.
    """
    errand = errand or Errand()
    coming = iter(facts)
    known = list(islice(coming, most_facts + 1))
    if len(known) > most_facts:
        return _write_linked(order, chain(known, coming), path, errand)
    kept = select(order.report, known, order.period, order.made_at)
    counted = tally(order.report, kept, order.period, order.made_at)
    data = _build(order, counted, kept, errand)
    errand.make_sure()
    _make_folder(path)
    write_atomic(path, data)
    return (path,)


def write_detail(
    order: Order, facts: Iterable[AnyFact], path: Path, errand: Errand | None = None
) -> Path:
    """Write the facts alone, as many as there are, on as many sheets as they take."""
    errand = errand or Errand()
    _make_folder(path)
    with replacing(path) as file:
        counting = Counting(order.report, order.period, order.made_at)
        _write_facts(order, (fact for fact in facts if counting.add(fact)), file, errand)
        errand.make_sure()
    return path


def _write_linked(
    order: Order, facts: Iterator[AnyFact], path: Path, errand: Errand
) -> tuple[Path, ...]:
    """The facts into a file of their own while they are counted; the figures link to it."""
    beside = path.with_name(f"{path.stem}-{order.report.subject.key}{path.suffix}")
    counting = Counting(order.report, order.period, order.made_at)
    _make_folder(path)
    with replacing(beside) as file:
        _write_facts(order, (fact for fact in facts if counting.add(fact)), file, errand)
        data = _build(order, counting.result(), (), errand, linked=beside.name)
        errand.make_sure()
    write_atomic(path, data)
    return path, beside


def _make_folder(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def _write_facts(order: Order, facts: Iterable[AnyFact], file: IO[bytes], errand: Errand) -> None:
    subject, say = order.report.subject, order.say
    with BulkBook(file, say(subject.title), list_columns(subject, say)) as book:
        book.write(list_rows(subject, facts, order.made_at, say))
        errand.tell(Phase.PACKING)


def _build(
    order: Order, counted: Tally, facts: Sequence[AnyFact], errand: Errand, *, linked: str = ""
) -> bytes:
    from exports.workbook.book import build_book
    from exports.workbook.summary import Made

    assert order.made_at.tzinfo is not None, "a moment names its zone"
    made = Made(
        report=order.report,
        period=order.period,
        at=order.made_at.astimezone(OFFICE_ZONE).replace(tzinfo=None),
        say=order.say,
        linked=linked,
    )
    return build_book(counted, facts, made, order.made_at, errand)
