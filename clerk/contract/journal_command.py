"""What is asked of the journal of a window: its shift handed over, its day closed."""

from __future__ import annotations

from datetime import datetime

from clerk.contract.command_root import Command
from clerk.contract.journal import BalanceLine, HeldLine, LostLine, Missed


class HandOverShift(Command, frozen=True, kw_only=True, tag="hand_over_shift.1"):
    """Leave a window to whoever follows; the envelope names the journal's entry."""

    since: datetime
    drafts: int
    receipts: int
    papers: tuple[HeldLine, ...]
    counted_papers: int
    certificates: tuple[str, ...]
    counted_certificates: int
    reason: str = ""
    losses: tuple[LostLine, ...] = ()


class TakeOverShift(Command, frozen=True, kw_only=True, tag="take_over_shift.1"):
    """Take a window over from whoever left it."""


class CloseDay(Command, frozen=True, kw_only=True, tag="close_day.1"):
    """Balance the papers of a window; the envelope names the journal's entry."""

    since: datetime | None
    lines: tuple[BalanceLine, ...]
    counted: int
    missed: tuple[Missed, ...] = ()
    reason: str = ""
    losses: tuple[LostLine, ...] = ()


JournalCommand = HandOverShift | TakeOverShift | CloseDay
"""Those that are about a window's journal, not about a case."""
