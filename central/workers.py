"""The threads that transactions run in: so many at once, so many waiting, and no more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from clerk.errors import UnreachableError

T = TypeVar("T")

THREADS = 16
MOST_WAITING = 256


class Workers:
    """Runs blocking work beside the event loop and refuses what would only wait."""

    def __init__(self, threads: int = THREADS, most_waiting: int = MOST_WAITING) -> None:
        """Take the sizes; threads start as they are needed."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="central")
        self._most = threads + most_waiting
        self.busy = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Do this in a thread. Raises UnreachableError `central.busy` where too much waits."""
        if self.busy >= self._most:
            raise UnreachableError("central.busy")
        self.busy += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self.busy -= 1

    def close(self) -> None:
        """Finish what was begun and end the threads."""
        self._pool.shutdown(wait=True)
