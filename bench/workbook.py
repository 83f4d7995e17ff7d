"""Times the manager workbook against openpyxl writing the same cells: python -m bench.workbook."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date, datetime
from time import perf_counter

import openpyxl

from clerk.clock import OFFICE_ZONE
from clerk.contract.report import Period
from exports.workbook.report import manager_workbook
from tests.support.facts import invent_facts

CASES = 10_000
ROUNDS = 3
MADE = datetime(2026, 4, 15, 9, 30, tzinfo=OFFICE_ZONE)
PERIOD = Period(date(2026, 3, 1), date(2026, 3, 31))

Sheets = list[tuple[str, list[tuple[object, ...]]]]


def read_sheets(data: bytes) -> Sheets:
    """All cells of a workbook, formulas as their text."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]


def write_bare(sheets: Sheets) -> bytes:
    """The same cells with nothing but openpyxl's write-only mode."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def best_s(work: Callable[[], bytes]) -> float:
    """The best of a few rounds."""
    seconds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        seconds.append(perf_counter() - began)
    return min(seconds)


def main() -> None:
    """Print the time, its ratio to the bare peer, and both sizes."""
    facts = invent_facts(random.Random(1), CASES, MADE.date())
    data = manager_workbook(facts, PERIOD, MADE, "en")
    sheets = read_sheets(data)
    ours = best_s(lambda: manager_workbook(facts, PERIOD, MADE, "en"))
    bare = best_s(lambda: write_bare(sheets))
    print(
        f"{CASES} cases {ours:.2f} s   openpyxl write-only of the same cells {bare:.2f} s   "
        f"ratio {ours / bare:.2f}   {len(data)} bytes, bare {len(write_bare(sheets))}"
    )


if __name__ == "__main__":
    main()
