"""Every report of a month as SQL over central's tables, which knows none of our rules.

Each statement takes `{by}`, what it counts by, and the days `:first`, `:last` and `:today`.
"""

from __future__ import annotations

from typing import NamedTuple

from clerk.rules.reports import listing
from clerk.rules.reports.parts import Report

TABLES = (
    """
CREATE TEMP TABLE event AS
SELECT case_id, seq, type, CAST(body AS TEXT) AS body,
  date(at / 1000000, 'unixepoch', '+8 hours') AS day,
  json_extract(CAST(body AS TEXT), '$.ask') AS ask,
  json_extract(CAST(body AS TEXT), '$.by.user') AS user
FROM events
""",
    "CREATE INDEX temp.event_of_case ON event (case_id, type)",
    """
CREATE TEMP TABLE stop AS
SELECT case_id, seq, day, json_extract(body, '$.procedure') AS kind,
  json_extract(body, '$.planned_days') AS days,
  (SELECT json_extract(o.body, '$.last') FROM event o WHERE o.case_id = e.case_id
    AND o.type = 'stop_lapsed' AND json_extract(o.body, '$.stop') = e.seq) AS lapsed,
  (SELECT min(o.day) FROM event o WHERE o.case_id = e.case_id AND o.seq > e.seq AND (
    o.type = 'resumed' AND json_extract(o.body, '$.stop') = e.seq
    OR o.type IN ('decided', 'withdrawn', 'declined', 'supplement_asked'))) AS resumed
FROM event e WHERE type = 'stopped'
""",
    "CREATE INDEX temp.stop_of_case ON stop (case_id)",
    """
CREATE TEMP TABLE paper AS
SELECT c.id, c.application, c.number, m.value ->> 'key' AS key,
  (m.value ->> 'originals') + (m.value ->> 'copies') AS pieces
FROM cases c JOIN event e ON e.case_id = c.id AND e.type = 'received',
  json_each(e.body, '$.terms.materials') m, json_each(e.body, '$.materials') t
WHERE t.value ->> 'key' = m.value ->> 'key' AND t.value ->> 'state' = 'exempted'
""",
    """
CREATE TEMP TABLE saved AS
SELECT id, max(0, pieces - coalesce(max(pieces) OVER (
  PARTITION BY application, key ORDER BY number
  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS pieces
FROM paper
""",
    "CREATE INDEX temp.saved_of_case ON saved (id)",
    """
CREATE TEMP TABLE told AS
SELECT c.*, d.name AS department_name, w.name AS window_name, u.name AS clerk_name,
  json_extract(e.body, '$.terms.name') || ' · ' || d.name AS item_and_department,
  json_extract(e.body, '$.place.bundle_name') AS bundle_name,
  json_extract(e.body, '$.place.bundle_name') || ' · '
    || json_extract(e.body, '$.place.stage_name') AS bundle_stage,
  coalesce((SELECT s.value ->> 'name' FROM json_each(e.body, '$.terms.flow') s
    WHERE s.value ->> 'key' = c.step), '') AS step_name,
  CASE WHEN EXISTS (SELECT 1 FROM stop WHERE stop.case_id = c.id) THEN 'special'
    WHEN coalesce(json_extract(e.body, '$.terms.promised.amount'),
      json_extract(e.body, '$.terms.statutory.amount')) = 0 THEN 'instant'
    ELSE 'promised' END AS time_kind,
  (SELECT max(day) FROM event a WHERE a.case_id = c.id AND a.type = 'supplement_asked')
    AS asked_on,
  coalesce((SELECT sum(pieces) FROM saved WHERE saved.id = c.id), 0) AS pieces,
  c.stage IN ('received', 'supplementing', 'accepted', 'handling') AS open,
  c.received_on <= :last AND c.stage IN ('received', 'supplementing', 'accepted', 'handling')
    AS hand,
  c.accepted_on IS NOT NULL AND c.promised_due < coalesce(c.decided_on, :today) AS over,
  julianday(coalesce(c.decided_on, :today)) - julianday(c.promised_due) AS days_over,
  c.decided_on < c.promised_due AS early
FROM cases c JOIN departments d ON d.id = c.department JOIN windows w ON w.id = c.window
  JOIN event e ON e.case_id = c.id AND e.type = 'received'
  JOIN users u ON u.id = e.user
""",
    "CREATE INDEX temp.told_by_id ON told (id)",
    "CREATE INDEX temp.told_by_project ON told (project)",
)
"""What the statements are over; made once."""

