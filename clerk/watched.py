"""A command that takes a while: a terminal shows how far it is, and Ctrl+C is the way out of it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

from clerk.errand import CancelledError, Errand
from clerk.locale.progress import tell_progress

_TOLD_EVERY_S = 0.5
_AFRESH = "\r\x1b[K"


@contextmanager
def watched(stream: TextIO | None = None) -> Iterator[Errand]:
    """An errand for the work within; only a terminal is told, by default that of the errors.

    Ctrl+C calls it off at once, wherever it is; past its last question it happens all the same.
    Raises CancelledError.
    """
    errand, out = Errand(), stream or sys.stderr
    with _heeding_interrupts(errand), _telling(errand, out):
        yield errand


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
    except KeyboardInterrupt:
        raise CancelledError from None
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _telling(errand: Errand, out: TextIO) -> Iterator[None]:
    if not out.isatty():
        yield
        return
    ended = threading.Event()
    teller = threading.Thread(target=_tell, args=(errand, out, ended), daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _tell(errand: Errand, out: TextIO, ended: threading.Event) -> None:
    """What is done before the first look is told nothing of; at the end the line is free again."""
    phase, since = errand.progress.phase, time.monotonic()
    told = False
    # A terminal that goes away meanwhile is no reason to leave the work.
    with suppress(OSError):
        while not ended.wait(_TOLD_EVERY_S):
            progress = errand.progress
            if progress.phase is not phase:
                phase, since = progress.phase, time.monotonic()
            out.write(_AFRESH + tell_progress(progress, time.monotonic() - since))
            out.flush()
            told = True
        if told:
            out.write(_AFRESH)
            out.flush()
