"""A refused receipt made a draft again: nothing that was typed at the counter is typed twice."""

from __future__ import annotations

import logging
import os

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.command import AttachScan, ReceiveCase
from clerk.contract.draft import ChosenItem, Draft
from clerk.contract.ids import new_id
from clerk.contract.item import Bundle, Item
from clerk.errors import InputError, StoreError
from clerk.log import write_event
from clerk.rules.retyping import draft_of, line_keys
from services.changes import Changes
from services.intake import get_chosen_item
from services.session import Session
from storage import catalogue, drafts, identity, outbox, scans
from storage.outbox import OutboxEntry
from storage.store import Connection, Store

_log = logging.getLogger(__name__)


class Reopening:
    """Opens refused receipts again, for whoever is signed in."""

    def __init__(self, store: Store, session: Session, changes: Changes, clock: Clock) -> None:
        """Move what was typed from the outbox to the drafts."""
        self._store = store
        self._session = session
        self._changes = changes
        self._clock = clock

    def reopen(self, n: int) -> Draft:
        """Make a refused receipt a draft again, with the refused others of its visit.

        Everything typed, ticked and scanned is in it; it gets other numbers when it is received.
        Raises StoreError `outbox.not_refused`, `outbox.scan_awaited` while a scan of it has no
        answer, or `item.unknown` where its item is gone; InputError `window.needed`.
        """
        with self._store.begin() as connection:
            entry = get_refused(connection, n)
            assert isinstance(entry.command, ReceiveCase), "only receipts were drafts"
            visit = _visit_of(connection, entry.command.application)
            _demand_answered(connection, [one for one, _command in visit])
            items = {one.item: _item_of(connection, one) for _entry, one in visit}
            draft = self._draft_of(connection, [one for _entry, one in visit], items)
            drafts.save(connection, draft)
            for refused, command in visit:
                _move(connection, refused, draft, items[command.item])
        write_event(_log, "receipt.reopened", application=draft.id, cases=len(visit))
        self._changes.publish("outbox", "case", "drafts", "scans")
        return draft

    def _draft_of(
        self, connection: Connection, commands: list[ReceiveCase], items: dict[str, Item]
    ) -> Draft:
        now, application = self._clock.now(), commands[0].application
        if drafts.find(connection, application) is not None:
            application = new_id(int(now.timestamp() * 1000), os.urandom)
        window = identity.get_enrolled(connection).window
        if not window:
            raise InputError("window.needed")
        blank = Draft(
            id=application,
            window=window,
            user=self._session.get_user().id,
            created_at=now,
            updated_at=now,
        )
        today, bundle = now.astimezone(OFFICE_ZONE).date(), _bundle_of(connection, commands)
        return draft_of(commands, items, blank, today, bundle)


def get_refused(connection: Connection, n: int) -> OutboxEntry:
    """What central did not apply. Raises StoreError `outbox.not_refused` for all else."""
    entry = outbox.find(connection, n)
    if entry is None or not entry.is_refused:
        raise StoreError("outbox.not_refused", n=n)
    return entry


def _visit_of(connection: Connection, application: str) -> list[tuple[OutboxEntry, ReceiveCase]]:
    return [
        (one, one.command)
        for one in outbox.refused(connection)
        if isinstance(one.command, ReceiveCase) and one.command.application == application
    ]


def _demand_answered(connection: Connection, visit: list[OutboxEntry]) -> None:
    """A scan that central may yet answer goes with its case, not with the draft."""
    if any(outbox.pending(connection, one.envelope.case_id) for one in visit):
        raise StoreError("outbox.scan_awaited")


def _bundle_of(connection: Connection, commands: list[ReceiveCase]) -> Bundle | None:
    """The bundle that the visit was for, as this desk has it."""
    named = next((one.bundle for one in commands if one.bundle), "")
    return next((one for one in catalogue.bundles(connection) if one.id == named), None)


def _item_of(connection: Connection, command: ReceiveCase) -> Item:
    return get_chosen_item(connection, ChosenItem(command.item, command.item_version))


def _move(connection: Connection, refused: OutboxEntry, draft: Draft, item: Item) -> None:
    """Take a refused receipt out of the outbox, and its scans along to the draft."""
    case_id = refused.envelope.case_id
    lines = line_keys([item], draft.answers, draft.updated_at.astimezone(OFFICE_ZONE).date())
    for one in outbox.refused(connection):
        if one.envelope.case_id == case_id and isinstance(one.command, AttachScan):
            scan = one.command.scan
            line = lines.get((item.id, scan.material), scan.material)
            moved = msgspec.structs.replace(scan, material=line)
            scans.give_back(connection, case_id, draft.id, moved)
            outbox.dismiss(connection, one.n)
    outbox.dismiss(connection, refused.n)
