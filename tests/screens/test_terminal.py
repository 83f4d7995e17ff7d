"""The terminal that a desk runs in: when it is closed, the desk ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

_LEADER = """
import fcntl, signal, subprocess, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, {handler})
sys.exit(subprocess.run([sys.executable, "-m", "tests.support.lone_window"]).returncode % 256)
"""
"""Between the terminal and the window, as make is: it keeps the signal to itself."""


@pytest.mark.skipif(os.name == "nt", reason="Windows closes its programs with the window")
@pytest.mark.parametrize(
    ("handler", "ended"), [("lambda *_: None", 255), ("signal.SIG_IGN", 129)], ids=["kept", "nohup"]
)
def test_the_desk_ends_with_its_terminal(handler: str, ended: int) -> None:
    here, there = os.openpty()
    leader = subprocess.Popen(
        [sys.executable, "-c", _LEADER.format(handler=handler)],
        cwd=ROOT,
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(there)
    shown = b""
    while b"ready" not in shown:
        shown += os.read(here, 4096)
    os.close(here)
    assert leader.wait(timeout=60) == ended
