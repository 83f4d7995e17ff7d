"""A year's notice imported: whole or not at all, and every open case dated by it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.acts.redating import redate_open_cases
from central.calendars import get_calendar
from central.db import cases
from central.imports.calendar import merge, publish_calendar, read_calendar_file
from central.service import Central
from clerk.clock import OFFICE_ZONE, SettableClock
from clerk.contract.command import AcceptCase
from clerk.contract.sync import EntityKind
from clerk.errors import InputError
from tests.support.cases import CLERK, receive_command
from tests.support.central import TalkingDesk
from tests.support.work_calendar import REAL_DATA

YEAR = """
holidays = [
  2027-01-01, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, 2027-02-09, 2027-02-10,
  2027-02-11, 2027-04-05, 2027-05-01, 2027-05-03, 2027-06-09, 2027-09-15, 2027-10-01,
  2027-10-02, 2027-10-03, 2027-10-04, 2027-10-05,
]
makeup_workdays = [2027-01-31, 2027-02-20]
"""


def write(folder: Path, text: str, name: str = "2027.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_year_is_added_to_those_that_are_known(tmp_path: Path) -> None:
    data = merge(REAL_DATA, read_calendar_file(write(tmp_path, YEAR)))
    assert (data.first_year, data.last_year) == (2004, 2027)
    assert set(REAL_DATA.holidays) < set(data.holidays)
    assert date(2027, 2, 20) in data.makeup_workdays


def test_a_year_takes_the_place_of_the_same_year(tmp_path: Path) -> None:
    first = merge(REAL_DATA, read_calendar_file(write(tmp_path, YEAR)))
    mended = read_calendar_file(write(tmp_path, YEAR.replace("2027-09-15", "2027-09-16")))
    data = merge(first, mended)
    assert date(2027, 9, 16) in data.holidays
    assert date(2027, 9, 15) not in data.holidays


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (YEAR.replace("2027-10-03, ", ""), "calendar.not_whole"),
        (YEAR.replace("2027", "2028"), "calendar.year-missing"),
        (YEAR.replace("2027-01-31", "2027-01-01"), "calendar.two-kinds"),
    ],
)
def test_a_calendar_that_is_not_whole_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        merge(REAL_DATA, read_calendar_file(write(tmp_path, text)))


def test_odd_rows_are_named(tmp_path: Path) -> None:
    text = (
        "日期,类型\n2027-13-01,节假日\n2027-01-04,调休上班\n2027-01-01,什么\n2027/1/2,休\n"
        "2027-01-03,放假\n"
    )
    file = read_calendar_file(write(tmp_path, text, "2027.csv"))
    assert [(one.row, one.code) for one in file.notes.refused] == [
        (2, "calendar.day_unreadable"),
        (3, "calendar.makeup_on_weekday"),
        (4, "calendar.kind_unknown"),
        (5, "calendar.day_unreadable"),
    ]


def test_the_sample_says_what_the_calendar_knows(reference_data: Path) -> None:
    file = read_calendar_file(reference_data / "calendar_2017_2026.csv")
    assert not file.notes.refused
    data = merge(REAL_DATA, file)
    assert set(data.makeup_workdays) == set(REAL_DATA.makeup_workdays)
    assert {day for day in data.holidays if day.weekday() < 5} == {
        day for day in REAL_DATA.holidays if day.weekday() < 5
    }


def test_open_cases_and_desks_are_dated_by_it(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock, tmp_path: Path
) -> None:
    clock.put(datetime(2027, 1, 25, 9, 30, tzinfo=OFFICE_ZONE))
    enrolled_device.hello()
    case_id, _ = enrolled_device.receive(replace(receive_command(), number=""))
    enrolled_device.sessions.clear()
    assert enrolled_device.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
    enrolled_device.bootstrap()
    file = read_calendar_file(write(tmp_path, YEAR))

    def promised() -> date:
        with central.database.read() as connection:
            row = cases.find_row(connection, case_id)
        assert row is not None
        due = row.promised_due
        assert isinstance(due, date)
        return due

    assert promised() == date(2027, 2, 4), "eight weekdays on, as a forecast"
    published = central.database.commit(
        lambda connection: publish_calendar(connection, file, clock.now(), "admin")
    )
    assert published.changed
    assert redate_open_cases(central.database, clock.now()) == 1
    assert promised() == date(2027, 2, 3), "Sunday the 31st of January is worked"
    assert redate_open_cases(central.database, clock.now()) == 0
    with central.database.read() as connection:
        assert get_calendar(connection).version == published.data.version
    assert [one.kind for one in enrolled_device.pull().items] == [EntityKind.CALENDAR]
