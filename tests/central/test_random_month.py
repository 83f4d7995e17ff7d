"""The workbook of a random month against SQL that is written here and knows none of our rules."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import python_calamine

from central.db.engine import open_database
from central.reporting.command import open_facts
from central.reporting.pages import Wanted
from clerk.clock import SettableClock
from clerk.rules.reports.listing import (
    INDICATORS,
    LIMITS,
    PROCEDURES,
    RATINGS,
    SUPPLEMENTS,
    TIMES,
    WORKLOAD,
)
from clerk.rules.reports.parts import Dimension, Report
from exports.workbook.report import Order, write_report
from exports.workbook.summary import HEAD_ROW
from tests.exports.workbook.oracle import Oracle
from tests.exports.workbook.test_report import without_values
from tests.support.random_month import JUNE, NOW, live_through

Figures = dict[str, dict[str, float]]
"""By the name of a row, then by the key of a figure."""

Read = Callable[[Report, Dimension, Path], Figures]

_CASES = """
WITH told AS (
  SELECT c.*, d.name AS department_name, w.name AS window_name,
    (SELECT json_extract(CAST(e.body AS TEXT), '$.terms.name') FROM events e
      WHERE e.case_id = c.id AND e.seq = 1) || ' · ' || d.name AS item_and_department,
    (SELECT date(max(e.at) / 1000000, 'unixepoch', '+8 hours') FROM events e
      WHERE e.case_id = c.id AND e.type = 'supplement_asked') AS asked_on,
    c.received_on <= :last AND c.stage IN ('received', 'supplementing', 'accepted', 'handling')
      AS hand,
    c.accepted_on IS NOT NULL AND c.promised_due < coalesce(c.decided_on, :today) AS over,
    c.decided_on < c.promised_due AS early
  FROM cases c JOIN departments d ON d.id = c.department JOIN windows w ON w.id = c.window
)
SELECT {by},
  sum(received_on BETWEEN :first AND :last) AS received,
  sum(accepted_on BETWEEN :first AND :last) AS accepted,
  sum(asked_on BETWEEN :first AND :last) AS supplemented,
  sum(declined_on BETWEEN :first AND :last) AS declined,
  sum(decided_on BETWEEN :first AND :last) AS decided,
  sum(hand) AS in_hand,
  sum(decided_on BETWEEN :first AND :last AND NOT over) AS on_time,
  sum(decided_on BETWEEN :first AND :last AND early) AS early,
  sum(hand AND over) AS overdue_open,
  sum(decided_on BETWEEN :first AND :last AND over) AS overdue_decided,
  sum(CASE WHEN accepted_on BETWEEN :first AND :last
    THEN julianday(accepted_on) - julianday(received_on) END) AS wait_days,
  sum(CASE WHEN decided_on BETWEEN :first AND :last THEN decided_in END) AS spent_days
FROM told GROUP BY 1
"""
_STOPS = """
WITH stop AS (
  SELECT e.case_id, e.seq, d.name AS department_name,
    date(e.at / 1000000, 'unixepoch', '+8 hours') AS began,
    json_extract(CAST(e.body AS TEXT), '$.procedure') AS kind,
    json_extract(CAST(e.body AS TEXT), '$.planned_days') AS days
  FROM events e JOIN cases c ON c.id = e.case_id JOIN departments d ON d.id = c.department
  WHERE e.type = 'stopped'
)
SELECT {by}, count(*) AS began, sum(days) AS planned_days,
  sum(EXISTS (SELECT 1 FROM stop o
    WHERE o.case_id = s.case_id AND o.kind = s.kind AND o.seq < s.seq)) AS repeats
FROM stop s WHERE began BETWEEN :first AND :last GROUP BY 1
"""
_CAUSES = """
SELECT {by}, count(*) AS lines, sum(line.key = 0) AS notices
FROM events e JOIN cases c ON c.id = e.case_id JOIN departments d ON d.id = c.department,
  json_each(CAST(e.body AS TEXT), '$.lines') line
WHERE e.type = 'supplement_asked'
  AND date(e.at / 1000000, 'unixepoch', '+8 hours') BETWEEN :first AND :last
GROUP BY 1
"""
_RATINGS = """
WITH told AS (
  SELECT r.level, d.name AS department_name, w.name AS window_name,
    json_extract(CAST(r.body AS TEXT), '$.way') AS way,
    json_extract(CAST(r.body AS TEXT), '$.clerk_name') AS clerk,
    json_extract(CAST(r.body AS TEXT), '$.cases[0].item_name') || ' · ' || d.name AS item,
    NOT coalesce(m.excluded, 0) AS counts, m.id IS NOT NULL AS followed
  FROM ratings r JOIN departments d ON d.id = r.department
  JOIN windows w ON w.id = json_extract(CAST(r.body AS TEXT), '$.window')
  LEFT JOIN matters m ON m.rating = r.visit
  WHERE date(r.at / 1000000, 'unixepoch', '+8 hours') BETWEEN :first AND :last
)
SELECT {by}, sum(counts) AS ratings, sum(counts AND level = '5') AS of_level_5,
  sum(counts AND level = '4') AS of_level_4, sum(counts AND level = '3') AS of_level_3,
  sum(counts AND level = '2') AS of_level_2, sum(counts AND level = '1') AS of_level_1,
  sum(counts AND level >= '3') AS satisfied, sum(counts AND level < '3') AS bad,
  sum(counts AND level < '3' AND followed) AS followed, sum(NOT counts) AS excluded
FROM told GROUP BY 1
"""
_INDICATORS = """
SELECT {by}, count(*) AS named, sum(r.level >= '3') AS good, sum(r.level < '3') AS bad,
  sum(one.key = 0) AS naming
