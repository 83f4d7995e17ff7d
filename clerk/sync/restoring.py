"""Central after a restore from a backup: desks send again what it lost, and it waits for them.

While it is mending, a command that was decided on a version which central has lost waits for
the desk that has it; acts are dated as they were done; and time alone accepts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from clerk.clock import OFFICE_ZONE
from clerk.contract.command import Envelope
from clerk.sync.lending import usable_until

MENDING_LASTS = timedelta(hours=24)
"""How long a restored central waits for what it lost before it decides without it."""

DOCUMENTS_LEFT_OUT = 1_000
"""Document numbers of each series left out at a restore: some of them are out on paper."""

DOCUMENT_EACH = timedelta(seconds=5)
"""And one more for so long since the backup, for another restore may have gone on from it."""


def documents_left_out(known_at: datetime, now: datetime) -> int:
    """How many document numbers of a series may be out since the backup's last moment."""
    return DOCUMENTS_LEFT_OUT + max(now - known_at, timedelta()) // DOCUMENT_EACH


def is_mending(restored_at: datetime | None, now: datetime) -> bool:
    """Whether desks may still bring what a restored central lost."""
    return restored_at is not None and now < restored_at + MENDING_LASTS


def is_early(envelope: Envelope, version: int, *, mending: bool) -> bool:
    """Whether a command leans on events that a mending central does not have yet."""
    return mending and envelope.base_version > version


def act_moment(envelope: Envelope, now: datetime, restored_at: datetime | None) -> datetime:
    """When an act counts as done: now, or where it is sent again, when it was done."""
    again = is_mending(restored_at, now) and restored_at is not None and envelope.at < restored_at
    return envelope.at if again else now


def may_deem(*, mending: bool) -> bool:
    """Whether the clock may accept: not while an act that forestalls it may yet come."""
    return not mending


def may_be_lost(
    day: date, restored_at: datetime | None, lent_to_others: Iterable[datetime] = ()
) -> bool:
    """Whether a case number of this day was lent by a generation that a restore has lost.

    Only its desk knows, and is believed as long as a range could be used that was lent before
    the restore; not for a number that others were lent, at these moments, for the same days.
    """
    if restored_at is None or day > usable_until(restored_at):
        return False
    return not any(_day_of(at) <= day <= usable_until(at) for at in lent_to_others)


def _day_of(at: datetime) -> date:
    return at.astimezone(OFFICE_ZONE).date()
