"""Keeping the desk and central level: push before pull, in the background or when asked."""

from __future__ import annotations

import logging
import secrets
import threading
from datetime import datetime, timedelta

import msgspec

from clerk.contract.sync import PULL_WAIT_MOST_S
from clerk.errand import Errand
from clerk.errors import ClerkError, RefusedError, UnreachableError
from clerk.log import write_event, write_failure
from clerk.sync.desk import (
    FetchBootstrap,
    FetchPage,
    Halt,
    SayHello,
    SendCommands,
    next_call,
)
from clerk.sync.digest import Comparison
from services.backoff import delay_s
from services.changes import Changes, Listener
from services.comparing import Comparer
from services.contact import Contact
from services.exchange import Exchange
from services.farewell import Farewell
from services.line import NUMBERS_AHEAD, Line
from services.pulling import Puller
from services.pushing import Pusher
from services.session import Session
from services.timekeeping import ClockFault, Timekeeper
from storage import identity, leases, outbox, sync_state, unread, upgrading
from storage.outbox import OutboxEntry, Status
from storage.store import Store

__all__ = ["Comparison", "OutboxEntry", "Sync", "SyncStatus"]

_JOIN_S = 0.1
_UPGRADE_ASKED_EVERY = timedelta(minutes=10)
_log = logging.getLogger(__name__)


class SyncStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How things stand with central.

    `waiting` commands have no answer yet, the oldest since `oldest`; `refused` ones wait for a
    person. `numbers_left` is how many receipts can be given with the line down. `blocked_for` is
    the login of who must sign in before the outbox goes on, empty where it is not held up.
    `compared_at` is when the cache was last compared with central's digest, `rebuilt_at` when it
    last differed and was fetched anew. `too_new` things from central wait for a newer program.
    `next_try` is when the background tries again by itself, None while nothing keeps it from it.
    `clock` is what is wrong with this machine's.
    """

    online: bool
    waiting: int
    oldest: datetime | None
    refused: int
    last_contact: datetime | None
    error: str = ""
    numbers_left: int = 0
    blocked_for: str = ""
    compared_at: datetime | None = None
    rebuilt_at: datetime | None = None
    too_new: int = 0
    next_try: datetime | None = None
    clock: ClockFault | None = None


class Sync:
    """Drives the protocol of clerk.sync.desk."""

    def __init__(  # noqa: PLR0913, PLR0917 - each collaborator is named
        self,
        store: Store,
        line: Line,
        contact: Contact,
        pusher: Pusher,
        puller: Puller,
        comparer: Comparer,
        farewell: Farewell,
        session: Session,
        changes: Changes,
        clock: Timekeeper,
    ) -> None:
        """Stand still until `run_once` or `start`."""
        self._store = store
        self._line = line
        self._contact = contact
        self._pusher = pusher
        self._puller = puller
        self._comparer = comparer
        self._farewell = farewell
        self._session = session
        self._changes = changes
        self._clock = clock
        self._next_try: datetime | None = None
        self._stopping = threading.Event()
        self._pause = threading.Event()
        self._state = threading.Condition()
        self._wanted = self._served = 0
        self._threads: list[threading.Thread] = []
        self._chance = secrets.SystemRandom().random

    def listen(self, listener: Listener | None) -> None:
        """Tell this one of every change, from whatever thread it came."""
        self._changes.listen(listener)

    def run_once(self, wait_s: int = 0, errand: Errand | None = None) -> None:
        """Greet, push, and pull until level; then wait so long for something to change.

        Raises UnreachableError or RefusedError, and CancelledError: what came stays.
        """
        try:
            self._level(wait_s, self._follow(errand))
        except RefusedError as error:
            if error.code != "desk.hand_over":
                raise
            self._farewell.end()
            self._stopping.set()
            raise RefusedError("desk.ended") from error

    def _level(self, wait_s: int, exchange: Exchange) -> None:
        self._puller.date_anew()
        self._pusher.held = False
        self._ask_after_upgrade()
        if self._clock.was_set:
            self._line.forget_greeting()
        while self._take_step(0 if self._comparer.is_due() else wait_s, exchange):
            self._tell_waiting()
        if self._comparer.is_due():
            compared = self._comparer.compare(exchange.errand)
            while compared is Comparison.DIFFERENT and self._take_step(0, exchange):
                self._tell_waiting()
        self._session.leave_if_gone()
        self._ask_for_numbers()
        self._tell_waiting()

    def fetch_all(self, errand: Errand) -> None:
        """Fetch until level, telling how many rows have come; between two pages it can end.

        Raises CancelledError, UnreachableError or RefusedError; what came is gone on with.
        """
        exchange = self._follow(errand)
        while self._take_step(0, exchange):
            pass

    def start(self) -> None:
        """Keep level from now on, in the background."""
        assert not self._threads, "it runs already"
        self._stopping.clear()
        for body in (self._keep_level, self._push_when_woken):
            thread = threading.Thread(target=body, name=f"clerk-{body.__name__}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Stop the background; what is in flight ends as without an answer, and is repeated."""
        self._stopping.set()
        self.retry_now()
        self.wake()
        for thread in self._threads:
            while thread.is_alive():
                self._line.interrupt()
                thread.join(_JOIN_S)
        self._threads.clear()

    def wake(self) -> None:
        """Something was put into the outbox: push it now."""
        with self._state:
            self._wanted += 1
            self._state.notify_all()

    def retry_now(self) -> None:
        """Do not wait any longer for the next try."""
        self._pause.set()

    def status(self) -> SyncStatus:
        """How things stand."""
        with self._store.read() as connection:
            unanswered = [
                one for one in outbox.pending(connection) if one.status is not Status.ANSWERED
            ]
            refused = len(outbox.refused(connection))
            enrolled = identity.find_enrolled(connection)
            window = enrolled.window_number if enrolled else 0
            left = leases.left(connection, window, self._clock.today()) if window else 0
            too_new = unread.count(connection)
        compared = self._comparer.find_last()
        return SyncStatus(
            online=self._contact.online,
            waiting=len(unanswered),
            oldest=unanswered[0].at if unanswered else None,
            refused=refused,
            last_contact=self._contact.last,
            error=self._contact.error,
            numbers_left=left,
            blocked_for=self._pusher.find_blocker(),
            compared_at=compared.at if compared else None,
            rebuilt_at=compared.rebuilt_at if compared else None,
            too_new=too_new,
            next_try=self._next_try,
            clock=self._clock.find_fault(),
        )

    def outbox(self) -> tuple[OutboxEntry, ...]:
        """Everything in the outbox, refused commands with what was typed too."""
        with self._store.read() as connection:
            return outbox.entries(connection)

    def compare(self, errand: Errand | None = None) -> Comparison:
        """Compare the cache with central's now; where it differs it is fetched anew.

        Raises what `run_once` raises.
        """
        self.run_once(errand=errand)
        compared = self._comparer.compare(errand)
        if compared is Comparison.DIFFERENT:
            self.run_once(errand=errand)
        return compared

    def dismiss(self, n: int) -> None:
        """Forget a refused command that a person has dealt with."""
        with self._store.begin() as connection:
            outbox.dismiss(connection, n)
        self._changes.publish("outbox", "case")

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until there is nothing to send or fetch, or the line is down; whether it came."""
        with self._state:
            return self._state.wait_for(self._is_idle, timeout_s)

    def _follow(self, errand: Errand | None) -> Exchange:
        return Exchange(errand, self._puller, self._comparer)

    def _take_step(self, wait_s: int, exchange: Exchange) -> bool:
        """Make the call that comes next; whether there is another one."""
        with self._store.read() as connection:
            state = sync_state.load(connection)
        state = msgspec.structs.replace(state, greeted=state.greeted and self._line.greeted)
        unsent = () if self._pusher.held else self._pusher.next_batch()
        call = next_call(state, unsent, self._line.most_commands)
        exchange.tell(call)
        match call:
            case SayHello():
                self._line.greet()
            case SendCommands():
                pushed = self._pusher.push_queued(exchange.errand) or self._pusher.held
                if not pushed and self._pusher.next_batch():
                    raise UnreachableError("central.strange")
            case FetchBootstrap(key, position):
                self._puller.fetch_bootstrap(key, position)
            case FetchPage(cursor):
                more = self._puller.fetch_page(cursor, wait_s)
                return more or not self._line.greeted
            case Halt(reason):
                raise RefusedError("desk.halted", reason=reason)
        return True

    def _ask_after_upgrade(self) -> None:
        """What central was too old for waits for a hello that tells that it is not any more."""
        with self._store.read() as connection:
            waiting = upgrading.is_waiting(connection)
        if waiting:
            self._line.greet_anew_after(_UPGRADE_ASKED_EVERY)

    def _ask_for_numbers(self) -> None:
        with self._store.read() as connection:
            window = identity.get_enrolled(connection).window_number
            left = (
                leases.left(connection, window, self._clock.today() + NUMBERS_AHEAD)
                if window
                else 0
            )
        if window:
            self._line.ask_for_numbers(left)

    def _keep_level(self) -> None:
        """The loop of the background; one of the three places that catch everything."""
        failures = 0
        while not self._stopping.is_set():
            error: ClerkError | None = None
            try:
                self.run_once(PULL_WAIT_MOST_S)
            except ClerkError as caught:
                error = caught
                write_event(_log, "sync.failed", code=caught.code)
            except Exception as caught:  # noqa: BLE001 - the loop logs it and goes on
                write_failure(_log, "sync.broken", caught)
                self._contact.note_failure("sync.broken")
            else:
                failures = 0
                continue
            failures += 1
            self._tell_waiting()
            self._rest(delay_s(failures, error, self._chance))

    def _rest(self, delay: float) -> None:
        """Stay away from central for so many seconds, or until somebody asks for a try now."""
        self._next_try = self._clock.now() + timedelta(seconds=delay)
        self._changes.publish("line")
        self._pause.wait(delay)
        self._pause.clear()
        self._next_try = None

    def _push_when_woken(self) -> None:
        """Push what was queued at once, while the other thread waits for news of central."""
        while True:
            with self._state:
                self._state.wait_for(lambda: self._wanted > self._served)
                serving = self._wanted
            if not self._stopping.is_set():
                self._push_calmly()
            with self._state:
                self._served = serving
                self._state.notify_all()
            if self._stopping.is_set():
                return

    def _push_calmly(self) -> None:
        try:
            self._pusher.push_queued()
        except ClerkError as error:
            write_event(_log, "push.failed", code=error.code)
        except Exception as caught:  # noqa: BLE001 - the loop logs it and goes on
            write_failure(_log, "push.broken", caught)

    def _is_idle(self) -> bool:
        if self._threads and self._wanted > self._served:
            return False
        if not self._contact.online:
            return bool(self._contact.error)
        with self._store.read() as connection:
            state = sync_state.load(connection)
            return not outbox.pending(connection) and not state.bootstrapping and state.cursor > 0

    def _tell_waiting(self) -> None:
        with self._state:
            self._state.notify_all()
