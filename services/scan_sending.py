"""Sending scans: after their cases, in the background, from where central says it stands."""

from __future__ import annotations

import logging
import secrets
import threading

import msgspec

from clerk.clock import Clock
from clerk.contract.scan import BLOB_CHUNK_BYTES
from clerk.errors import ClerkError, RefusedError, UnreachableError
from clerk.log import write_event, write_failure
from services.backoff import delay_s
from services.changes import Changed, Changes
from services.client import Call, Reply
from services.line import Line
from services.shelf import Shelf
from storage import meta, scans, sync_state
from storage.scans import Blob
from storage.store import Store
from storage.vault import RECORD_BYTES

CACHE_BYTES = 512 * 1024 * 1024
"""How much of what central has is kept here too."""

assert BLOB_CHUNK_BYTES == RECORD_BYTES, "what is sent in one request is one record"

_ANSWER_S = 60.0
_MOST_DELAY_S = 15.0
_JOIN_S = 0.1
_TELL_EVERY_MS = 500
_MOST_STARTS = 3
_GENERATION = "scans.generation"
_FINAL = frozenset({"blob.too_large", "blob.type", "blob.hash_wrong", "scan.damaged"})
"""What no repeat mends; a person sees it at the case."""

_OCTETS = {"Content-Type": "application/octet-stream"}
_log = logging.getLogger(__name__)


class Standing(msgspec.Struct, frozen=True):
    """How far central says a blob has come."""

    offset: int
    complete: bool


