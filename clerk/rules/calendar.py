"""Working days: Monday to Friday less holidays plus make-up days (行政许可法 Art. 82).

Working days are numbered once, when a calendar is made, so that adding and subtracting them
is two look-ups. Outside the known years the weekday rule answers, and says that it is a
forecast.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date
from itertools import accumulate, compress

from clerk.contract.calendar import CalendarData, CalendarRow, DayKind
from clerk.contract.setting import ClockChoices
from clerk.errors import InputError

NO_CHOICES = ClockChoices()
_WEEK = 7
_WORKDAYS_A_WEEK = 5


class WorkCalendar:
    """Answers which days are worked, by date or, for counting, by ordinal and number.

    The *ordinal* of a day is `date.toordinal()`; the *number* of a day is how many working
    days have begun up to and including it. Only differences of numbers mean anything.
    """

    __slots__ = (
        "_before",
        "_choices",
        "_data",
        "_first",
        "_holidays",
        "_last",
        "_makeup_workdays",
        "_numbers",
        "_ordinals",
        "_shift",
    )

    def __init__(self, data: CalendarData, choices: ClockChoices = NO_CHOICES) -> None:
        """Number the working days of the known years; `choices` are the office's own."""
        assert data.first_year <= data.last_year, "a calendar knows at least one year"
        self._data = data
        self._choices = choices
        # A day outside the known years stays a forecast, whatever a row says of it.
        self._holidays = frozenset(day for day in data.holidays if not self.is_forecast(day))
        self._makeup_workdays = frozenset(
            day for day in data.makeup_workdays if not self.is_forecast(day)
        )
        self._first = date(data.first_year, 1, 1).toordinal()
        self._last = date(data.last_year, 12, 31).toordinal()
        days = range(self._first, self._last + 1)
        worked = [self.is_working_day(date.fromordinal(ordinal)) for ordinal in days]
        self._before = _weekday_number(self._first - 1)
        # Bare numbers: as objects, those of two decades take half a megabyte.
        self._numbers = array("l", accumulate(worked, initial=self._before))[1:]
        self._ordinals = array("l", compress(days, worked))
        # After the last known year the weekday rule goes on from where the table ends.
        self._shift = self._numbers[-1] - _weekday_number(self._last)

    @property
    def data(self) -> CalendarData:
        """What this calendar was made from."""
        return self._data

    @property
    def version(self) -> str:
        """The version of the days and of the office's choices: what dates were counted with."""
        chosen = len(self._choices.versions)
        return f"{self._data.version}+{chosen}" if chosen else self._data.version

    @property
    def choices(self) -> ClockChoices:
        """How the office counts where the law leaves it the choice."""
        return self._choices

    def kind_of(self, day: date) -> DayKind:
        """What kind of day it is; a holiday on a weekend is a holiday."""
        if day in self._makeup_workdays:
            return DayKind.MAKEUP_WORKDAY
        if day in self._holidays:
            return DayKind.HOLIDAY
        return DayKind.WORKDAY if day.weekday() < _WORKDAYS_A_WEEK else DayKind.WEEKEND

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day."""
        if day in self._makeup_workdays:
            return True
        return day.weekday() < _WORKDAYS_A_WEEK and day not in self._holidays

    def is_forecast(self, day: date) -> bool:
        """Whether the day lies outside the known years, so that its answer may yet change."""
        return not self._data.first_year <= day.year <= self._data.last_year

    def working_day_after(self, day: date, count: int) -> date:
        """The count-th working day after a day; count is at least 1."""
        assert count > 0, "the 0th working day after a day is not a day"
        return date.fromordinal(self.ordinal_of(self.number_of(day.toordinal()) + count))

    def working_day_from(self, day: date) -> date:
        """The day itself if it is worked, else the next working day."""
        return date.fromordinal(self.ordinal_from(day.toordinal()))

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after the first day, up to and including the second."""
        return self.number_of(until.toordinal()) - self.number_of(after.toordinal())

    def number_of(self, ordinal: int) -> int:
        """How many working days have begun up to and including this day."""
        if ordinal < self._first:
            return _weekday_number(ordinal)
        if ordinal > self._last:
            return _weekday_number(ordinal) + self._shift
        return self._numbers[ordinal - self._first]

    def ordinal_of(self, number: int) -> int:
        """The day on which the working day of this number falls."""
        index = number - self._before - 1
        if index < 0:
            return _weekday_ordinal(number)
        if index >= len(self._ordinals):
            return _weekday_ordinal(number - self._shift)
        return self._ordinals[index]

    def ordinal_from(self, ordinal: int) -> int:
        """The day itself if it is worked, else the next working day."""
        return self.ordinal_of(self.number_of(ordinal - 1) + 1)


def calendar_from_rows(version: str, rows: Iterable[CalendarRow]) -> WorkCalendar:
    """Make a calendar of the years that the rows speak of; each year's rows are complete.

    The State Council names every year's holidays, so a year without a row is unknown. Raises
    InputError for no rows, a year left out, a day of two kinds, or a kind that no notice names.
    """
    kinds: dict[date, DayKind] = {}
    for row in rows:
        if row.kind not in (DayKind.HOLIDAY, DayKind.MAKEUP_WORKDAY):
            raise InputError("calendar.kind", day=row.day, kind=row.kind.value)
        if kinds.setdefault(row.day, row.kind) is not row.kind:
            raise InputError("calendar.two-kinds", day=row.day)
    return WorkCalendar(_data_of(version, kinds))


def _data_of(version: str, kinds: dict[date, DayKind]) -> CalendarData:
    if not kinds:
        raise InputError("calendar.empty", version=version)
    years = {day.year for day in kinds}
    missing = sorted(set(range(min(years), max(years))) - years)
    if missing:
        raise InputError("calendar.year-missing", year=missing[0])
    return CalendarData(
        version=version,
        first_year=min(years),
        last_year=max(years),
        holidays=_days_of(kinds, DayKind.HOLIDAY),
        makeup_workdays=_days_of(kinds, DayKind.MAKEUP_WORKDAY),
    )


def _days_of(kinds: dict[date, DayKind], kind: DayKind) -> tuple[date, ...]:
    return tuple(sorted(day for day, known in kinds.items() if known is kind))


def _weekday_number(ordinal: int) -> int:
    """Weekdays up to and including a day, by the weekday rule alone (day 1 was a Monday)."""
    weeks, rest = divmod(ordinal, _WEEK)
    return weeks * _WORKDAYS_A_WEEK + min(rest, _WORKDAYS_A_WEEK)


def _weekday_ordinal(number: int) -> int:
    """The day of the weekday with this number: the inverse of `_weekday_number`."""
    weeks, rest = divmod(number - 1, _WORKDAYS_A_WEEK)
    return weeks * _WEEK + rest + 1
