"""Whether central answers, when it last did, and how long its word may be relied on without it."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from clerk.clock import Clock
from services.changes import Changes
from storage import meta
from storage.store import Connection, Store

_LAST = "contact.last"
_LEASE = "contact.lease_hours"
_SAVED_EVERY = timedelta(minutes=5)
_LEASE_HOURS = 24
"""Until central has said another number of hours."""


class Contact:
    """The last contact with central; its moment outlives a start.

    `error` is the code of what went wrong last, empty while central answers.
    """

    def __init__(self, store: Store, changes: Changes, clock: Clock) -> None:
        """Recall the last contact; whether there is one now, nobody knows yet."""
        self._store = store
        self._changes = changes
        self._clock = clock
        self._turn = threading.Lock()
        self._saved = self._load()
        self.last = self._saved
        self.online = False
        self.error = ""

    def note(self) -> None:
        """Central answered now; a write each five minutes is enough to remember it by."""
        with self._turn:
            self.last = now = self._clock.now()
            changed = not self.online or bool(self.error)
            self.online, self.error = True, ""
            due = self._saved is None or not timedelta() <= now - self._saved < _SAVED_EVERY
            self._saved = now if due else self._saved
        if due:
            with self._store.begin() as connection:
                meta.put(connection, _LAST, now.isoformat().encode())
        if changed:
            self._changes.publish("line")

    def note_failure(self, code: str) -> None:
        """Central did not answer, or would not."""
        with self._turn:
            changed = self.online or self.error != code
            self.online, self.error = False, code
        if changed:
            self._changes.publish("line")

    def lease_is_over(self) -> bool:
        """Whether cached rows are too old to be shown: nobody knows who may still see them."""
        if self.last is None:
            return True
        with self._store.read() as connection:
            told = meta.get(connection, _LEASE)
        hours = int(told) if told else _LEASE_HOURS
        return self._clock.now() - self.last > timedelta(hours=hours)

    def _load(self) -> datetime | None:
        with self._store.read() as connection:
            told = meta.get(connection, _LAST)
        return datetime.fromisoformat(told.decode()) if told else None


def keep_lease_hours(connection: Connection, hours: int) -> None:
    """Remember how long central's word holds."""
    meta.put(connection, _LEASE, str(hours).encode())
