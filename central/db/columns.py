"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator

from clerk.clock import OFFICE_ZONE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A moment, stored as microseconds since 1970 in UTC and read in the office's zone.

    Both databases order and compare it alike, which their own time types do not.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - alike in both
    ) -> int | None:
        """To microseconds; a moment without a zone is a programmer's mistake."""
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment names its zone"
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(
        self,
        value: int | None,
        dialect: Dialect,  # noqa: ARG002 - alike in both
    ) -> datetime | None:
        """From microseconds."""
        if value is None:
            return None
        return (_EPOCH + value * _MICROSECOND).astimezone(OFFICE_ZONE)


Position = BigInteger().with_variant(Integer(), "sqlite")
"""A growing number; SQLite counts up by itself only where the type is exactly INTEGER."""

Body = LargeBinary
"""A message of `clerk.contract` as JSON bytes, sent on without being decoded."""
