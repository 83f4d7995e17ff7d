"""Waking the desks that wait in a long poll, after the commit that changed something for them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Waiter:
    """One desk's wait. It holds neither a thread nor a connection."""

    def __init__(self) -> None:
        """Wait for everything, until `audiences` says for whom; made inside the event loop."""
        self.audiences: frozenset[str] | None = None
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def rest(self) -> None:
        """Forget earlier wakings; done before looking, so that none in between is missed."""
        self._event.clear()

    async def wait(self, timeout_s: float) -> bool:
        """Wait for a waking; false if none came."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._event.wait()
        except TimeoutError:
            return False
        return True

    def wake(self) -> None:
        """Wake from any thread; a loop that has ended has nobody to wake."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)


class Wakeups:
    """All desks that wait at this process."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._waiters: set[Waiter] = set()
        self._lock = threading.Lock()
        self.closed = False

    @contextmanager
    def listen(self) -> Iterator[Waiter]:
        """Be among those who are woken: from before a page is read, so that none is missed."""
        waiter = Waiter()
        with self._lock:
            self._waiters.add(waiter)
        try:
            yield waiter
        finally:
            with self._lock:
                self._waiters.discard(waiter)

    def wake(self, audiences: frozenset[str]) -> None:
        """Wake those who wait for any of these audiences."""
        for waiter in self._present():
            if waiter.audiences is None or waiter.audiences & audiences:
                waiter.wake()

    def wake_all(self) -> None:
        """Wake everybody: another process has changed something, and they look for themselves."""
        for waiter in self._present():
            waiter.wake()

    def wake_some(self, audiences: frozenset[str] | None) -> None:
        """Wake those who wait for any of these audiences; without any named, everybody."""
        if audiences is None:
            self.wake_all()
        else:
            self.wake(audiences)

    def open(self) -> None:
        """Let desks wait, again if it was closed."""
        self.closed = False

    def close(self) -> None:
        """Let nobody wait any more, so that the program can end."""
        self.closed = True
        self.wake_all()

    def __len__(self) -> int:
        return len(self._waiters)

    def _present(self) -> list[Waiter]:
        with self._lock:
            return list(self._waiters)
