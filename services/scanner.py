"""Taking scans in: from the scanner's folder to a walk-in that is being typed, or to a case."""

from __future__ import annotations

import hashlib
from pathlib import Path

from clerk.clock import Clock
from clerk.contract.answer import Refusal
from clerk.contract.command import AttachScan
from clerk.contract.scan import SCAN_MOST_BYTES, Scan
from clerk.contract.user import Role, User
from clerk.errand import Errand
from clerk.errors import RefusedError, StoreError, UnreachableError
from clerk.rules.case import decide, fold
from clerk.rules.identifiers.masking import scrub
from services.acts import Acts
from services.attaching import context_at, queue_attach
from services.changes import Changes
from services.overlay import lay
from services.scan_files import SafeScan, make_safe
from services.session import Session
from services.shelf import ATTACHING, Shelf
from services.sync import Sync
from storage import drafts, identity, scans
from storage.store import Connection, Store

_LISTED = 40
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"})
_NOT_DONE = frozenset({"line.down", "central.busy"})


class Scanner:
    """Takes files in, made safe, for whoever is signed in."""

    def __init__(  # noqa: PLR0913, PLR0917 - each collaborator is named
        self,
        store: Store,
        shelf: Shelf,
        session: Session,
        acts: Acts,
        sync: Sync,
        changes: Changes,
        clock: Clock,
        *,
        folder: Path | None,
    ) -> None:
        """Offer the files of `folder`, where a scanner puts them."""
        self._store = store
        self._shelf = shelf
        self._session = session
        self._acts = acts
        self._sync = sync
        self._changes = changes
        self._clock = clock
        self.folder = folder

    def candidates(self) -> tuple[Path, ...]:
        """The files in the scanner's folder that may be scans, the newest first."""
        if self.folder is None:
            return ()
        try:
            found = [
                (path.stat().st_mtime, path)
                for path in self.folder.iterdir()
                if path.suffix.lower() in _SUFFIXES and path.is_file()
            ]
        except OSError:
            return ()  # it may lie on a machine that is away; a path can still be typed
        return tuple(path for _at, path in sorted(found, reverse=True)[:_LISTED])

    def add_to_draft(
        self, draft_id: str, line: str, path: Path, errand: Errand | None = None
    ) -> Scan:
        """Put a file to a line of a walk-in; it goes with the receipt.

        Raises what `make_safe` and `Shelf.keep` raise, and StoreError `draft.unknown`.
        """
        made = _make_surely(path, errand or Errand())

        def link(connection: Connection, scan: Scan) -> Scan:
            drafts.get(connection, draft_id)
            scans.link_draft(connection, draft_id, scan)
            return scan

        kept = self._shelf.keep(_describe(made, line, path), made.data, link)
        self._changes.publish("scans")
        return kept

    def of_draft(self, draft_id: str) -> tuple[Scan, ...]:
        """The scans of a walk-in; `material` is the line each one is of."""
        with self._store.read() as connection:
            return tuple(one.scan for one in scans.of_draft(connection, draft_id))

    def remove_from_draft(self, draft_id: str, scan: Scan) -> None:
        """Take a scan out of a walk-in."""
        with self._store.begin() as connection:
            scans.unlink_scan(connection, draft_id, scan.sha256, scan.material)
        self._shelf.purge()
        self._changes.publish("scans")

    def add_to_case(
        self, case_id: str, material: str, path: Path, errand: Errand | None = None
    ) -> Scan:
        """Put a file to a material of a case: at its own window at once, elsewhere by central.

        Raises what `make_safe` and `Shelf.keep` raise, RefusedError where the rules say no, and
        at a department what `Acts.perform` raises.
        """
        made = _make_surely(path, errand or Errand())
        scan, user = _describe(made, material, path), self._session.get_user()
        if self._is_own(case_id, user):
            self._queue(case_id, scan, made.data, user)
        else:
            self._attach_online(case_id, scan, made.data, user)
        return scan

    def _is_own(self, case_id: str, user: User) -> bool:
        """Whether it is a case of this window, and the user works there."""
        with self._store.read() as connection:
            record = lay(connection, case_id).record
            window = identity.get_enrolled(connection).window
        if record is None:
            raise StoreError("case.unknown")
        return fold(record).window == window and user.has(Role.COUNTER)

    def _queue(self, case_id: str, scan: Scan, data: bytes, user: User) -> None:
        def queue(connection: Connection, kept: Scan) -> None:
            record = lay(connection, case_id).record
            if record is None:
                raise StoreError("case.unknown")
            queue_attach(connection, record, kept, user, self._clock)

        self._demand_allowed(case_id, scan, user)
        self._shelf.keep(scan, data, queue)
        self._changes.publish("outbox", "case", "scans", cases=frozenset({case_id}))
        self._sync.wake()

    def _attach_online(self, case_id: str, scan: Scan, data: bytes, user: User) -> None:
        """The bytes are kept first: what a case is promised must not get lost."""
        self._demand_allowed(case_id, scan, user)
        owner = ATTACHING + case_id
        self._shelf.keep(scan, data, lambda conn, kept: scans.link_draft(conn, owner, kept))
        promised = False
        try:
            self._acts.perform(case_id, AttachScan(scan=scan))
            promised = True
        except UnreachableError as error:
            promised = error.code not in _NOT_DONE
            raise
        finally:
            with self._store.begin() as connection:
                if promised:
                    scans.link_case(connection, case_id, scan)
                scans.unlink_draft(connection, owner)
            self._shelf.purge()
            self._changes.publish("outbox", "scans", cases=frozenset({case_id}))

    def _demand_allowed(self, case_id: str, scan: Scan, user: User) -> None:
        """Ask the rules before anything is kept."""
        with self._store.read() as connection:
            record = lay(connection, case_id).record
            context = context_at(connection, user, self._clock)
        decided = decide(fold(record) if record else None, AttachScan(scan=scan), context)
        if isinstance(decided, Refusal):
            raise RefusedError(decided.code, **decided.parameters)


def _make_surely(path: Path, errand: Errand) -> SafeScan:
    """Called off while it is made safe, nothing of it is kept; from then on it is."""
    made = make_safe(path, SCAN_MOST_BYTES, errand)
    errand.make_sure()
    return made


def _describe(made: SafeScan, material: str, path: Path) -> Scan:
    return Scan(
        sha256=hashlib.sha256(made.data).hexdigest(),
        material=material,
        media_type=made.media_type.value,
        size=len(made.data),
        name=scrub(path.stem),
        pages=made.pages,
    )
