"""Whether central answers, when it last did, and how long its word may be relied on without it."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

import msgspec

from clerk.clock import Clock
from clerk.decoding import decode
from clerk.errors import StoreError
from clerk.log import write_event
from services.changes import Changes
from storage import meta
from storage.store import Connection, Store

_LAST = "contact.last"
_SEEN = "contact.seen"
_LEASE = "contact.lease_hours"
_log = logging.getLogger(__name__)
_SAVED_EVERY = timedelta(minutes=5)
_LEASE_HOURS = 24
"""Until central has said another number of hours."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The wall clock as this desk last saw it, and how old central's word was then."""

    at: datetime
    age_ms: int


class Contact:
    """The last contact with central; its moment outlives a start.

    `error` is the code of what went wrong last, empty while central answers. How old central's
    word is goes by the monotonic clock: one that somebody sets back makes nothing younger.
    """

    def __init__(self, store: Store, changes: Changes, clock: Clock) -> None:
        """Recall the last contact; whether there is one now, nobody knows yet."""
        self._store = store
        self._changes = changes
        self._clock = clock
        self._turn = threading.Lock()
        self.last, self.seen = self._load()
        self._age = self._age_at_start()
        self._since_ms = clock.monotonic_ms()
        self._saved_ms: int | None = None
        self.online = False
        self.error = ""

    def note(self) -> None:
        """Central answered now; a write each five minutes is enough to remember it by."""
        with self._turn:
            self.last = self._clock.now()
            self._age, self._since_ms = timedelta(), self._clock.monotonic_ms()
            changed = not self.online or bool(self.error)
            self.online, self.error = True, ""
        self._save()
        if changed:
            self._changes.publish("line")

    def note_failure(self, code: str) -> None:
        """Central did not answer, or would not."""
        with self._turn:
            changed = self.online or self.error != code
            self.online, self.error = False, code
        if self.last is not None:
            self._save_if_possible()
        if changed:
            self._changes.publish("line")

    def find_age(self) -> timedelta | None:
        """How long central was not heard of; nothing where it never was."""
        if self.last is None:
            return None
        since_ms = self._clock.monotonic_ms() - self._since_ms
        return self._age + timedelta(milliseconds=since_ms)

    def lease_is_over(self) -> bool:
        """Whether cached rows are too old to be shown: nobody knows who may still see them."""
        age = self.find_age()
        if age is None:
            return True
        with self._store.read() as connection:
            told = meta.get(connection, _LEASE)
        hours = int(told) if told else _LEASE_HOURS
        return age > timedelta(hours=hours)

    def _age_at_start(self) -> timedelta:
        """How old the word was when the desk last ran, and the time since, if it went forward."""
        if self.seen is None:
            return timedelta()
        stopped = max(self._clock.now() - self.seen.at, timedelta())
        return timedelta(milliseconds=self.seen.age_ms) + stopped

    def _save_if_possible(self) -> None:
        """What went wrong on the line is what is told, not that it could not be noted."""
        try:
            self._save()
        except StoreError as problem:
            write_event(_log, "contact.not_kept", code=problem.code)

    def _save(self) -> None:
        """Remember, at most each five minutes, how old central's word is."""
        with self._turn:
            now_ms, last, age = self._clock.monotonic_ms(), self.last, self.find_age()
            every_ms = _SAVED_EVERY / timedelta(milliseconds=1)
            if self._saved_ms is not None and 0 <= now_ms - self._saved_ms < every_ms:
                return
            self._saved_ms = now_ms
        assert last is not None
        assert age is not None
        seen = Seen(at=self._clock.now(), age_ms=int(age / timedelta(milliseconds=1)))
        with self._store.begin() as connection:
            meta.put(connection, _LAST, last.isoformat().encode())
            meta.put(connection, _SEEN, msgspec.json.encode(seen))

    def _load(self) -> tuple[datetime | None, Seen | None]:
        with self._store.read() as connection:
            told, seen = meta.get(connection, _LAST), meta.get(connection, _SEEN)
        last = datetime.fromisoformat(told.decode()) if told else None
        if seen is not None:
            return last, decode(seen, Seen)
        return last, None if last is None else Seen(at=last, age_ms=0)


def keep_lease_hours(connection: Connection, hours: int) -> None:
    """Remember how long central's word holds."""
    meta.put(connection, _LEASE, str(hours).encode())
