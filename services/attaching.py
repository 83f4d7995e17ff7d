"""Putting scans to cases through the outbox, predicted by the rules as every command is."""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgspec.structs import replace

from clerk.clock import Clock
from clerk.contract.answer import Refusal
from clerk.contract.case import CaseRecord
from clerk.contract.command import AttachScan
from clerk.contract.draft import Draft
from clerk.contract.ids import new_id
from clerk.contract.scan import Scan
from clerk.contract.user import User
from clerk.errors import RefusedError
from clerk.rules.case import Context, decide, fold
from clerk.rules.checklist import Line
from clerk.rules.overlay import extend
from services.calendars import get_calendar
from storage import cases, identity, outbox, scans
from storage.store import Connection


def context_at(connection: Connection, user: User, clock: Clock) -> Context:
    """What the rules decide with at this desk, now."""
    return Context(
        now=clock.now(),
        calendar=get_calendar(connection),
        user=user,
        window=identity.get_enrolled(connection).window,
    )


def queue_attach(
    connection: Connection, record: CaseRecord, scan: Scan, user: User, clock: Clock
) -> CaseRecord:
    """Put a scan to a case of this window, line or none; the record is the prediction.

    Raises RefusedError where the rules say no.
    """
    command, context = AttachScan(scan=scan), context_at(connection, user, clock)
    decided = decide(fold(record), command, context)
    if isinstance(decided, Refusal):
        raise RefusedError(decided.code, **decided.parameters)
    cached = cases.find(connection, record.id)
    outbox.append(
        connection,
        command_id=new_id(int(context.now.timestamp() * 1000), os.urandom),
        case_id=record.id,
        base_version=cached.version if cached else 0,
        command=command,
        user=user.id,
        at=context.now,
        window=context.window,
        monotonic_ms=clock.monotonic_ms(),
        calendar_version=context.calendar.version,
    )
    scans.link_case(connection, record.id, scan)
    return extend(record.id, record, decided)


def attach_drafted(
    connection: Connection,
    draft: Draft,
    lines: Sequence[Line],
    received: dict[str, CaseRecord],
    *,
    user: User,
    clock: Clock,
) -> None:
    """Put the scans of a walk-in to the cases received for its items, each to its material.

    What belongs to a line that is asked for no more goes with the draft (Art. 31).
    """
    known = {line.key: line for line in lines}
    records = dict(received)
    for one in scans.of_draft(connection, draft.id):
        line = known.get(one.scan.material)
        for served in line.serves if line else ():
            scan = replace(one.scan, material=served.key)
            if not _has(records[served.item], scan):
                records[served.item] = queue_attach(
                    connection, records[served.item], scan, user, clock
                )


def _has(record: CaseRecord, scan: Scan) -> bool:
    return any(
        (one.scan.sha256, one.scan.material) == (scan.sha256, scan.material)
        for one in fold(record).scans
    )
