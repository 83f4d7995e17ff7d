"""Pulling: pages of changes, and bootstraps, into the cache."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.sync import BootstrapPage, Page
from clerk.errand import Errand, Phase
from clerk.rules.calendar import WorkCalendar
from services import collector
from services.ahead import Ahead, AskBootstrap, place_after
from services.changes import Changes
from services.client import ANSWER_S, Call, encode
from services.line import Line
from storage import feed, sync_state
from storage.arriving import Arrived, read_page
from storage.feed import Applied
from storage.store import Store

_BOOTSTRAP_S = 60.0


class Puller:
    """Fetches what changed. Threads may fetch the same page; only the first one counts.

    `rows_fetched` came by bootstraps, `head` is where central was with the last page of changes.
    """

    def __init__(self, store: Store, line: Line, changes: Changes, clock: Clock) -> None:
        """Publish what was fetched through `changes`."""
        self._store = store
        self._line = line
        self._changes = changes
        self._clock = clock
        self._dated: date | None = None
        self._when_lost: Callable[[], None] | None = None
        self._ahead: Ahead | None = None
        self._reading = threading.Lock()
        self.rows_fetched = 0
        self.head = 0
        self._calendar: WorkCalendar | None = None

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
        with collector.at_rest(), self._store.begin() as connection:
            state = sync_state.load(connection)
            applied = feed.apply_page(connection, state, page, self._clock.now())
        self.head = page.head
        self._tell(applied)
        return page.end < page.head

    def fetch_bootstrap(self, key: str, position: int) -> None:
        """One page of the whole scope; the next ones are on their way while it is written."""
        arrived = self._take_page(AskBootstrap(key=key, position=position))
        with self._store.begin() as connection:
            state = sync_state.load(connection)
            if (state.bootstrap_key, state.bootstrapping) != (key, True):
                return  # another thread was faster
            now = self._clock.now()
            self.rows_fetched += len(arrived.page.items)
            applied = feed.apply_bootstrap(connection, state, arrived.page, now, arrived)
            self._calendar = feed.fresh_calendar(connection)
        self._tell(applied)

    def count_kept(self) -> int:
        """How many rows a bootstrap has brought that was broken off and is gone on with."""
        with self._store.read() as connection:
            state = sync_state.load(connection)
            return feed.count_fresh(connection) if state.bootstrap_key else 0

    def fetch_until_level(self, errand: Errand | None = None) -> None:
        """Page after page until the cache is where central is. Raises CancelledError."""
        errand = errand or Errand()
        while True:
            errand.tell(Phase.FETCHING)
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

    def _take_page(self, place: AskBootstrap) -> Arrived:
        """The page that begins here, and the ones after it under way."""
        ahead, self._ahead = self._ahead, None
        arrived, following = None, None
        if ahead is not None and ahead.place == place:
            arrived, following = ahead.wait()
        if arrived is None:
            arrived = self._read(self._ask_bootstrap(place))
        after = place_after(arrived.page)
        if following is None and after is not None:
            following = Ahead(after, self._ask_bootstrap, self._read)
        self._ahead = following.go_on() if following is not None else None
        return arrived

    def _read(self, page: BootstrapPage) -> Arrived:
        """A page as rows; one at a time, for they would only share one core.

        It touches no store, which may be closed by now. A calendar that came since is noticed where
        the page is written.
        """
        with self._reading, collector.at_rest():
            return read_page(page, self._calendar, self._clock.now())

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
