"""What is waiting in the outbox, laid over what central last said (clerk.rules.overlay)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from clerk.contract.case import CaseRecord
from clerk.contract.command import Envelope, NotePrint, ReceiveCase
from clerk.contract.matter import MatterRecord
from clerk.rules.case import Context
from clerk.rules.overlay import Laid, Pending, overlay
from services.calendars import get_calendar
from services.session import get_known_user
from storage import cases, catalogue, outbox
from storage.cases import CaseQuery
from storage.outbox import OutboxEntry, Status
from storage.store import Connection


def lay(connection: Connection, case_id: str) -> Laid:
    """One case as it will stand, if central agrees with what is waiting."""
    return _lay(connection, case_id, outbox.pending(connection, case_id))


def lay_all(connection: Connection) -> dict[str, Laid]:
    """Every case that something is waiting for."""
    grouped: dict[str, list[OutboxEntry]] = {}
    for entry in outbox.pending(connection):
        grouped.setdefault(entry.envelope.case_id, []).append(entry)
    return {case_id: _lay(connection, case_id, found) for case_id, found in grouped.items()}


def every_record(
    connection: Connection, query: CaseQuery, now: datetime, laid: Mapping[str, Laid]
) -> Iterator[CaseRecord]:
    """All cases of a queue, one by one and in no order, and every one that is laid over.

    Whoever asks looks at what waits as at the others: it may have come in, or have left.
    """
    yield from (one.record for one in laid.values() if one.record)
    yield from cases.every(connection, query, now, laid)


def unanswered_cases(connection: Connection) -> frozenset[str]:
    """The cases with a command that has no answer yet; a print keeps nobody waiting."""
    return frozenset(
        one.envelope.case_id
        for one in outbox.pending(connection)
        if one.status is not Status.ANSWERED and not isinstance(one.command, NotePrint)
    )


def _lay(connection: Connection, case_id: str, entries: Iterable[OutboxEntry]) -> Laid:
    record = cases.find(connection, case_id)
    pending = [_pending(connection, one) for one in entries if not is_in(one, record)]
    return overlay(case_id, record, pending)


def is_in(entry: OutboxEntry, record: CaseRecord | MatterRecord | None) -> bool:
    """Whether the cache has the effect already, though the outbox has not let go of it."""
    return (
        entry.answer is not None and record is not None and record.version >= entry.answer.version
    )


def _pending(connection: Connection, entry: OutboxEntry) -> Pending:
    command, envelope = entry.command, entry.envelope
    item = None
    if isinstance(command, ReceiveCase):
        item = catalogue.get(connection, command.item, command.item_version)
    return Pending(entry.n, command, replace(context_of(connection, envelope), item=item))


def context_of(connection: Connection, envelope: Envelope) -> Context:
    """What the rules decided with when somebody gave this command here."""
    return Context(
        now=envelope.at,
        calendar=get_calendar(connection),
        user=get_known_user(connection, envelope.user),
        window=envelope.window,
    )
