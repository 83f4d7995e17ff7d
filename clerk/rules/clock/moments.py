"""Moments as the office reads them: its local dates and its local time of day.

Counting rule 1: dates are the office's; time of day matters only for limits in hours.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from clerk.clock import OFFICE_ZONE, begin_of_day

MICROSECOND = timedelta.resolution
MINUTE = timedelta(minutes=1) // MICROSECOND
HOUR = timedelta(hours=1) // MICROSECOND
DAY = timedelta(days=1) // MICROSECOND

# The light of a stop that ends only when somebody resumes: late enough, and in every zone valid.
FOREVER = datetime(9999, 12, 31, tzinfo=OFFICE_ZONE)


def localize(moment: datetime) -> datetime:
    """The same moment in the office's zone."""
    assert moment.tzinfo is not None, "a moment names its zone"
    return moment if moment.tzinfo is OFFICE_ZONE else moment.astimezone(OFFICE_ZONE)


def day_of(moment: datetime) -> date:
    """The office's date of a moment."""
    return localize(moment).date()


def ordinal_of(moment: datetime) -> int:
    """The office's date of a moment, as `date.toordinal` counts days."""
    return localize(moment).toordinal()


def begin_of(ordinal: int) -> datetime:
    """The first moment of a day."""
    return begin_of_day(date.fromordinal(ordinal))


def microseconds_into_day(at: time) -> int:
    """How far into its day a time of day lies."""
    return (at.hour * 60 + at.minute) * MINUTE + at.second * 1_000_000 + at.microsecond


def count_microseconds(moment: datetime) -> int:
    """The office's local microseconds up to a moment, so that a day is always 24 hours."""
    local = localize(moment)
    return local.toordinal() * DAY + microseconds_into_day(local.time())


def moment_at(microseconds: int) -> datetime:
    """The moment of a count of local microseconds: the inverse of `count_microseconds`."""
    ordinal, rest = divmod(microseconds, DAY)
    return begin_of(ordinal) + timedelta(microseconds=rest)
