"""The office's own workbook written as a file, and what a check of it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from clerk.contract.report import AnyFact
from clerk.errand import Errand, Phase
from clerk.errors import InputError
from clerk.files import write_atomic
from clerk.locale import _
from clerk.locale.problems import tell
from clerk.rules.reports.counting import Counting
from exports.workbook.own.fill import fill_template
from exports.workbook.own.placeholders import Told
from exports.workbook.own.scan import Found, Scan
from exports.workbook.report import Order


def write_own(
    order: Order,
    facts: Iterable[AnyFact],
    path: Path,
    errand: Errand | None = None,
    *,
    template: Path,
    office: str,
) -> tuple[Found, ...]:
    """Fill a template; the cells that name what the report has no row of are returned.

    Raises InputError `template.…` and CancelledError: then nothing is written.
    """
    errand = errand or Errand()
    if path.exists() and template.exists() and path.samefile(template):
        raise InputError("template.onto_itself", file=template.name)
    counting = Counting(order.report, order.period, order.made_at)
    for fact in facts:
        counting.add(fact)
    errand.tell(Phase.PACKING)
    told = Told(
        report=order.report,
        period=order.period,
        made_at=order.made_at,
        office=office,
        tally=counting.result(),
        language=order.language,
    )
    filled = fill_template(template, told)
    errand.make_sure()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomic(path, filled.data)
    return filled.lacking


def tell_scan(scan: Scan) -> Iterator[str]:
    """Line by line what a template asks for, then what is wrong with it."""
    for one in scan.found:
        yield f"✓ {one.sheet}!{one.cell}  {one.text.strip()}"
    for fault in scan.faults:
        yield f"✗ {tell(fault.code, fault.parameters)}"
    told = _("Cells to fill: {found}, faults: {faults}.")
    yield told.format(found=len(scan.found), faults=len(scan.faults))


def tell_lacking(lacking: Iterable[Found]) -> Iterator[str]:
    """The cells whose name the report has no row of."""
    told = _("! {sheet}!{cell}: the report has no row for {text}; it counts as nothing.")
    for one in lacking:
        yield told.format(sheet=one.sheet, cell=one.cell, text=one.text.strip())