class ScanSender:
    """Brings to central what belongs to a case. What belongs to a draft waits for its receipt."""

    def __init__(
        self, store: Store, shelf: Shelf, line: Line, changes: Changes, clock: Clock
    ) -> None:
        """Stand still until `send_all` or `start`."""
        self._store = store
        self._shelf = shelf
        self._line = line
        self._changes = changes
        self._clock = clock
        self._state = threading.Condition()
        self._turn = threading.Lock()
        self._stopping = False
        self._wanted = 0
        self._thread: threading.Thread | None = None
        self._told_ms = 0
        self._chance = secrets.SystemRandom().random
        changes.follow(self._hear)

    def send_all(self) -> None:
        """Send what can go now. Raises UnreachableError, or RefusedError for the desk as a whole.

        A scan whose case has not reached central waits for it; one that central does not take
        is marked, and holds up no other.
        """
        with self._turn:
            self._offer_again_after_restore()
            with self._store.read() as connection:
                going = scans.outgoing(connection)
            for blob in going:
                if self._stopping:
                    return
                self._send_if_asked(blob)
            with self._store.begin() as connection:
                scans.shrink(connection, CACHE_BYTES)
            self._shelf.purge()

    def start(self) -> None:
        """Send from now on, in the background; what central did not take is offered once more."""
        assert self._thread is None, "it runs already"
        with self._store.begin() as connection:
            scans.try_again(connection)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="clerk-scans", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop; what is in flight goes on where it stands at the next start."""
        with self._state:
            self._stopping = True
            self._state.notify_all()
        thread, self._thread = self._thread, None
        while thread is not None and thread.is_alive():
            self._line.interrupt()
            thread.join(_JOIN_S)

    def wake(self) -> None:
        """There may be something to send."""
        with self._state:
            self._wanted += 1
            self._state.notify_all()

    def _hear(self, changed: Changed) -> None:
        """A command was answered: what its scan waited for may have come."""
        if "outbox" in changed.kinds:
            self.wake()

    def _run(self) -> None:
        """The loop of the background; it logs whatever happens and goes on."""
        failures = 0
        while not self._stopping:
            with self._state:
                seen = self._wanted
            delay = None
            try:
                self.send_all()
                failures = 0
            except ClerkError as error:
                failures += 1
                delay = min(_MOST_DELAY_S, delay_s(failures, error, self._chance))
                write_event(_log, "scans.failed", code=error.code)
            except Exception as caught:  # noqa: BLE001 - the loop logs it and goes on
                failures += 1
                delay = _MOST_DELAY_S
                write_failure(_log, "scans.broken", caught)
            self._rest(seen, delay)

    def _rest(self, seen: int, delay: float | None) -> None:
        """Until there is something to do; after a failure for a while, whatever happens."""
        with self._state:
            if delay is None:
                self._state.wait_for(lambda: self._stopping or self._wanted != seen)
            else:
                self._state.wait_for(lambda: self._stopping, delay)

    def _offer_again_after_restore(self) -> None:
        """A central of another generation was set back: it may have lost what it had."""
        with self._store.begin() as connection:
            generation = sync_state.load(connection).generation.encode()
            known = meta.get(connection, _GENERATION)
            if known not in (None, generation):
                scans.offer_again(connection)
            meta.put(connection, _GENERATION, generation)

    def _send_if_asked(self, blob: Blob) -> None:
        with self._store.read() as connection:
            if scans.awaits_command(connection, blob.sha256):
                return
        try:
            self._send(blob)
        except RefusedError as error:
            self._note_refusal(blob, error)

    def _note_refusal(self, blob: Blob, error: RefusedError) -> None:
        """Mark what central will never take, let go of what nobody wants, wait with the rest."""
        with self._store.begin() as connection:
            unwanted = error.code == "blob.unknown" and not scans.is_wanted(connection, blob.sha256)
            if unwanted:
                scans.forget(connection, blob.sha256)
            elif error.code in _FINAL:
                scans.note_problem(connection, blob.sha256, error.code)
        write_event(_log, "scan.refused", sha256=blob.sha256, code=error.code)
        self._tell(blob, at_once=True)
        if error.code not in _FINAL and not error.code.startswith("blob."):
            raise error

    def _send(self, blob: Blob) -> None:
        """From where central stands; where it stands elsewhere than thought, it is asked anew."""
        for _start in range(_MOST_STARTS):
            standing = self._ask(blob)
            try:
                while not standing.complete and not self._stopping:
                    standing = self._send_chunk(blob, standing.offset)
                    self._note(blob, standing)
            except RefusedError as error:
                if error.code != "blob.offset":
                    raise
                continue
            if standing.complete:
                self._note_whole(blob)
            return
        raise UnreachableError("central.strange")

    def _ask(self, blob: Blob) -> Standing:
        return _read(self._line.exchange(Call(path=_path(blob), method="HEAD")))

    def _send_chunk(self, blob: Blob, offset: int) -> Standing:
        data = self._read_record(blob, offset)
        headers = dict(_OCTETS)
        whole = len(data) == blob.size
        if not whole:
            headers |= {"Upload-Offset": str(offset), "Upload-Length": str(blob.size)}
        method = "PUT" if whole else "PATCH"
        call = Call(path=_path(blob), method=method, body=data, headers=headers, answer_s=_ANSWER_S)
        return _read(self._line.exchange(call))

    def _read_record(self, blob: Blob, offset: int) -> bytes:
        """What comes after an offset, up to the end of its record."""
        if offset >= blob.size:
            return b""
        start = offset - offset % RECORD_BYTES
        try:
            return next(iter(self._shelf.vault.read(blob, start)))[offset - start :]
        except ClerkError as error:
            raise RefusedError(error.code) from error

    def _note(self, blob: Blob, standing: Standing) -> None:
        with self._store.begin() as connection:
            scans.note_done(connection, blob.sha256, standing.offset)
        self._tell(blob)

    def _note_whole(self, blob: Blob) -> None:
        with self._store.begin() as connection:
            scans.note_whole(connection, blob.sha256, self._clock.now())
        write_event(_log, "scan.sent", sha256=blob.sha256, size=blob.size)
        self._tell(blob, at_once=True)

    def _tell(self, blob: Blob, *, at_once: bool = False) -> None:
        """Say that something moved, but not with every chunk."""
        now_ms = self._clock.monotonic_ms()
        if not at_once and now_ms - self._told_ms < _TELL_EVERY_MS:
            return
        self._told_ms = now_ms
        with self._store.read() as connection:
            of_cases = frozenset(scans.cases_of(connection, blob.sha256))
        self._changes.publish("scans", cases=of_cases)


def _path(blob: Blob) -> str:
    return f"/blobs/{blob.sha256}"


def _read(reply: Reply) -> Standing:
    told = reply.headers.get("upload-offset", "")
    if not told.isdecimal():
        raise UnreachableError("central.strange")
    return Standing(int(told), reply.headers.get("upload-complete") == "?1")