FROM ratings r JOIN departments d ON d.id = r.department
LEFT JOIN matters m ON m.rating = r.visit,
  json_each(CAST(r.body AS TEXT), '$.chosen.indicators') one
WHERE NOT coalesce(m.excluded, 0)
  AND date(r.at / 1000000, 'unixepoch', '+8 hours') BETWEEN :first AND :last
GROUP BY 1
"""
_ASKED: list[tuple[Report, str, dict[str, str]]] = [
    (
        WORKLOAD,
        _CASES,
        {
            "department": "department_name",
            "window": "window_name",
            "item": "item_and_department",
        },
    ),
    (LIMITS, _CASES, {"department": "department_name", "item": "item_and_department"}),
    (TIMES, _CASES, {"department": "department_name", "window": "window_name"}),
    (PROCEDURES, _STOPS, {"procedure": "kind", "department": "department_name"}),
    (
        SUPPLEMENTS,
        _CAUSES,
        {"cause": "json_extract(line.value, '$.name')", "department": "d.name"},
    ),
    (
        RATINGS,
        _RATINGS,
        {
            "department": "department_name",
            "window": "window_name",
            "clerk": "clerk",
            "item": "item",
            "level": "level",
            "way": "way",
        },
    ),
    (INDICATORS, _INDICATORS, {"indicator": "one.value", "level": "r.level"}),
]


def ask_sql(database: Path, statement: str, by: str) -> Figures:
    days = {"first": str(JUNE.first), "last": str(JUNE.last), "today": str(NOW.date())}
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(statement.format(by=f"{by} AS name"), days).fetchall()
    return {row["name"]: {key: row[key] or 0 for key in row.keys()[1:]} for row in rows}


def compare(folder: Path, read: Read, kinds: int, copies: int) -> int:
    """Every figure of every row that SQL knows; how many were compared."""
    path, compared = folder / "central.db", 0
    clock = SettableClock(NOW)
    database = open_database(f"sqlite:///{path}")
    database.commit(partial(live_through, seed=20, kinds=kinds, copies=copies))
    for report, statement, dimensions in _ASKED:
        facts = open_facts(database, clock, Wanted(report=report, period=JUNE))
        book = folder / f"{report.key}.xlsx"
        order = Order(report=report, period=JUNE, made_at=facts.made_at, language="en")
        write_report(order, facts, book)
        for dimension in report.dimensions:
            if dimension.key not in dimensions:
                continue
            told = read(report, dimension, book)
            wanted = {
                dimension.say_name(name, str): figures
                for name, figures in ask_sql(path, statement, dimensions[dimension.key]).items()
            }
            counted = {name: row for name, row in told.items() if any(row.values())}
            wanted = {
                name: row for name, row in wanted.items() if name in told or any(row.values())
            }
            assert counted.keys() <= wanted.keys() <= told.keys()
            for key in next(iter(wanted.values())).keys() & {one.key for one in report.figures}:
                assert any(figures[key] for figures in wanted.values()), "the month has all kinds"
            for name, figures in wanted.items():
                for key in figures.keys() & {one.key for one in report.figures}:
                    assert told[name][key] == figures[key], (report.key, dimension.key, name, key)
                    compared += 1
    database.close()
    return compared


def evaluate(report: Report, dimension: Dimension, path: Path) -> Figures:
    """By a reader of formulas that is not ours alone: the stored values do not count."""
    oracle = Oracle(without_values(path.read_bytes()))
    sheet = oracle.book[dimension.title]
    counts = [(at, one) for at, one in enumerate(report.figures, 3) if not one.is_share]
    return {
        str(sheet.cell(row, 2).value): {
            one.key: oracle.value_of(dimension.title, sheet.cell(row, at).coordinate) or 0
            for at, one in counts
        }
        for row in range(HEAD_ROW + 1, sheet.max_row)
    }


def recalculate(report: Report, dimension: Dimension, path: Path) -> Figures:
    """By LibreOffice, once for each workbook, from the formulas alone."""
    done = path.parent / "calculated" / path.name
    if not done.exists():
        bare = path.parent / "bare" / path.name
        bare.parent.mkdir(exist_ok=True)
        bare.write_bytes(without_values(path.read_bytes()))
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(path.parent / 'office').as_uri()}", "--headless",
             "--convert-to", "xlsx", "--outdir", str(done.parent), str(bare)],
            check=True, capture_output=True, timeout=900,
        )  # fmt: skip
    read = python_calamine.CalamineWorkbook.from_path(done)
    rows = read.get_sheet_by_name(dimension.title).to_python()
    keys = [one.key for one in report.figures]
    return {
        str(row[1]): dict(zip(keys, map(_number, row[2:]), strict=False))
        for row in rows[HEAD_ROW:-1]
    }


def _number(value: object) -> float:
    """A cell as a number; a share of nothing is an empty text."""
    return float(value) if isinstance(value, int | float) else 0.0


@pytest.fixture
def folder(sqlite_furnished: Path, tmp_path: Path) -> Path:
    """A furnished central to fill."""
    (tmp_path / "central.db").write_bytes(sqlite_furnished.read_bytes())
    return tmp_path


def test_a_slice_of_a_month_gives_the_figures_of_sql(folder: Path) -> None:
    assert compare(folder, evaluate, kinds=150, copies=1) > 200


@pytest.mark.e2e
@pytest.mark.timeout(1800)
def test_a_month_of_50_000_cases_recalculated_by_libreoffice_gives_them_too(folder: Path) -> None:
    assert compare(folder, recalculate, kinds=2_000, copies=25) > 200
