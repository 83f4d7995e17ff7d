"""Moments and days as the tables hold them: sortable, and quick to make and to read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from clerk.clock import OFFICE_ZONE
from clerk.rules.clock import FOREVER

NO_DAY = "9999-12-31"
"""Stands for a day that there is none of, so that it sorts last."""

NEVER = (1 << 63) - 1
"""Stands for a moment that does not come by itself."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_DAY_S = 86_400
_FLOATS_ARE_EXACT = (1 << 32) * _SECOND
"""Until 2106 a float of seconds rounds to the very microsecond, and is five times faster."""

_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
assert _LATEST <= FOREVER, "what never comes is stored as never"
_SINCE_LATEST = _LATEST - _EPOCH


def write_moment(at: datetime) -> int:
    """Microseconds since 1970; what lies beyond all calendars is never."""
    since = at - _EPOCH
    if since >= _SINCE_LATEST:
        return NEVER
    # Dividing a timedelta takes three times as long.
    return (since.days * _DAY_S + since.seconds) * _SECOND + since.microseconds


def read_moment(microseconds: int) -> datetime:
    """The moment in the office's zone."""
    if microseconds >= NEVER:
        return FOREVER
    if microseconds < _FLOATS_ARE_EXACT:
        return datetime.fromtimestamp(microseconds / _SECOND, OFFICE_ZONE)
    return (_EPOCH + microseconds * _MICROSECOND).astimezone(OFFICE_ZONE)


def write_day(day: date | None) -> str:
    """The day as ISO text."""
    return NO_DAY if day is None else day.isoformat()


def read_day(text: str) -> date | None:
    """The day, or none."""
    return None if text in {"", NO_DAY} else date.fromisoformat(text)
