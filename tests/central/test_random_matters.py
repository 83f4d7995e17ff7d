"""The workbook of a random month of matters against SQL that knows none of our rules."""

from __future__ import annotations

import random
import sqlite3
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import chinese_calendar
from msgspec.structs import replace

from central.db import matters
from central.db.engine import Connection, open_database
from central.reporting.command import open_facts
from central.reporting.pages import Wanted
from clerk.clock import SettableClock
from clerk.contract.matter import (
    AnyMatterEvent,
    AppealDecided,
    MatterAnswered,
    MatterAppealed,
    MatterClosed,
    MatterContacted,
    MatterKind,
    MatterPassed,
    MatterTaken,
    MatterWay,
)
from clerk.contract.setting import MatterChoice
from clerk.contract.user import Actor
from clerk.rules.matter import extend_matter
from clerk.rules.matter.limits import limits_of
from clerk.rules.reports.listing import MATTERS
from exports.workbook.report import Order, write_report
from tests.central.test_random_month import Figures, evaluate
from tests.support.matters import INQUIRY
from tests.support.random_month import JUNE, NOW

_BY = {"department": "d.name", "window": "w.name", "kind": "m.kind", "way": "m.way"}
_ACTOR = Actor(user="u", name="某人")

_SQL = """
WITH told AS (
  SELECT m.*, {by} AS name,
    date(m.taken_at / 1000000, 'unixepoch', '+8 hours') AS taken,
    date(m.answered_at / 1000000, 'unixepoch', '+8 hours') AS answered,
    date(m.ended_at / 1000000, 'unixepoch', '+8 hours') AS ended,
    (SELECT date(min(unixepoch(json_extract(e.value, '$.at'))), 'unixepoch', '+8 hours')
      FROM json_each(CAST(m.body AS TEXT), '$.events') e
      WHERE json_extract(e.value, '$.type') = 'matter_contacted') AS contacted,
    (SELECT date(unixepoch(json_extract(e.value, '$.at')), 'unixepoch', '+8 hours')
      FROM json_each(CAST(m.body AS TEXT), '$.events') e
      WHERE json_extract(e.value, '$.type') = 'matter_appeal_decided'
        AND json_extract(e.value, '$.excluded')) AS thrown,
    CASE m.kind WHEN 'inquiry' THEN 5 WHEN 'suggestion' THEN 30 ELSE 15 END AS days,
    m.kind IN ('complaint', 'follow_up') AS calls
  FROM matters m LEFT JOIN departments d ON d.id = m.department
    LEFT JOIN windows w ON w.id = m.window
), due AS (
  SELECT t.*,
    (SELECT day FROM workdays
      WHERE n = t.days + (SELECT max(n) FROM workdays WHERE day <= t.taken)) AS due,
    (SELECT min(day) FROM workdays WHERE day > t.taken) AS call_due,
    (SELECT count(*) FROM workdays WHERE day > t.taken AND day <= t.answered) AS spent
  FROM told t
), m AS (
  SELECT *, due < coalesce(ended, :today) AS late,
    calls AND call_due < coalesce(min(contacted, coalesce(ended, contacted)), ended, :today)
      AS call_late
  FROM due
)
SELECT name,
  sum(taken BETWEEN :first AND :last AND NOT excluded) AS received,
  sum(answered BETWEEN :first AND :last AND NOT excluded) AS answered,
  sum(answered BETWEEN :first AND :last AND NOT excluded AND NOT late) AS on_time,
  sum(answered BETWEEN :first AND :last AND NOT excluded AND late) AS answered_late,
  sum(taken <= :last AND ended IS NULL) AS open,
  sum(taken <= :last AND ended IS NULL AND late) AS open_late,
  sum(taken BETWEEN :first AND :last AND NOT excluded AND call_late) AS contact_late,
  sum(ended BETWEEN :first AND :last AND answered IS NULL AND NOT excluded) AS unanswered,
  sum(thrown BETWEEN :first AND :last) AS excluded,
  sum(CASE WHEN answered BETWEEN :first AND :last AND NOT excluded THEN spent END) AS spent_days
FROM m GROUP BY 1
"""


