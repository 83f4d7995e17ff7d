"""A command that takes a while: it tells how far it is, and Ctrl+C is the way out of it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import TextIO

from clerk.errand import Errand
from clerk.errors import CancelledError
from clerk.locale.progress import tell_progress

_TOLD_EVERY_S = 0.5
_LOGGED_EVERY_S = 10.0
"""A file or a mail needs fewer lines than a terminal, and none of what is done sooner."""

_AFRESH = "\r\x1b[K"


@contextmanager
def watched(
    stream: TextIO | None = None,
    *,
    cancelled: str = "errand.cancelled",
    logged_every_s: float = _LOGGED_EVERY_S,
) -> Iterator[Errand]:
    """An errand for the work within, told of on the stream of the errors unless it is another.

    A terminal has one line that is written anew, anything else a line now and then. Ctrl+C calls
    it off at once, wherever it is; past its last question it happens all the same. Raises
    CancelledError with the code `cancelled`, which says what stands.
    """
    errand, out = Errand(), stream or sys.stderr
    try:
        with _heeding_interrupts(errand), _telling(errand, out, logged_every_s):
            yield errand
    except (CancelledError, KeyboardInterrupt):
        raise CancelledError(cancelled) from None


@contextmanager
def _heeding_interrupts(errand: Errand) -> Iterator[None]:
    """Only the main thread hears them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def call_off(_signal: int, _frame: FrameType | None) -> None:
        if errand.cancel():
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, call_off)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _telling(errand: Errand, out: TextIO, logged_every_s: float) -> Iterator[None]:
    ended = threading.Event()
    tell = _tell_terminal if out.isatty() else partial(_tell_log, every_s=logged_every_s)
    teller = threading.Thread(target=tell, args=(errand, out, ended), daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _tell_terminal(errand: Errand, out: TextIO, ended: threading.Event) -> None:
    """What is done before the first look is told nothing of; at the end the line is free again."""
    told = False
    # A terminal that goes away meanwhile is no reason to leave the work.
    with suppress(OSError):
        for words in _look(errand, ended, _TOLD_EVERY_S):
            out.write(_AFRESH + words)
            out.flush()
            told = True
        if told:
            out.write(_AFRESH)
            out.flush()


def _tell_log(errand: Errand, out: TextIO, ended: threading.Event, *, every_s: float) -> None:
    with suppress(OSError):
        for words in _look(errand, ended, every_s):
            out.write(words + "\n")
            out.flush()


def _look(errand: Errand, ended: threading.Event, every_s: float) -> Iterator[str]:
    """In words how far it is, again and again until it ends."""
    phase, since, told_at = errand.progress.phase, time.monotonic(), time.monotonic()
    while not ended.wait(_TOLD_EVERY_S):
        progress, now = errand.progress, time.monotonic()
        if progress.phase is not phase:
            phase, since = progress.phase, now
        if now - told_at >= every_s:
            told_at = now
            yield tell_progress(progress, now - since)