_CASES = """
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
  sum(CASE WHEN hand AND over THEN days_over END) AS days_over_open,
  sum(CASE WHEN decided_on BETWEEN :first AND :last AND over THEN days_over END)
    AS days_over_decided,
  sum(CASE WHEN accepted_on BETWEEN :first AND :last
    THEN julianday(accepted_on) - julianday(received_on) END) AS wait_days,
  sum(CASE WHEN decided_on BETWEEN :first AND :last THEN decided_in END) AS spent_days,
  sum(released_on BETWEEN :first AND :last) AS released,
  sum(CASE WHEN released_on BETWEEN :first AND :last
    THEN julianday(released_on) - julianday(decided_on) END) AS handover_days,
  sum(received_on BETWEEN :first AND :last AND pieces > 0) AS saving,
  sum(CASE WHEN received_on BETWEEN :first AND :last THEN pieces END) AS papers_saved
FROM told GROUP BY 1
"""
_BUNDLED = _CASES.replace("FROM told", "FROM told WHERE bundle_name IS NOT NULL")
_STOPS = """
SELECT {by},
  sum(stop.day BETWEEN :first AND :last) AS began,
  sum(stop.day BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM stop o
    WHERE o.case_id = stop.case_id AND o.kind = stop.kind AND o.seq < stop.seq)) AS repeats,
  sum(coalesce(lapsed, resumed) BETWEEN :first AND :last) AS ended,
  sum(lapsed BETWEEN :first AND :last) AS lapsed,
  sum(stop.day <= :last AND coalesce(lapsed, resumed) IS NULL) AS standing,
  sum(CASE WHEN stop.day BETWEEN :first AND :last THEN stop.days END) AS planned_days
FROM stop JOIN told ON told.id = stop.case_id GROUP BY 1
"""
_CAUSES = """
SELECT {by}, count(*) AS lines, sum(line.key = 0) AS notices
FROM event e JOIN told ON told.id = e.case_id, json_each(e.body, '$.lines') line
WHERE e.type = 'supplement_asked' AND e.day BETWEEN :first AND :last
GROUP BY 1
"""
_ASKS = """
WITH ask AS (
  SELECT t.*, e.type = 'urged' AS urge, u.name AS asker,
    coalesce((SELECT name FROM departments WHERE id = json_extract(e.body, '$.department')),
      t.window_name) AS holder,
    json_extract(e.body, '$.due') AS due,
    (SELECT a.day FROM event a WHERE a.case_id = e.case_id AND a.type = 'ask_answered'
      AND a.ask = e.ask) AS answered,
    EXISTS (SELECT 1 FROM event a WHERE a.case_id = e.case_id AND a.type = 'escalated'
      AND a.ask = e.ask) AS up
  FROM event e JOIN told t ON t.id = e.case_id
    JOIN users u ON u.id = e.user
  WHERE e.type IN ('urged', 'supervised') AND e.day BETWEEN :first AND :last
)
SELECT {by},
  sum(urge) AS urged, sum(NOT urge) AS supervised, sum(answered IS NOT NULL) AS answered,
  sum(answered > due) AS answered_late, sum(up) AS gone_up,
  sum(answered IS NULL AND due < :today AND (NOT urge OR open)) AS unanswered_late
FROM ask GROUP BY 1
"""
_LOOKS = """
WITH look AS (
  SELECT l.*, u.name, coalesce(d.name, '') AS department_name
  FROM lookups l JOIN users u ON u.id = l.user LEFT JOIN departments d ON d.id = u.department
  WHERE date(l.at / 1000000, 'unixepoch', '+8 hours') BETWEEN :first AND :last
)
SELECT {by}, count(*) AS looks, sum(found) AS found, sum(NOT found) AS nobody,
  sum(purpose = 'break_glass') AS glass
FROM look GROUP BY 1
"""
_ACTS = """
WITH act AS (
  SELECT t.item_and_department, e.*, row_number() OVER (PARTITION BY case_id ORDER BY seq) AS nth
  FROM event e JOIN told t ON t.id = e.case_id
  WHERE e.user = 'u-h'
    AND e.day BETWEEN :first AND :last
    AND e.type IN ('received', 'accepted', 'supplement_asked', 'declined', 'step_passed',
      'step_returned', 'decided', 'produced', 'released')
)
SELECT {by}, count(*) AS acts, sum(nth = 1) AS cases,
  sum(type = 'step_passed') AS step_passed, sum(type = 'produced') AS produced
FROM act GROUP BY 1
"""
_PROJECTS = """
WITH bundle AS (
  SELECT id, CAST(body AS TEXT) AS body FROM bundle_versions
  WHERE json_array_length(CAST(body AS TEXT), '$.stages') > 1
), main AS (
  SELECT bundle.id AS bundle, n.value ->> 'item' AS item
  FROM bundle, json_each(bundle.body, '$.nodes') n WHERE n.value ->> 'main'
), project AS (
  SELECT p.id, p.title, json_extract(b.body, '$.name') AS bundle_name,
    date(p.opened_at / 1000000, 'unixepoch', '+8 hours') AS opened,
    (SELECT s.value ->> 'label' FROM json_each(b.body, '$.stages') s JOIN told t
      ON t.project = p.id AND t.bundle_stage LIKE '% · ' || (s.value ->> 'label')
      ORDER BY s.key DESC LIMIT 1) AS reached,
    (SELECT count(*) FROM told t WHERE t.project = p.id) AS cases,
    (SELECT count(*) FROM told t WHERE t.project = p.id AND outcome = 'granted') AS granted,
    (SELECT count(*) FROM told t WHERE t.project = p.id AND t.open) AS open,
    (SELECT count(*) FROM told t WHERE t.project = p.id AND over AND t.open) AS overdue,
    (SELECT max(decided_on) FROM told t WHERE t.project = p.id) AS ended,
    NOT EXISTS (SELECT 1 FROM main WHERE main.bundle = p.bundle AND NOT EXISTS (
      SELECT 1 FROM told t WHERE t.project = p.id AND t.item = main.item
        AND outcome = 'granted')) AS whole
  FROM projects p JOIN bundle b ON b.id = p.bundle
)
SELECT {by},
  sum(opened BETWEEN :first AND :last) AS opened,
  sum(opened <= :last AND NOT (whole AND open = 0)) AS running,
  sum(whole AND open = 0 AND ended BETWEEN :first AND :last) AS finished,
  sum(CASE WHEN opened <= :last THEN cases END) AS cases,
  sum(CASE WHEN opened <= :last THEN granted END) AS granted,
  sum(CASE WHEN opened <= :last THEN open END) AS in_hand,
  sum(CASE WHEN opened <= :last THEN overdue END) AS overdue,
  sum(opened <= :last AND overdue > 0) AS late
FROM project GROUP BY 1
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
JOIN windows w ON w.id = json_extract(CAST(r.body AS TEXT), '$.window')
LEFT JOIN matters m ON m.rating = r.visit,
  json_each(CAST(r.body AS TEXT), '$.chosen.indicators') one
WHERE NOT coalesce(m.excluded, 0)
  AND date(r.at / 1000000, 'unixepoch', '+8 hours') BETWEEN :first AND :last
GROUP BY 1
"""
_MATTERS = """
WITH matter AS (
  SELECT m.*, date(m.taken_at / 1000000, 'unixepoch', '+8 hours') AS taken,
    coalesce((SELECT name FROM departments WHERE id = m.department), '') AS department_name,
    coalesce((SELECT name FROM windows WHERE id = m."window"), '') AS window_name,
    (SELECT max(substr(e.value ->> 'at', 1, 10)) FROM json_each(CAST(m.body AS TEXT), '$.events') e
      WHERE e.value ->> 'excluded') AS excluded_on
  FROM matters m
)
SELECT {by},
  sum(NOT excluded AND taken BETWEEN :first AND :last) AS received,
  sum(NOT excluded AND taken <= :last AND ended_at IS NULL) AS open,
  sum(excluded AND excluded_on BETWEEN :first AND :last) AS excluded
FROM matter GROUP BY 1
"""
_OF_CASES = {
    "department": "department_name",
    "window": "window_name",
    "item": "item_and_department",
    "clerk": "clerk_name",
    "channel": "'window'",
    "time_kind": "time_kind",
    "step": "step_name",
    "bundle": "bundle_name",
    "bundle_stage": "bundle_stage",
}


