"""Pulling: pages of changes, and bootstraps, into the cache."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.sync import BootstrapPage, Page
from clerk.errors import ClerkError
from clerk.log import write_event
from services.changes import Changes
from services.client import ANSWER_S, Call, encode
from services.line import Line
from storage import feed, sync_state
from storage.feed import Applied
from storage.store import Store

_BOOTSTRAP_S = 60.0
_log = logging.getLogger(__name__)


class AskBootstrap(msgspec.Struct, frozen=True, kw_only=True):
    """Where a bootstrap goes on; an empty key begins one."""

    key: str
    position: int


class _Ahead:
    """A page of a bootstrap that is on its way while the one before it is written."""

    def __init__(self, place: AskBootstrap, ask: Callable[[AskBootstrap], BootstrapPage]) -> None:
        self.place = place
        self._ask = ask
        self._page: BootstrapPage | None = None
        self._thread = threading.Thread(target=self._fetch, name="page-ahead", daemon=True)
        self._thread.start()

    def wait(self) -> BootstrapPage | None:
        """The page; nothing where it did not come: who needs it asks again and learns why."""
        self._thread.join()
        return self._page

    def _fetch(self) -> None:
        try:
            self._page = self._ask(self.place)
        except ClerkError as error:
            write_event(_log, "bootstrap.not_ahead", code=error.code)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """A page makes thousands of objects and no cycle; looking for some doubles its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Puller:
    """Fetches what changed. Threads may fetch the same page; only the first one counts."""

    def __init__(self, store: Store, line: Line, changes: Changes, clock: Clock) -> None:
        """Publish what was fetched through `changes`."""
        self._store = store
        self._line = line
        self._changes = changes
        self._clock = clock
        self._dated: date | None = None
        self._when_lost: Callable[[], None] | None = None
        self._ahead: _Ahead | None = None

    def when_lost(self, forget: Callable[[], None]) -> None:
        """Call this whenever cases may have left the desk's sight."""
        self._when_lost = forget

    def fetch_page(self, cursor: int, wait_s: int) -> bool:
        """One page, waiting so long for something to change; whether there is more."""
        call = Call(
            path="/sync/pull",
            method="GET",
            query={"cursor": str(cursor), "wait": str(wait_s)},
            answer_s=ANSWER_S + wait_s,
        )
        page = self._line.ask(call, Page)
        with _collector_at_rest(), self._store.begin() as connection:
            state = sync_state.load(connection)
            applied = feed.apply_page(connection, state, page, self._clock.now())
        self._tell(applied)
        return page.end < page.head

    def fetch_bootstrap(self, key: str, position: int) -> None:
        """One page of the whole scope; the next one is asked for while this one is written."""
        place = AskBootstrap(key=key, position=position)
        ahead, self._ahead = self._ahead, None
        found = ahead.wait() if ahead is not None and ahead.place == place else None
        page = found or self._ask_bootstrap(place)
        if page.next_key:
            following = AskBootstrap(key=page.next_key, position=page.position)
            self._ahead = _Ahead(following, self._ask_bootstrap)
        with _collector_at_rest(), self._store.begin() as connection:
            state = sync_state.load(connection)
            if (state.bootstrap_key, state.bootstrapping) != (key, True):
                return  # another thread was faster
            applied = feed.apply_bootstrap(connection, state, page, self._clock.now())
        self._tell(applied)

    def fetch_until_level(self) -> None:
        """Page after page until the cache is where central is."""
        while True:
            with self._store.read() as connection:
                state = sync_state.load(connection)
            if state.bootstrapping or not self.fetch_page(state.cursor, 0):
                return

    def date_anew(self) -> None:
        """Count forecasts by today, once a day: what is not accepted yet is due a day later."""
        now = self._clock.now()
        today = now.astimezone(OFFICE_ZONE).date()
        if self._dated == today:
            return
        with self._store.begin() as connection:
            counted = feed.date_anew(connection, now)
        self._dated = today
        if counted:
            self._changes.publish("case", cases=counted)

    def _ask_bootstrap(self, place: AskBootstrap) -> BootstrapPage:
        call = Call(path="/sync/bootstrap", body=encode(place), answer_s=_BOOTSTRAP_S)
        return self._line.ask(call, BootstrapPage)

    def _tell(self, applied: Applied) -> None:
        if not applied.state.greeted:
            self._line.forget_greeting()
        if applied.lost_sight and self._when_lost is not None:
            self._when_lost()
        kinds = set(applied.kinds)
        if applied.cases:
            kinds |= {"case", "outbox"}
        self._changes.publish(*kinds, cases=applied.cases)
