"""The central service with its collaborators, built once per process."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from central.attempts import Attempts
from central.blobs.limits import read_limits
from central.blobs.receiving import Receiver
from central.blobs.store import BlobStore
from central.db import feed, migrating
from central.db.engine import Database, open_database
from central.metrics import Metrics
from central.place import blobs_url
from central.registers.outside.registers import OutsideRegisters
from central.spoken import Spoken
from central.visits import Visits
from central.wakeups import Wakeups
from central.workers import Workers
from clerk.clock import Clock, SystemClock
from clerk.errand import Errand
from clerk.errors import StoreError

if TYPE_CHECKING:
    from starlette.applications import Starlette


SEAL_EVERY_S = 2.0
"""How soon after its grant a licence is sealed."""


class Central:
    """One process of central: a database, a clock, and the desks that wait at it."""

    def __init__(
        self, database: Database, clock: Clock | None = None, workers: Workers | None = None
    ) -> None:
        """Take the database, and for tests another clock or fewer threads."""
        self.database = database
        self.clock: Clock = clock or SystemClock()
        self.workers = workers or Workers()
        self.wakeups = Wakeups()
        self.metrics = Metrics()
        self.attempts = Attempts()
        self.visits = Visits()
        self.outside = OutsideRegisters(self.clock)
        self.spoken = Spoken()
        self.seal_every_s = SEAL_EVERY_S
        self.blobs = BlobStore(blobs_url(database.file))
        self.receiver = Receiver(database, self.blobs, read_limits())
        database.on_commit(self.wakeups.wake)
        self.metrics.gauge("clerk_waiting_desks", lambda: len(self.wakeups))
        self.metrics.gauge("clerk_busy_workers", lambda: self.workers.busy)

    @classmethod
    def open(cls, url: str, clock: Clock | None = None) -> Central:
        """Open the database of this URL; it was initialised before."""
        return cls(open_database(url), clock)

    def init(self, errand: Errand | None = None) -> None:
        """Bring the database to the present schema; done again it changes nothing.

        Raises CancelledError.
        """
        migrating.migrate(self.database, errand=errand)
        now_ms = int(self.clock.now().timestamp() * 1000)
        self.database.commit(partial(feed.found, now_ms=now_ms))

    def demand_ready(self) -> None:
        """Refuse to work on a database that `init` has not brought up to date."""
        if not migrating.is_current(self.database):
            raise StoreError("database.not_initialised")

    def app(self) -> Starlette:
        """The ASGI application."""
        from central.app import make_app

        return make_app(self)

    def head(self) -> int:
        """The newest position of the feed."""
        with self.database.read() as connection:
            return feed.head(connection)

    def close(self) -> None:
        """Let go of everything; desks that wait are answered first."""
        self.wakeups.close()
        self.workers.close()
        self.database.close()