def live(connection: Connection, chance: random.Random, count: int) -> None:
    """Matters of two months, dealt with or not; most that happens to one happens here."""
    for n in range(count):
        at = NOW - timedelta(days=chance.randrange(1, 62), hours=chance.randrange(20))
        kind, way = chance.choice(list(MatterKind)), chance.choice(list(MatterWay))
        brought = replace(
            INQUIRY, kind=kind, way=way, department=chance.choice(["market", "fire", ""])
        )
        limits = limits_of(kind, MatterChoice(since=at))
        window = chance.choice(["w1", "w2", ""])
        taken = MatterTaken(at=at, by=_ACTOR, brought=brought, limits=limits, window=window)
        happened = _happen(chance, kind, at)
        events: list[AnyMatterEvent] = [taken, *(one for one in happened if one.at < NOW)]
        assert matters.add(connection, extend_matter(f"m{n:04}", None, events))


def _happen(chance: random.Random, kind: MatterKind, at: datetime) -> list[AnyMatterEvent]:
    def later() -> datetime:
        nonlocal at
        at += timedelta(days=chance.choice([0, 0, 1, 2, 6, 13]), hours=chance.randrange(1, 9))
        return at

    events: list[AnyMatterEvent] = []
    if chance.random() < 0.6:
        events.append(MatterContacted(at=later(), by=_ACTOR, note="已联系"))
    if chance.random() < 0.3:
        events.append(MatterPassed(at=later(), by=_ACTOR, to="culture", reason="转办"))
    if kind is MatterKind.FOLLOW_UP and chance.random() < 0.5:
        events.append(MatterAppealed(at=later(), by=_ACTOR, reason="不实"))
        thrown = chance.random() < 0.6
        events.append(AppealDecided(at=later(), by=_ACTOR, excluded=thrown, reason="已核实"))
        if thrown:
            return events
    if chance.random() < 0.75:
        events.append(MatterAnswered(at=later(), by=_ACTOR, text="答复"))
    if chance.random() < 0.2:
        events.append(MatterClosed(at=later(), by=_ACTOR, reason="撤回"))
    return events


def ask_sql(database: Path, by: str) -> Figures:
    """The figures by one of the columns, working days from the package of holidays itself."""
    days = {"first": str(JUNE.first), "last": str(JUNE.last), "today": str(NOW.date())}
    first, last = date(2026, 4, 1), date(2026, 12, 31)
    worked = list(enumerate(map(str, chinese_calendar.get_workdays(first, last))))
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("CREATE TEMP TABLE workdays (n INTEGER PRIMARY KEY, day TEXT)")
        connection.executemany("INSERT INTO workdays VALUES (?, ?)", worked)
        rows = connection.execute(_SQL.format(by=by), days).fetchall()
    return {row["name"] or "": {key: row[key] or 0 for key in row.keys()[1:]} for row in rows}


def test_a_month_of_matters_gives_the_figures_of_sql(
    sqlite_furnished: Path, tmp_path: Path
) -> None:
    path, book = tmp_path / "central.db", tmp_path / "matters.xlsx"
    path.write_bytes(sqlite_furnished.read_bytes())
    database = open_database(f"sqlite:///{path}")
    database.commit(partial(live, chance=random.Random(7), count=300))
    facts = open_facts(database, SettableClock(NOW), Wanted(report=MATTERS, period=JUNE))
    order = Order(report=MATTERS, period=JUNE, made_at=facts.made_at, language="en")
    write_report(order, facts, book)
    compared: set[str] = set()
    evaluated = evaluate(MATTERS, book)
    for dimension in MATTERS.dimensions:
        told = evaluated[dimension.key]
        for name, wanted in ask_sql(path, _BY[dimension.key]).items():
            row = told[dimension.say_name(name, str)]
            assert {key: row[key] for key in wanted} == wanted, (dimension.key, name)
            compared |= {key for key, value in wanted.items() if value}
    database.close()
    counted = {one.key for one in MATTERS.figures if not one.is_share}
    assert compared == counted, "the month has all kinds"
