"""Transactions of several workers side by side: locks, waiting, and death at a commit.

A transaction is a generator. It yields a lock that it wants, or a time to let others go on; what
it changes it changes in one go between two points, at either of which its process may die.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import NoReturn

from tests.sim.engine import CrashedError, Engine


class Transaction:
    """Who holds a lock."""

    __slots__ = ("held",)

    def __init__(self) -> None:
        self.held: list[object] = []


Want = int | tuple[Transaction, object]
Process = Generator[Want, None, None]


class Machine:
    """A machine that runs transactions until it crashes; locks and waiters die with it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.up = True
        self.boot = 0
        self.crash_in = 0
        self._locks: dict[object, Transaction] = {}
        self._waiting: dict[object, list[tuple[Process, Transaction]]] = {}

    def spawn(self, process: Process) -> None:
        """Begin a process."""
        self._go_on(self.boot, process)

    def release(self, transaction: Transaction) -> None:
        """End a transaction; whoever waits for its locks gets them."""
        for key in transaction.held:
            waiting = self._waiting.get(key)
            if waiting:
                process, following = waiting.pop(0)
                self._locks[key] = following
                following.held.append(key)
                self.engine.at(0, self._go_on, self.boot, process)
            else:
                del self._locks[key]
        transaction.held = []

    def point(self) -> None:
        """A moment at which the machine may die; what was changed before it is on the disk."""
        if self.crash_in:
            self.crash_in -= 1
            if not self.crash_in:
                self.die()

    def die(self) -> NoReturn:
        """Stop at once and forget all that was not committed."""
        self.stop()
        raise CrashedError

    def stop(self) -> None:
        """What a crash does to a machine; its kind adds what it loses."""
        self.up = False
        self.crash_in = 0
        self.boot += 1
        self._locks.clear()
        self._waiting.clear()

    def _go_on(self, boot: int, process: Process) -> None:
        if boot != self.boot:
            return
        for want in process:
            if isinstance(want, int):
                self.engine.at(want, self._go_on, boot, process)
                return
            transaction, key = want
            holder = self._locks.get(key)
            if holder is None:
                self._locks[key] = transaction
                transaction.held.append(key)
            elif holder is not transaction:
                self._waiting.setdefault(key, []).append((process, transaction))
                return
