"""What may be written into the journal of a window, and by whom (交接班, 日结)."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.journal import DayBalance, JournalEntry, ShiftHandover
from clerk.contract.journal_command import CloseDay, HandOverShift, JournalCommand, TakeOverShift
from clerk.contract.user import Role
from clerk.rules.case.context import Context, lacks_role, refuse


def write_journal(
    entry: JournalEntry | None, entry_id: str, command: JournalCommand, context: Context
) -> JournalEntry | Refusal:
    """The entry as it stands then, or why it may not be."""
    refusal = lacks_role(context, Role.COUNTER)
    if refusal:
        return refusal
    if not context.window:
        return refuse("journal.at_window")
    if isinstance(command, TakeOverShift):
        return _take_over(entry, context)
    if entry is not None:
        return refuse("journal.written")
    if isinstance(command, HandOverShift):
        return _hand_over(entry_id, command, context)
    return _close_day(entry_id, command, context)


def _hand_over(entry_id: str, command: HandOverShift, context: Context) -> ShiftHandover | Refusal:
    entry = ShiftHandover(
        id=entry_id,
        version=1,
        window=context.window,
        by=context.actor,
        at=context.now,
        since=command.since,
        drafts=command.drafts,
        receipts=command.receipts,
        papers=command.papers,
        counted_papers=command.counted_papers,
        certificates=command.certificates,
        counted_certificates=command.counted_certificates,
        reason=command.reason.strip(),
        losses=command.losses,
    )
    differs = entry.counted_papers != entry.listed_papers or entry.counted_certificates != len(
        entry.certificates
    )
    return _unexplained(differs=differs, reason=entry.reason) or entry


def _take_over(entry: JournalEntry | None, context: Context) -> ShiftHandover | Refusal:
    """Two people: nobody follows themselves."""
    if not isinstance(entry, ShiftHandover) or entry.window != context.window:
        return refuse("journal.unknown")
    if entry.taken_by is not None:
        return refuse("shift.taken", name=entry.taken_by.name)
    if entry.by.user == context.user.id:
        return refuse("shift.same_person")
    return replace(entry, version=entry.version + 1, taken_by=context.actor, taken_at=context.now)


def _close_day(entry_id: str, command: CloseDay, context: Context) -> DayBalance | Refusal:
    entry = DayBalance(
        id=entry_id,
        version=1,
        window=context.window,
        by=context.actor,
        at=context.now,
        since=command.since,
        lines=command.lines,
        counted=command.counted,
        missed=command.missed,
        reason=command.reason.strip(),
        losses=command.losses,
    )
    differs = bool(entry.gaps) or entry.counted != entry.held
    return _unexplained(differs=differs, reason=entry.reason) or entry


def _unexplained(*, differs: bool, reason: str) -> Refusal | None:
    return refuse("journal.reason_missing", "reason") if differs and not reason else None
