"""Looking at scans: which a case has, where their bytes are, and one of them in the clear."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from clerk.contract.scan import Scan
from clerk.errand import Errand
from clerk.errors import InputError, StoreError
from clerk.rules.case import Case, fold
from services.changes import Changed, Changes
from services.contact import Contact
from services.overlay import lay
from services.scan_fetching import ScanFetcher
from services.scan_sending import ScanSender
from services.session import Session
from services.shelf import Shelf
from services.viewer import Viewer
from storage import scans
from storage.scans import Blob, Way
from storage.store import Connection, Store


class ScanState(StrEnum):
    """Where the bytes of a scan are."""

    HERE = "here"
    SENDING = "sending"
    REFUSED = "refused"
    AT_CENTRAL = "at_central"
    ELSEWHERE = "elsewhere"


class ListedScan(msgspec.Struct, frozen=True, kw_only=True):
    """A scan of a case. `percent` of its bytes are at central; `problem` is why no more come."""

    scan: Scan
    by: str
    at: datetime
    state: ScanState
    percent: int = 0
    problem: str = ""


class Scans:
    """The scans of cases. After the offline lease they stay locked, as the cases do."""

    def __init__(  # noqa: PLR0913, PLR0917 - each collaborator is named
        self,
        store: Store,
        shelf: Shelf,
        sender: ScanSender,
        fetcher: ScanFetcher,
        session: Session,
        contact: Contact,
        changes: Changes,
        *,
        viewer: Viewer,
    ) -> None:
        """Show files with `viewer`."""
        self._store = store
        self._shelf = shelf
        self._sender = sender
        self._fetcher = fetcher
        self._session = session
        self._contact = contact
        self._viewer = viewer
        changes.follow(self._hear)

    def of_case(self, case_id: str) -> tuple[ListedScan, ...]:
        """The scans of a case. Raises StoreError `case.unknown` or `cases.locked`."""
        self._demand_lease()
        with self._store.read() as connection:
            case = _get_case(connection, case_id)
            here = scans.list_of(connection, [one.scan.sha256 for one in case.scans])
        return tuple(
            _listed(one.scan, one.by.name, one.at, here.get(one.scan.sha256)) for one in case.scans
        )

    def fetch(self, case_id: str, sha256: str, errand: Errand | None = None) -> Path:
        """A scan of a case as a file in the clear, until the desk is locked or left.

        Raises InputError `scan.unknown`, StoreError `scan.damaged` or `cases.locked`, and what
        the line raises for one that is not on this machine; and CancelledError.
        """
        self._demand_lease()
        with self._store.read() as connection:
            case = _get_case(connection, case_id)
        found = next((one.scan for one in case.scans if one.scan.sha256 == sha256), None)
        if found is None:
            raise InputError("scan.unknown")
        return self._shelf.open(self._fetcher.fetch(case_id, found, errand or Errand()))

    def fetch_drafted(self, draft_id: str, sha256: str) -> Path:
        """A scan of a walk-in, in the clear as well. Raises InputError `scan.unknown`."""
        with self._store.read() as connection:
            mine = {one.scan.sha256 for one in scans.of_draft(connection, draft_id)}
            blob = scans.find(connection, sha256)
        if blob is None or sha256 not in mine:
            raise InputError("scan.unknown")
        return self._shelf.open(blob)

    def view(self, path: Path) -> bool:
        """Show a fetched file with the platform's viewer; whether this seat has one."""
        return self._viewer(path)

    def purge(self) -> None:
        """Delete what belongs to cases that left this desk's sight."""
        self._shelf.purge()

    def start(self) -> None:
        """Send in the background from now on."""
        self._sender.start()

    def send_all(self) -> None:
        """Send now what can go. Raises what the line raises."""
        self._sender.send_all()

    def close(self) -> None:
        """Stop sending, and leave nothing in the clear."""
        self._sender.stop()
        self._shelf.close_all()

    def _hear(self, changed: Changed) -> None:
        """Nothing stays in the clear on a desk that is locked or left."""
        if "session" in changed.kinds and (self._session.locked or self._session.user is None):
            self._shelf.close_all()

    def _demand_lease(self) -> None:
        if self._contact.lease_is_over():
            raise StoreError("cases.locked")


def _get_case(connection: Connection, case_id: str) -> Case:
    record = lay(connection, case_id).record
    if record is None:
        raise StoreError("case.unknown")
    return fold(record)


def _listed(scan: Scan, by: str, at: datetime, blob: Blob | None) -> ListedScan:
    return ListedScan(
        scan=scan,
        by=by,
        at=at,
        state=_state(blob),
        percent=blob.done * 100 // blob.size if blob else 0,
        problem=blob.problem if blob else "",
    )


def _state(blob: Blob | None) -> ScanState:
    if blob is None or blob.way is Way.INCOMING:
        return ScanState.ELSEWHERE
    if blob.way is Way.KEPT:
        return ScanState.AT_CENTRAL
    if blob.problem:
        return ScanState.REFUSED
    return ScanState.SENDING if blob.done else ScanState.HERE
