"""A command that takes a while tells a terminal how far it is, and Ctrl+C calls it off."""

from __future__ import annotations

import io
import os
import pty
import signal

import pytest

from clerk.errand import Phase
from clerk.errors import CancelledError
from clerk.watched import watched


def test_a_terminal_is_told_and_its_line_is_free_at_the_end() -> None:
    reader, writer = pty.openpty()
    with os.fdopen(writer, "w") as terminal:
        with watched(terminal) as errand:
            errand.tell(Phase.WRITING, 30, 100)
            told = ""
            while "30 of 100" not in told:
                told += os.read(reader, 1024).decode()
        assert os.read(reader, 1024).decode().endswith("\r\x1b[K")
    os.close(reader)


def test_a_log_has_a_line_now_and_then_and_none_of_what_is_done_before_it() -> None:
    log = io.StringIO()
    with watched(log) as errand:
        errand.tell(Phase.WRITING, 30, 100)
    assert not log.getvalue()
    reader, writer = os.pipe()
    with (
        os.fdopen(reader) as read,
        os.fdopen(writer, "w") as out,
        watched(out, logged_every_s=0) as errand,
    ):
        errand.tell(Phase.COPYING, 30, 90)
        assert read.readline() == "Copying · 33 %\n"


def test_an_interrupt_calls_it_off_until_it_is_past_its_last_question() -> None:
    before, reached = signal.getsignal(signal.SIGINT), list[str]()

    def work(*, sure: bool) -> None:
        with watched(io.StringIO()) as errand:
            if sure:
                errand.make_sure()
            signal.raise_signal(signal.SIGINT)
            reached.append("sure" if sure else "called off")

    with pytest.raises(CancelledError):
        work(sure=False)
    work(sure=True)
    assert reached == ["sure"]
    assert signal.getsignal(signal.SIGINT) is before
