"""Where scans lie on this machine: bytes in the vault, keys in the store, some in the clear."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from clerk.clock import Clock
from clerk.contract.scan import Scan
from clerk.errors import StoreError
from clerk.rules.media import SNIFF_BYTES, sniff
from services.opened import Opened
from storage import scans
from storage.scans import Blob, Way
from storage.store import Connection, Store
from storage.vault import Vault

ATTACHING = "attaching:"
"""Before a case: the owner of a scan while central is asked to put it there."""

WAITING_MOST_BYTES = 2 * 1024 * 1024 * 1024
"""How much may be on this machine alone."""

FREE_BYTES = 256 * 1024 * 1024
"""What is left of the disk for the store itself."""

_MIB = 1024 * 1024
T = TypeVar("T")


class Shelf:
    """Keeps the bytes of scans.

    A file without its row is a stray, a row without its file a loss: so bytes come first and go
    last.
    """

    def __init__(self, store: Store, vault: Vault, opened: Opened, clock: Clock) -> None:
        """Put right what a crash has left half-done."""
        self._store = store
        self.vault = vault
        self._opened = opened
        self._clock = clock
        self._turn = threading.Lock()
        self._mend()

    def keep(self, scan: Scan, data: bytes, link: Callable[[Connection, Scan], T]) -> T:
        """Keep the bytes and say whose they are, in one step.

        What is here already is not kept twice. Raises StoreError `scan.too_much_waits`,
        `scan.disk_full`, and what `link` raises; then nothing is kept.
        """
        with self._turn:
            with self._store.read() as connection:
                known = scans.find(connection, scan.sha256)
                waiting = scans.count_bytes(connection)
            blob = None
            if known is None or known.way is Way.INCOMING:
                self._demand_room(scan.size, waiting)
                blob = scans.new_blob(scan, Way.DRAFTED)
                self.vault.write(blob, data)
            with self._store.begin() as connection:
                if blob is not None:
                    scans.drop(connection, scan.sha256)
                    scans.add(connection, blob, self._clock.now())
                return link(connection, scan)

    def open(self, blob: Blob) -> Path:
        """The scan as a file in the clear. Raises StoreError `scan.damaged`."""
        parts = self.vault.read(blob)
        first = next(parts, b"")
        kind = sniff(first[:SNIFF_BYTES])
        if kind is None:
            raise StoreError("scan.damaged")
        with self._store.begin() as connection:
            scans.note_used(connection, blob.sha256, self._clock.now())
        return self._opened.open(blob.file, kind, _chained(first, parts))

    def purge(self) -> None:
        """Delete the bytes, and what is open, of scans that the store holds no more."""
        with self._turn:
            with self._store.read() as connection:
                known = scans.files(connection)
            self.vault.sweep(known)
            self._opened.keep(known)

    def close_all(self) -> None:
        """Leave nothing in the clear."""
        self._opened.close_all()

    def _mend(self) -> None:
        """Files without rows go; what central was being asked for is offered to it."""
        with self._store.begin() as connection:
            scans.purge_unseen(connection)
            for draft in scans.drafts_like(connection, ATTACHING):
                for one in scans.of_draft(connection, draft):
                    scans.link_case(connection, draft.removeprefix(ATTACHING), one.scan)
                scans.unlink_draft(connection, draft)
        self.purge()

    def _demand_room(self, size: int, waiting: int) -> None:
        if waiting + size > WAITING_MOST_BYTES:
            raise StoreError("scan.too_much_waits", most_mib=WAITING_MOST_BYTES // _MIB)
        if shutil.disk_usage(self._store.path.parent).free < size + FREE_BYTES:
            raise StoreError("scan.disk_full")


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
