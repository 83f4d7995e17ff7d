"""How long a licence is good for."""

from __future__ import annotations

from datetime import date

import pytest

from central.acts.licensing import valid_until


@pytest.mark.parametrize(
    ("issued_on", "months", "until"),
    [
        (date(2026, 11, 23), 0, None),
        (date(2026, 11, 23), 12, date(2027, 11, 22)),
        (date(2026, 11, 23), 60, date(2031, 11, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
    ],
)
def test_the_last_day(issued_on: date, months: int, until: date | None) -> None:
    assert valid_until(issued_on, months) == until
