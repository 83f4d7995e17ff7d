"""When a licence is to be renewed, and when its holder is told so (行政许可法 Art. 50)."""

from __future__ import annotations

from datetime import date, timedelta

from clerk.contract.licence import RENEWAL_DAYS

AHEAD_DAYS = 30
"""How long before renewal is due its holder is told."""


def renew_by(until: date, renewal_days: int = RENEWAL_DAYS) -> date:
    """The last day on which renewal is applied for in time: calendar days before the end."""
    return until - timedelta(days=renewal_days)


def is_to_remind(until: date, renewal_days: int, today: date) -> bool:
    """Whether it is time to tell the holder, and not too late to be of use."""
    due = renew_by(until, renewal_days)
    return due - timedelta(days=AHEAD_DAYS) <= today <= until
