"""Times workbooks against their peers, each in a process of its own: python -m bench.workbook.

The report of 10,000 cases beside openpyxl writing the same cells; and the detail of 100,000 and
1,000,000 rows of 12 columns beside xlsxwriter (constant memory) and openpyxl (write-only) writing
the same cells. Peak memory is that of the process, Python included; the cost of making the rows
is in every time.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench._memory import peak_mib

SIZES = (100_000, 1_000_000)
CASES = 10_000
ROUNDS = 3
MOST_OF_XLSXWRITER = 0.2
MOST_MB = 30
HEADS = (
    *("number", "item", "code", "department", "window", "received", "accepted", "decided"),
    *("stage", "due", "papers", "days"),
)
_FIRST_DAY = date(2026, 1, 1)
_MOMENT_COLUMN = 9

Row = tuple[str | int | date | datetime | None, ...]


def invent_rows(count: int) -> Iterator[Row]:
    """Rows as a detail export has them: texts, days with gaps, moments, numbers."""
    chance = random.Random(1).random
    days = [_FIRST_DAY + timedelta(n) for n in range(130)]
    items = [f"第{n}号事项办理" for n in range(300)]
    codes = [f"item-{n}" for n in range(300)]
    departments = [f"第{n}号局" for n in range(40)]
    windows = [f"综合窗口 {n}" for n in range(101, 121)]
    stages = ("受理", "办理", "办结", "不予受理")
    begin = datetime.combine(_FIRST_DAY, datetime.min.time())
    moments = [begin + timedelta(minutes=17 * n) for n in range(5_000)]
    for n in range(count):
        x = int(chance() * 1e9)
        yield (
            f"{n:015d}", items[x % 300], codes[x % 300], departments[x % 40], windows[x % 20],
            days[x % 100], days[x % 100 + 5] if x % 3 else None,
            days[x % 100 + 19] if x % 5 else None, stages[x % 4], moments[x % 5_000], x % 9, x % 40,
        )  # fmt: skip


def write_ours(path: Path, count: int) -> None:
    """The bulk writer."""
    from exports.workbook.bulk import BulkBook, BulkColumn, Kind

    kinds = (*(Kind.TEXT,) * 5, *(Kind.DATE,) * 3, Kind.TEXT, Kind.MOMENT, *(Kind.NUMBER,) * 2)
    columns = [BulkColumn(head, kind) for head, kind in zip(HEADS, kinds, strict=True)]
    with path.open("wb") as file, BulkBook(file, "Cases", columns) as book:
        book.write(invent_rows(count))


def write_xlsxwriter(path: Path, count: int) -> None:
    """With xlsxwriter in constant memory."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    )
    sheet = book.add_worksheet("Cases")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, HEADS)
    for at, row in enumerate(invent_rows(count), 1):
        for place, value in enumerate(row):
            if place == _MOMENT_COLUMN:
                sheet.write_datetime(at, place, value, moment)
            elif value is not None:
                sheet.write(at, place, value)
    book.close()


def write_openpyxl(path: Path, count: int) -> None:
    """With openpyxl's write-only mode."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cases")
    sheet.append(HEADS)
    for row in invent_rows(count):
        sheet.append(row)
    book.save(path)


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "ours": write_ours,
    "xlsxwriter": write_xlsxwriter,
    "openpyxl": write_openpyxl,
}


def run_writer(name: str, count: int, path: Path) -> None:
    """In a process of its own: print seconds and the peak in MB."""
    began = perf_counter()
    WRITERS[name](path, count)
    print(f"{perf_counter() - began:.3f} {peak_mib():.1f} {path.stat().st_size}")


def measure(name: str, count: int) -> tuple[float, float, int]:
    """Seconds, peak MB and bytes of a writer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        command = [sys.executable, "-m", "bench.workbook", name, str(count), str(path)]
        told = subprocess.run(
            command, check=True, capture_output=True, text=True, env=dict(os.environ)
        )
    seconds, peak, size = told.stdout.split()
    return float(seconds), float(peak), int(size)


def compare_detail(count: int) -> None:
    """Print what a detail export takes beside its peers."""
    found = {name: measure(name, count) for name in WRITERS}
    ours_s, ours_mb, _size = found["ours"]
    print(f"\ndetail of {count:,} rows x {len(HEADS)}")
    for name, (seconds, peak, size) in found.items():
        print(
            f"  {name:<11} {seconds:7.2f} s  {peak:5.1f} MB  {size / 1e6:6.1f} MB on disk   "
            f"ours / it: time {ours_s / seconds:.2f}, memory {ours_mb / peak:.2f}"
        )
    ratio = ours_s / found["xlsxwriter"][0]
    print(
        f"  goal: at most {MOST_OF_XLSXWRITER} of xlsxwriter "
        f"({_tell(ratio <= MOST_OF_XLSXWRITER)}), "
        f"at most {MOST_MB} MB ({_tell(ours_mb <= MOST_MB)})"
    )


def _tell(holds: bool) -> str:  # noqa: FBT001 - what is told is a condition
    return "held" if holds else "NOT HELD"


def compare_report() -> None:
    """Print what the report takes beside the same cells with nothing but openpyxl."""
    from clerk.clock import OFFICE_ZONE
    from clerk.contract.report import Period
    from clerk.rules.reports.listing import WORKLOAD
    from exports.workbook.report import Order, write_report
    from tests.support.facts import invent_facts

    made_at = datetime(2026, 4, 15, 9, 30, tzinfo=OFFICE_ZONE)
    facts = invent_facts(random.Random(1), CASES, made_at.date())
    period = Period(date(2026, 3, 1), date(2026, 3, 31))
    order = Order(report=WORKLOAD, period=period, made_at=made_at, language="en")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        ours = best_s(lambda: write_report(order, facts, path))
        sheets = read_sheets(path.read_bytes())
    bare = best_s(lambda: write_bare(sheets))
    print(
        f"report of {CASES:,} cases {ours:.2f} s   openpyxl write-only of the same cells "
        f"{bare:.2f} s   ratio {ours / bare:.2f}"
    )


Sheets = list[tuple[str, list[tuple[object, ...]]]]


def read_sheets(data: bytes) -> Sheets:
    """All cells of a workbook, formulas as their text."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]


def write_bare(sheets: Sheets) -> bytes:
    """The same cells with nothing but openpyxl's write-only mode."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def best_s(work: Callable[[], object]) -> float:
    """The best of a few rounds."""
    seconds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        seconds.append(perf_counter() - began)
    return min(seconds)


def main(arguments: Sequence[str] = ()) -> None:
    """All comparisons; or one writer, in its own process."""
    if arguments:
        name, count, path = arguments
        run_writer(name, int(count), Path(path))
        return
    compare_report()
    for size in SIZES:
        compare_detail(size)


if __name__ == "__main__":
    main(sys.argv[1:])
