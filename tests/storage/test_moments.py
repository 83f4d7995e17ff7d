"""Moments and days come back as they were written, and sort as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from clerk.rules.clock import FOREVER
from storage.moments import NEVER, read_day, read_moment, write_day, write_moment

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=11))])
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(9998, 1, 1), timezones=ZONES)  # noqa: DTZ001
NEAR = st.datetimes(datetime(2020, 1, 1), datetime(2110, 1, 1), timezones=ZONES)  # noqa: DTZ001


@given(MOMENTS | NEAR)
def test_a_moment_comes_back_to_the_microsecond(moment: datetime) -> None:
    assert read_moment(write_moment(moment)) == moment


@given(MOMENTS, MOMENTS)
def test_moments_sort(one: datetime, other: datetime) -> None:
    assert (one < other) == (write_moment(one) < write_moment(other))


def test_what_never_comes_is_later_than_all() -> None:
    assert write_moment(FOREVER) == NEVER
    assert read_moment(NEVER) == FOREVER


@given(st.none() | st.dates(max_value=date(9999, 12, 30)))
def test_a_day_comes_back(day: date | None) -> None:
    assert read_day(write_day(day)) == day