class InSql(NamedTuple):
    """One report: its statement, and what each of its dimensions is called in it."""

    report: Report
    statement: str
    dimensions: dict[str, str]


REPORTS = (
    *(
        InSql(one, _CASES, _OF_CASES)
        for one in (
            *(listing.WORKLOAD, listing.LIMITS, listing.OVERDUE, listing.TIMES, listing.PAPERS),
        )
    ),
    InSql(listing.BUNDLES, _BUNDLED, _OF_CASES),
    InSql(listing.PROCEDURES, _STOPS, {**_OF_CASES, "procedure": "stop.kind"}),
    InSql(listing.SUPPLEMENTS, _CAUSES, {**_OF_CASES, "cause": "line.value ->> 'name'"}),
    InSql(
        listing.URGES,
        _ASKS,
        {
            "department": "holder",
            "kind": "CASE WHEN urge THEN 'urge' ELSE 'supervise' END",
            "asker": "asker",
            "item": "item_and_department",
        },
    ),
    InSql(
        listing.LOOKS,
        _LOOKS,
        {"person": "name", "purpose": "purpose", "department": "department_name"},
    ),
    InSql(
        listing.PROJECTS,
        _PROJECTS,
        {
            "bundle": "bundle_name",
            "reached": "bundle_name || ' · ' || reached",
            "project": "title",
        },
    ),
    InSql(
        listing.RATINGS,
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
    InSql(
        listing.INDICATORS,
        _INDICATORS,
        {
            "indicator": "one.value",
            "level": "r.level",
            "department": "d.name",
            "window": "w.name",
            "item": "json_extract(CAST(r.body AS TEXT), '$.cases[0].item_name') || ' · ' || d.name",
        },
    ),
    InSql(
        listing.MATTERS,
        _MATTERS,
        {
            "kind": "kind",
            "way": "way",
            "department": "department_name",
            "window": "window_name",
        },
    ),
    InSql(listing.OWN, _ACTS, {"item": "item_and_department", "day": "day"}),
)
"""All reports there are."""
