"""The call by which a manager reads what all windows signed on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from central import access
from central.db import journal
from central.http.asked import Asked
from central.service import Central
from clerk.clock import begin_of_day
from clerk.contract.journal import JournalEntry
from clerk.contract.user import Role
from clerk.errors import InputError


def list_journal(central: Central, asked: Asked) -> tuple[JournalEntry, ...]:
    """Hand-overs of shifts and balances of one day, oldest first."""
    with central.database.read() as connection:
        access.demand_role(asked.get_caller(connection).user, {Role.MANAGER})
        since = _midnight(asked.query.get("day", ""))
        return journal.list_between(connection, since, since + timedelta(days=1))


def _midnight(text: str) -> datetime:
    try:
        return begin_of_day(date.fromisoformat(text))
    except ValueError:
        raise InputError("report.period") from None
