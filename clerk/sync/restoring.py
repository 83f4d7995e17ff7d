"""Central after a restore from a backup: desks send again what it lost, and it waits for them.

While it is mending, a command that was decided on a version which central has lost waits for
the desk that has it; acts are dated as they were done; and time alone accepts nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from clerk.contract.command import Envelope
from clerk.contract.numbers import LAST_SEQUENCE, NumberLease

MENDING_LASTS = timedelta(hours=24)
"""How long a restored central waits for what it lost before it decides without it."""

NUMBERS_SKIPPED = 4_000
"""Sequence numbers of a window left out at a restore: they may be lent already."""

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


def skip_lent(newest: int) -> int:
    """The sequence number of a window to go on after, beyond all that may be lent."""
    beyond = newest + NUMBERS_SKIPPED
    return beyond if beyond <= LAST_SEQUENCE else 0


def may_readopt(lease: NumberLease, newest_before_skip: int) -> bool:
    """Whether a range that a desk names was lent by what central lost."""
    skipped = newest_before_skip + NUMBERS_SKIPPED
    return newest_before_skip < lease.first and lease.last <= skipped
