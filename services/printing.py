"""The print queue of a seat: papers wait in the desk's store until a printer has taken them.

They outlast a restart. One thread prints, one job after the other; a printer that is off fails its
job with its own words, and the job is tried again when somebody says so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec

from clerk.clock import Clock
from clerk.contract.printing import Outlet, PrintJob, PrintState, Reprint, Sheet
from clerk.decoding import decode
from clerk.errors import ClerkError, InputError, StoreError
from clerk.log import write_event
from services.changes import Changes
from services.printers import print_sheets
from storage import meta, prints
from storage.store import Store

_log = logging.getLogger(__name__)

_OUTLET = "printing.outlet"
_SINCE = "printing.since"
_KEPT = timedelta(days=7)
_MOST = 200
_END_S = 10.0
Printing = Callable[[Sequence[Sheet], Outlet], None]


class PrintQueue:
    """Takes papers in and brings them out; a job is waiting, printing, printed, failed, cancelled.

    Its papers lie in the store until they are printed or cancelled, and are gone then.
    """

    def __init__(
        self, store: Store, changes: Changes, clock: Clock, *, printing: Printing = print_sheets
    ) -> None:
        """Take up what an earlier run left; what it was cut off at may be on paper or not."""
        self._store = store
        self._changes = changes
        self._clock = clock
        self._printing = printing
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = False
        self._gathered: threading.local = threading.local()
        self._take_up()

    @property
    def outlet(self) -> Outlet:
        """Where this seat prints."""
        with self._store.read() as connection:
            kept = meta.get(connection, _OUTLET)
        return decode(kept, Outlet) if kept else Outlet()

    @property
    def since(self) -> datetime:
        """Since when this desk records what it prints."""
        with self._store.read() as connection:
            kept = meta.get(connection, _SINCE)
        return datetime.fromisoformat(kept.decode()) if kept else self._clock.now()

    def settle(self, outlet: Outlet) -> None:
        """Print there from now on, beginning with what waits.

        Raises InputError `print.folder` for a folder that is not there.
        """
        if outlet.folder and not Path(outlet.folder).is_dir():
            raise InputError("print.folder", path=outlet.folder)
        with self._store.begin() as connection:
            meta.put(connection, _OUTLET, msgspec.json.encode(outlet))
        self.go_on()

    def add(self, sheets: Sequence[Sheet], by: str) -> int:
        """Put papers into the queue as one job; they are printed in the background."""
        with self._store.begin() as connection:
            n = prints.add(connection, sheets, by, self._clock.now())
        self._tell()
        self.go_on()
        return n

    def offer(self, sheet: Sheet, by: str) -> None:
        """Print a paper that an act gave, where this seat prints by itself."""
        gathered: list[Sheet] | None = getattr(self._gathered, "sheets", None)
        if not self.outlet.name:
            return
        if gathered is not None:
            gathered.append(sheet)
        else:
            self.add([sheet], by)

    @contextmanager
    def gathering(self, by: str) -> Iterator[None]:
        """What this thread offers meanwhile becomes one job, also where it comes to a bad end.

        What was made is recorded as printed: it must not lie in no queue.
        """
        gathered: list[Sheet] = []
        self._gathered.sheets = gathered
        try:
            yield
        finally:
            del self._gathered.sheets
            if gathered:
                self.add(gathered, by)

    def jobs(self) -> tuple[PrintJob, ...]:
        """The newest jobs, newest first."""
        with self._store.read() as connection:
            return prints.newest(connection, _MOST)

    def cancel(self, n: int) -> None:
        """Take a job out. Raises InputError `print.not_there` where it is printed or printing."""
        self._move_or_say(n, (PrintState.WAITING, PrintState.FAILED), PrintState.CANCELLED)

    def retry(self, n: int) -> None:
        """Print a failed job once more. Raises InputError `print.not_there` for any other."""
        self._move_or_say(n, (PrintState.FAILED,), PrintState.WAITING)
        self.go_on()

    def record_first(self, paper: str, by: str) -> None:
        """Record that a paper is printed; printed before, it is known already."""
        with self._store.begin() as connection:
            prints.record_first(connection, paper, self._clock.now(), by)

    def next_reprint(self, paper: str, by: str, known: int = 0) -> Reprint:
        """Which reprint of a paper comes now; `known` are the reprints that central knows of."""
        with self._store.begin() as connection:
            nth = prints.next_reprint(connection, paper, known)
        return Reprint(paper=paper, nth=nth, at=self._clock.now(), by=by)

    def record_reprint(self, reprint: Reprint) -> None:
        """Record that a paper is printed once more."""
        with self._store.begin() as connection:
            prints.record_reprint(connection, reprint)

    def reprints(self) -> tuple[Reprint, ...]:
        """What was printed once more here, newest first."""
        with self._store.read() as connection:
            return prints.reprints(connection, _MOST)

    def holding(self) -> tuple[tuple[int, str], ...]:
        """Each job that still has papers, with the name of each of them."""
        with self._store.read() as connection:
            return prints.find_holding(connection)

    def forget(self, numbers: Collection[int]) -> None:
        """Cancel jobs whose papers this desk may not keep any more."""
        with self._store.begin() as connection:
            for n in numbers:
                states = (PrintState.WAITING, PrintState.FAILED)
                prints.move(connection, n, states, PrintState.CANCELLED, self._clock.now())

    def go_on(self) -> None:
        """Print what waits, in the background, where it is settled where."""
        with self._turn:
            if self._thread is None and not self._ended and self.outlet.name:
                self._thread = threading.Thread(target=self._run, name="clerk-print", daemon=True)
                self._thread.start()

    def print_next(self) -> bool:
        """Print the job whose turn it is; whether there was one."""
        outlet, now = self.outlet, self._clock.now()
        with self._store.begin() as connection:
            job = prints.find_waiting(connection) if outlet.name else None
            if job is None:
                return False
            waiting = (PrintState.WAITING,)
            move = partial(prints.move, connection, job.n, waiting, PrintState.PRINTING, now)
            move(outlet=outlet.name)
            sheets = prints.sheets(connection, job.n)
        self._tell()
        state, reason = PrintState.PRINTED, ""
        try:
            self._printing(sheets, outlet)
        except (ClerkError, OSError) as error:
            state, reason = PrintState.FAILED, _reason(error)
            write_event(_log, "print.failed", job=job.n, why=type(error).__name__)
        with self._store.begin() as connection:
            printing = (PrintState.PRINTING,)
            prints.move(connection, job.n, printing, state, self._clock.now(), reason=reason)
        self._tell()
        return True

    def wait(self) -> None:
        """Until nothing is being printed."""
        with self._turn:
            thread = self._thread
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """Begin no other job, and let the one at the printer end."""
        with self._turn:
            self._ended = True
            thread = self._thread
        if thread is not None:
            thread.join(_END_S)

    def _run(self) -> None:
        """The loop of the background; it ends with the queue."""
        try:
            while not self._is_done():
                self.print_next()
        except StoreError as error:
            write_event(_log, "print.ended", code=error.code)

    def _is_done(self) -> bool:
        """Whether nothing waits; what comes after this finds no thread, and begins another."""
        with self._turn:
            with self._store.read() as connection:
                waits = prints.find_waiting(connection) is not None
            done = self._ended or not waits or not self.outlet.name
            if done:
                self._thread = None
            return done

    def _take_up(self) -> None:
        now = self._clock.now()
        with self._store.begin() as connection:
            if meta.get(connection, _SINCE) is None:
                meta.put(connection, _SINCE, now.isoformat().encode())
            prints.purge(connection, now - _KEPT)
            for n in prints.find_interrupted(connection):
                printing = (PrintState.PRINTING,)
                prints.move(connection, n, printing, PrintState.FAILED, now, reason=INTERRUPTED)

    def _move_or_say(self, n: int, before: Sequence[PrintState], to: PrintState) -> None:
        with self._store.begin() as connection:
            moved = prints.move(connection, n, before, to, self._clock.now())
        if not moved:
            raise InputError("print.not_there", n=n)
        self._tell()

    def _tell(self) -> None:
        self._changes.publish("printing")


def _reason(error: ClerkError | OSError) -> str:
    """The printer's own words, or the program that is not there."""
    if isinstance(error, ClerkError):
        return str(error.parameters.get("reason") or error.parameters.get("program", ""))
    return error.strerror or type(error).__name__


INTERRUPTED = "interrupted"
"""Why a job failed that was at the printer when the desk was cut off; words are at the edge."""
