"""Every workbook of a random month against SQL that knows none of our rules."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import python_calamine

from central.db.engine import Database, open_database
from central.reporting.command import open_facts
from central.reporting.pages import Wanted
from clerk.clock import SettableClock
from clerk.contract.report import AnyFact
from clerk.rules.reports import listing
from clerk.rules.reports.parts import Dimension, Report
from exports.workbook.report import Order, write_report
from exports.workbook.summary import HEAD_ROW
from tests.exports.workbook.oracle import Oracle
from tests.exports.workbook.test_report import without_values
from tests.support import month_sql
from tests.support.cases import HANDLER
from tests.support.random_month import JUNE, NOW, live_through

Figures = dict[str, dict[str, float]]
"""By the name of a row, then by the key of a figure."""

Read = Callable[[Report, Path], dict[str, Figures]]
"""The figures of a workbook, by its dimensions."""


def write_all(folder: Path, database: Database) -> None:
    """The workbook of each report; facts of one kind are read once for all reports over them."""
    known: dict[tuple[str, str], list[AnyFact]] = {}
    for asked in month_sql.REPORTS:
        report = asked.report
        user = HANDLER.id if report is listing.OWN else ""
        key = (report.subject.key, user)
        if key not in known:
            wanted = Wanted(report=report, period=JUNE, user=user)
            known[key] = list(open_facts(database, SettableClock(NOW), wanted))
        order = Order(report=report, period=JUNE, made_at=NOW, language="en")
        write_report(order, known[key], folder / f"{report.key}.xlsx")


class Sql:
    """Asks central's tables for the same figures."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database)
        self._connection.row_factory = sqlite3.Row
        self._days = {
            "first": str(JUNE.first),
            "last": str(JUNE.last),
            "today": str(NOW.date()),
        }
        for statement in month_sql.TABLES:
            self._connection.execute(statement, self._days if ":last" in statement else {})

    def ask(self, statement: str, by: str) -> Figures:
        asked = statement.format(by=f"{by} AS name")
        rows = self._connection.execute(asked, self._days).fetchall()
        return {row["name"]: {key: row[key] or 0 for key in row.keys()[1:]} for row in rows}

    def close(self) -> None:
        self._connection.close()


def compare(folder: Path, read: Read, kinds: int, copies: int) -> int:
    """Every figure of every row that SQL knows; how many were compared."""
    path, compared = folder / "central.db", 0
    database = open_database(f"sqlite:///{path}")
    database.commit(partial(live_through, seed=20, kinds=kinds, copies=copies))
    write_all(folder, database)
    database.close()
    sql = Sql(path)
    for asked in month_sql.REPORTS:
        told = read(asked.report, folder / f"{asked.report.key}.xlsx")
        for dimension in asked.report.dimensions:
            rows = sql.ask(asked.statement, asked.dimensions[dimension.key])
            wanted = {dimension.say_name(name, str): row for name, row in rows.items()}
            compared += _compare(asked.report, dimension, wanted, told[dimension.key])
    sql.close()
    return compared


def _compare(report: Report, dimension: Dimension, wanted: Figures, told: Figures) -> int:
    counted = {name for name, row in told.items() if any(row.values())}
    wanted = {name: row for name, row in wanted.items() if name in told or any(row.values())}
    keys = next(iter(wanted.values())).keys() & {one.key for one in report.figures}
    for key in keys:
        assert any(row[key] for row in wanted.values()), (report.key, key, "the month has none")
    wanted = {name: row for name, row in wanted.items() if any(row[key] for key in keys)}
    assert counted == wanted.keys(), (report.key, dimension.key)
    for name, row in wanted.items():
        for key in keys:
            assert told[name][key] == row[key], (report.key, dimension.key, name, key)
    return len(wanted) * len(keys)


def evaluate(report: Report, path: Path) -> dict[str, Figures]:
    """By a reader of formulas that is not ours alone: the stored values do not count."""
    oracle = Oracle(without_values(path.read_bytes()))
    counts = [(at, one) for at, one in enumerate(report.figures, 3) if not one.is_share]
    found: dict[str, Figures] = {}
    for dimension in report.dimensions:
        sheet = oracle.book[dimension.title]
        found[dimension.key] = {
            str(sheet.cell(row, 2).value or ""): {
                one.key: oracle.value_of(dimension.title, sheet.cell(row, at).coordinate) or 0
                for at, one in counts
            }
            for row in range(HEAD_ROW + 1, sheet.max_row)
        }
    return found


def recalculate(report: Report, path: Path) -> dict[str, Figures]:
    """By LibreOffice, in one run for all workbooks, from the formulas alone."""
    done = path.parent / "calculated" / path.name
    if not done.exists():
        _recalculate_all(path.parent, done.parent)
    read = python_calamine.CalamineWorkbook.from_path(done)
    keys = [one.key for one in report.figures]
    return {
        dimension.key: {
            str(row[1]): dict(zip(keys, map(_number, row[2:]), strict=False))
            for row in read.get_sheet_by_name(dimension.title).to_python()[HEAD_ROW:-1]
        }
        for dimension in report.dimensions
    }


def _recalculate_all(folder: Path, done: Path) -> None:
    bare = folder / "bare"
    bare.mkdir()
    for path in folder.glob("*.xlsx"):
        (bare / path.name).write_bytes(without_values(path.read_bytes()))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(done), *map(str, bare.iterdir())],
        check=True, capture_output=True, timeout=1200,
    )  # fmt: skip


def _number(value: object) -> float:
    """A cell as a number; a share of nothing is an empty text."""
    return float(value) if isinstance(value, int | float) else 0.0


@pytest.fixture
def folder(sqlite_furnished: Path, tmp_path: Path) -> Path:
    """A furnished central to fill."""
    (tmp_path / "central.db").write_bytes(sqlite_furnished.read_bytes())
    return tmp_path


def test_every_report_is_compared() -> None:
    assert {one.report.key for one in month_sql.REPORTS} == listing.REPORTS.keys()


def test_a_slice_of_a_month_gives_the_figures_of_sql(folder: Path) -> None:
    assert compare(folder, evaluate, kinds=300, copies=1) > 1_400


@pytest.mark.e2e
@pytest.mark.timeout(1800)
def test_a_month_of_50_000_cases_recalculated_by_libreoffice_gives_them_too(folder: Path) -> None:
    assert compare(folder, recalculate, kinds=2_000, copies=25) > 1_400
