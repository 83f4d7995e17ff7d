"""Fetching scans that another desk took: in parts, on from where a cut left off, kept encrypted."""

from __future__ import annotations

import hashlib
import re
import threading

from clerk.clock import Clock
from clerk.contract.scan import Scan
from clerk.errand import Errand, Phase
from clerk.errors import RefusedError, StoreError
from clerk.rules.media import SNIFF_BYTES, sniff
from services.client import Call, Reply
from services.line import Line
from services.session import Session
from storage import scans
from storage.scans import Blob, Way
from storage.store import Store
from storage.vault import RECORD_BYTES, Vault

_ANSWER_S = 60.0
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")


class ScanFetcher:
    """Brings the bytes of a scan onto this machine."""

    def __init__(
        self, store: Store, vault: Vault, line: Line, session: Session, clock: Clock
    ) -> None:
        """Fetch for whoever is signed in: central puts on record who looked."""
        self._store = store
        self._vault = vault
        self._line = line
        self._session = session
        self._clock = clock
        self._turn = threading.Lock()

    def fetch(self, case_id: str, scan: Scan, errand: Errand) -> Blob:
        """The whole scan, which then lies here. Raises what the line raises, and `scan.damaged`.

        Called off between two parts, what came lies here, unseen: the next look goes on from it.
        """
        with self._turn:
            blob = self._begin(case_id, scan)
            if blob.way is not Way.INCOMING:
                return blob
            for done in range(blob.done, blob.size, RECORD_BYTES):
                errand.tell(Phase.SCAN, done, blob.size)
                self._fetch_record(blob, done)
            self._demand_right(blob)
            with self._store.begin() as connection:
                scans.note_whole(connection, blob.sha256, self._clock.now())
            return blob

    def _begin(self, case_id: str, scan: Scan) -> Blob:
        """What there is of it, or a new beginning; the case has it from now on."""
        with self._store.begin() as connection:
            scans.link_case(connection, case_id, scan)
            known = scans.find(connection, scan.sha256)
            if known is not None:
                return known
            blob = scans.new_blob(scan, Way.INCOMING)
            scans.add(connection, blob, self._clock.now())
            return blob

    def _fetch_record(self, blob: Blob, done: int) -> None:
        last = min(done + RECORD_BYTES, blob.size) - 1
        call = Call(
            path=f"/blobs/{blob.sha256}",
            method="GET",
            headers={"Range": f"bytes={done}-{last}", "Accept-Encoding": "identity"},
            answer_s=_ANSWER_S,
        )
        reply = self._ask(call)
        match = _RANGE.fullmatch(reply.headers.get("content-range", ""))
        told = tuple(int(one) for one in match.groups()) if match else ()
        if told != (done, last, blob.size) or len(reply.body) != last + 1 - done:
            raise self._damaged(blob)
        self._vault.append(blob, done, reply.body)
        with self._store.begin() as connection:
            scans.note_done(connection, blob.sha256, last + 1)

    def _ask(self, call: Call) -> Reply:
        user, token = self._session.get_user(), self._session.get_token()
        try:
            return self._line.exchange(call, token)
        except RefusedError as error:
            if error.code.startswith("session."):
                self._session.expire(user.id, token)
            raise

    def _demand_right(self, blob: Blob) -> None:
        digest, head = hashlib.sha256(), b""
        try:
            for part in self._vault.read(blob):
                head = head or part[:SNIFF_BYTES]
                digest.update(part)
        except StoreError as error:
            raise self._damaged(blob) from error
        if digest.hexdigest() != blob.sha256 or sniff(head) is None:
            raise self._damaged(blob)

    def _damaged(self, blob: Blob) -> StoreError:
        """Throw away what came; the next try begins anew."""
        with self._store.begin() as connection:
            scans.drop(connection, blob.sha256)
        return StoreError("scan.damaged")
