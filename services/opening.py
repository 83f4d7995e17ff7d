"""A desk on its way: its services load and its store opens while the window is there already.

Whoever asks for the desk before that waits, which only threads do; the window asks `is_open`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.bootstrap import Desk


class Opening:
    """Opens a desk in a thread of its own, once it is told to begin."""

    def __init__(self, open_it: Callable[[], Desk]) -> None:
        """Open it by this."""
        self._open_it = open_it
        self._desk: Desk | None = None
        self._problem: BaseException | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @classmethod
    def of(cls, desk: Desk) -> Opening:
        """One that is open."""
        opening = cls(lambda: desk)
        opening._run(lambda: None)
        return opening

    @property
    def is_open(self) -> bool:
        """Whether the desk is there."""
        return self._desk is not None

    def begin(self, then: Callable[[], None]) -> None:
        """Open it, if nobody began yet, and call `then` from that thread, however it went."""
        if self._thread is None and not self._ended.is_set():
            self._thread = threading.Thread(target=self._run, args=[then], name="clerk-opening")
            self._thread.start()

    def get(self) -> Desk:
        """The desk, waited for. Raises what opening it raised."""
        self._ended.wait()
        self.raise_problem()
        assert self._desk is not None, "it ended well"
        return self._desk

    def raise_problem(self) -> None:
        """Raise what opening it raised, if it did."""
        if self._problem is not None:
            raise self._problem

    def close(self) -> None:
        """Close the desk, where one was opened; one that is just being opened is waited for."""
        if self._thread is not None:
            self._thread.join()
        if self._desk is not None:
            self._desk.close()

    def _run(self, then: Callable[[], None]) -> None:
        try:
            self._desk = self._open_it()
        except BaseException as problem:  # noqa: BLE001 - whoever waits is told it, in their own thread
            self._problem = problem
        self._ended.set()
        then()
