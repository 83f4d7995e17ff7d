"""The State Council's yearly notice as a file: years of holidays and make-up days (调休).

Whole or not at all: a calendar with a wrong day moves the legal dates of every case. A year
that the file names takes the place of the same year as it was known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import msgspec

from central.db import audit, catalogue, feed
from central.db.engine import Connection
from central.imports.columns import Shape
from central.imports.encoding import examine
from central.imports.report import Notes
from central.imports.table import open_table
from clerk.contract.calendar import CalendarData, CalendarRow, DayKind
from clerk.errors import InputError
from clerk.rules.calendar import calendar_from_rows

DAY_KINDS = {
    "holiday": DayKind.HOLIDAY,
    "节假日": DayKind.HOLIDAY,
    "放假": DayKind.HOLIDAY,
    "休": DayKind.HOLIDAY,
    "makeup_workday": DayKind.MAKEUP_WORKDAY,
    "调休上班": DayKind.MAKEUP_WORKDAY,
    "上班": DayKind.MAKEUP_WORKDAY,
    "班": DayKind.MAKEUP_WORKDAY,
}
_ALWAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Month and day of what is a holiday in every year (全国年节及纪念日放假办法)."""

_SATURDAY = 5


class CalendarFile(msgspec.Struct, frozen=True):
    """What a file tells: its days, and what is wrong with its rows."""

    rows: tuple[CalendarRow, ...]
    digest: str
    notes: Notes


class Published(msgspec.Struct, frozen=True):
    """The calendar now in force, and whether the file has changed anything."""

    data: CalendarData
    changed: bool


def read_calendar_file(path: Path) -> CalendarFile:
    """Read TOML, CSV or a workbook; raises InputError where it is no such file."""
    if path.suffix.lower() == ".toml":
        return _read_toml(path)
    nature, notes = examine(path), Notes()
    table = open_table(nature, (Shape.CALENDAR,), notes)
    rows: list[CalendarRow] = []
    told: dict[date, DayKind] = {}
    for line in table.lines:
        day, kind = _read_day(line["date"]), DAY_KINDS.get(line["kind"].strip().lower())
        if day is None:
            notes.refuse(line.row, table.column("date"), "calendar.day_unreadable")
        elif kind is None:
            notes.refuse(line.row, table.column("kind"), "calendar.kind_unknown")
        elif told.setdefault(day, kind) is not kind:
            notes.refuse(line.row, table.column("date"), "calendar.two-kinds", day=day.isoformat())
        else:
            _note_odd(day, kind, line.row, table.column("date"), notes)
            rows.append(CalendarRow(day, kind))
    return CalendarFile(tuple(rows), nature.digest, notes)


def publish_calendar(
    connection: Connection, file: CalendarFile, at: datetime, actor: str
) -> Published:
    """Put the years of a file in force; raises InputError for a year that is not whole."""
    known = catalogue.get_calendar(connection)
    data = merge(known, file)
    if msgspec.structs.replace(data, version=known.version) == known:
        return Published(known, changed=False)
    change = catalogue.add_calendar(connection, data, at)
    detail = {"version": data.version, "years": f"{data.first_year}-{data.last_year}"}
    entry = audit.Entry(
        at=at, actor=actor, action="import.calendar", subject=file.digest, detail=detail
    )
    audit.append(connection, entry)
    feed.announce(connection, (change,))
    return Published(data, changed=True)


def merge(known: CalendarData, file: CalendarFile) -> CalendarData:
    """The known years, with those of the file in their place or after them."""
    told = calendar_from_rows("", file.rows).data
    years = {row.day.year for row in file.rows}
    _demand_whole(years, told)
    kept = [
        CalendarRow(day, kind)
        for kind, days in (
            (DayKind.HOLIDAY, known.holidays),
            (DayKind.MAKEUP_WORKDAY, known.makeup_workdays),
        )
        for day in days
        if day.year not in years
    ]
    first, last = min(known.first_year, *years), max(known.last_year, *years)
    version = f"import-{first}-{last}-{file.digest[:8]}"
    return calendar_from_rows(version, [*kept, *file.rows]).data


def _demand_whole(years: Iterable[int], told: CalendarData) -> None:
    holidays = frozenset(told.holidays)
    for year in sorted(years):
        missing = [date(year, *day) for day in _ALWAYS if date(year, *day) not in holidays]
        if missing:
            raise InputError("calendar.not_whole", year=year, day=missing[0])


def _note_odd(day: date, kind: DayKind, row: int, column: str, notes: Notes) -> None:
    """A make-up day is worked in place of a weekday, so it falls on a weekend."""
    if kind is DayKind.MAKEUP_WORKDAY and day.weekday() < _SATURDAY:
        notes.refuse(row, column, "calendar.makeup_on_weekday", day=day.isoformat())


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip().replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def _read_toml(path: Path) -> CalendarFile:
    """`holidays` and `makeup_workdays`, each a list of dates."""
    nature, notes = examine(path), Notes()
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("file.unreadable", file=path.name, reason=str(error)) from None
    rows = []
    for name, kind in (
        ("holidays", DayKind.HOLIDAY),
        ("makeup_workdays", DayKind.MAKEUP_WORKDAY),
    ):
        for place, day in enumerate(told.get(name, ()), 1):
            if not isinstance(day, date) or isinstance(day, datetime):
                notes.refuse(place, name, "calendar.day_unreadable")
                continue
            _note_odd(day, kind, place, name, notes)
            rows.append(CalendarRow(day, kind))
    return CalendarFile(tuple(rows), nature.digest, notes)
