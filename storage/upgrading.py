"""What a central that is too old could not decide is sent again once it can."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import Connection, delete

from storage import outbox
from storage.outbox import OutboxEntry
from storage.schema import outbox as table


def is_waiting(conn: Connection) -> bool:
    """Whether something is kept that goes out again by itself once central is upgraded."""
    return any(_waits(one) for one in outbox.refused(conn))


def send_again(conn: Connection, kinds: Collection[str], new_id: Callable[[], str]) -> int:
    """Put what central knows by now at the end of the outbox again, as new commands; how many.

    Under their old numbers they have their answer for good. With them go later ones of the
    same case: they were refused because central had not taken the one before. An online act
    does not go out by itself: nobody waits for it any more.
    """
    refused = outbox.refused(conn)
    first = {
        one.envelope.case_id: one.n
        for one in reversed(refused)
        if _waits(one) and str(one.command.__struct_config__.tag) in kinds
    }
    again = [
        one
        for one in refused
        if one.goes_out_by_itself and one.n >= first.get(one.envelope.case_id, one.n + 1)
    ]
    for entry in again:
        conn.execute(delete(table).where(table.c.n == entry.n))
        _append(conn, entry, new_id())
    return len(again)


def _append(conn: Connection, entry: OutboxEntry, command_id: str) -> None:
    before = entry.envelope
    outbox.append(
        conn,
        command_id=command_id,
        case_id=before.case_id,
        base_version=before.base_version,
        command=entry.command,
        user=before.user,
        at=before.at,
        window=before.window,
        monotonic_ms=before.monotonic_ms,
        catalogue_version=before.catalogue_version,
        calendar_version=before.calendar_version,
    )


def _waits(entry: OutboxEntry) -> bool:
    return bool(entry.unfit_code) and entry.goes_out_by_itself
