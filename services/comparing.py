"""Comparing the cache with central's digest: once a day, and whenever somebody asks."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import msgspec

from clerk.clock import Clock
from clerk.contract.sync import Digest, Mismatch
from clerk.decoding import decode
from clerk.errand import Errand, Phase
from clerk.errors import ClerkError
from clerk.log import write_event
from clerk.sync.desk import rebuild
from clerk.sync.digest import Comparison, compare, sum_rows
from services.changes import Changes
from services.client import Call, encode
from services.line import Line
from services.pulling import Puller
from storage import digest, meta, sync_state
from storage.store import Store

COMPARED_EVERY = timedelta(days=1)
_TRIED_AGAIN_AFTER = timedelta(minutes=10)
_LAST = "digest.last"
_MOST_TRIES = 3
_ANSWER_S = 60.0
_log = logging.getLogger(__name__)


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The last comparison that came to an end."""

    at: datetime
    rebuilt_at: datetime | None = None


class Comparer:
    """Finds out whether the cache is what central believes it to be."""

    def __init__(
        self, store: Store, line: Line, puller: Puller, changes: Changes, clock: Clock
    ) -> None:
        """Recall the last comparison."""
        self._store = store
        self._line = line
        self._puller = puller
        self._changes = changes
        self._clock = clock
        self._last = self._load()
        self._not_before: datetime | None = None

    def find_last(self) -> Compared | None:
        """The last comparison."""
        return self._last

    def is_due(self) -> bool:
        """Whether a day has passed since, or the clock was put back."""
        if self._not_before is not None and self._clock.now() < self._not_before:
            return False
        if self._last is None:
            return True
        return not timedelta() <= self._clock.now() - self._last.at < COMPARED_EVERY

    def compare(self, errand: Errand | None = None) -> Comparison:
        """Ask central, and where the cache differs have it fetched anew and central told.

        NOT_YET where central goes on changing: tried again with the next round. Raises
        CancelledError.
        """
        errand = errand or Errand()
        for _try in range(_MOST_TRIES):
            errand.tell(Phase.COMPARING)
            theirs = self._ask_digest()
            with self._store.read() as connection:
                state = sync_state.load(connection)
                rows = errand.follow(Phase.COMPARING, digest.rows(connection), theirs.count)
                found = compare(state, rows, theirs)
                different = found is Comparison.DIFFERENT
                ours = sum_rows(digest.rows(connection)) if different else None
            if found is not Comparison.NOT_YET:
                self._conclude(theirs, ours)
                return found
            if state.bootstrapping:
                break
            self._puller.fetch_until_level(errand)
        self._not_before = self._clock.now() + _TRIED_AGAIN_AFTER
        return Comparison.NOT_YET

    def count_theirs(self) -> int:
        """How many rows central holds for this desk."""
        return self._ask_digest().count

    def _ask_digest(self) -> Digest:
        return self._line.ask(Call(path="/sync/digest", method="GET", answer_s=_ANSWER_S), Digest)

    def _conclude(self, theirs: Digest, ours: tuple[int, str] | None) -> None:
        """Note how it ended; `ours` is what the cache comes to, where it differs."""
        now = self._clock.now()
        before = self._last.rebuilt_at if self._last else None
        last = Compared(at=now, rebuilt_at=now if ours else before)
        with self._store.begin() as connection:
            if ours:
                sync_state.save(connection, rebuild(sync_state.load(connection)))
            meta.put(connection, _LAST, msgspec.json.encode(last))
        self._last = last
        write_event(_log, "digest.compared", same=ours is None, rows=theirs.count)
        if ours:
            self._tell_central(Mismatch(position=theirs.position, count=ours[0], value=ours[1]))
        self._changes.publish("outbox")

    def _tell_central(self, mismatch: Mismatch) -> None:
        """The rebuild does not wait for this."""
        try:
            self._line.ask(Call(path="/sync/mismatch", body=encode(mismatch)), type(None))
        except ClerkError as error:
            write_event(_log, "digest.mismatch_untold", code=error.code)

    def _load(self) -> Compared | None:
        with self._store.read() as connection:
            told = meta.get(connection, _LAST)
        return None if told is None else decode(told, Compared)
