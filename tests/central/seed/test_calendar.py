"""The shipped calendar says what the State Council's notices say."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from central.seed.calendar import load_calendar


def test_it_agrees_with_the_notices(reference_data: Path) -> None:
    with (reference_data / "calendar_2017_2026.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {kind: set[date]() for kind in ("holiday", "makeup_workday")}
    for row in rows:
        told[row["kind"]].add(date.fromisoformat(row["date"]))
    data = load_calendar()
    assert {one for one in data.holidays if one.year >= 2017} == told["holiday"]
    assert {one for one in data.makeup_workdays if one.year >= 2017} == told["makeup_workday"]
    assert data.first_year <= 2017
    assert data.last_year >= 2026
    assert str(data.last_year) in data.version
