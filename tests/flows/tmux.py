"""A real terminal: the program runs in tmux, keys go in, and what the pane shows is read."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

_UNTIL_S = 90.0
_PACE_S = 0.05
"""How often another program's screen is looked at: nobody tells when it changes."""


_OF_THIS_TERMINAL = {"COLUMNS", "LINES", "TMUX"}
"""What tells of the terminal that the tests run in: a program would believe it of its own."""


class Terminal:
    """One pane of a tmux server of its own. What is waited for is looked for again and again."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Nothing runs yet; the server's socket and its surroundings are this folder's."""
        self._socket = folder / "tmux"
        self._environment = {
            name: text for name, text in environment.items() if name not in _OF_THIS_TERMINAL
        }

    def run(self, *command: str, width: int = 120, height: int = 40) -> None:
        """Start a program in the pane; the pane stays when it ends."""
        self._tmux(
            *("-u", "-f", os.devnull, "new-session", "-d", "-s", "seat"),
            *("-x", str(width), "-y", str(height)),
            *command,
        )
        self._tmux("set-option", "-t", "seat", "remain-on-exit", "on")

    def press(self, *keys: str) -> None:
        """Press keys by their names in tmux, such as Enter, F2 or C-r."""
        self._tmux("send-keys", "-t", "seat", *keys)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._tmux("send-keys", "-t", "seat", "-l", text)

    def resize(self, width: int, height: int) -> None:
        """Make the window larger or smaller, as a person does with the mouse."""
        self._tmux("resize-window", "-t", "seat", "-x", str(width), "-y", str(height))

    def read(self) -> str:
        """What the pane shows."""
        return self._tmux("capture-pane", "-p", "-t", "seat")

    def press_and_look(self, key: str) -> None:
        """Press a key and wait until the screen is another one, if only by its colours."""
        before = self._tmux("capture-pane", "-e", "-p", "-t", "seat")
        self.press(key)
        self._wait(lambda: self._tmux("capture-pane", "-e", "-p", "-t", "seat") != before, key)

    def wait_for(self, text: str) -> str:
        """The screen that shows a text; that it never comes fails the test."""
        self._wait(lambda: text in self.read(), text)
        return self.read()

    def wait_until_gone(self, text: str) -> None:
        """Wait until the screen does not show a text any more."""
        self._wait(lambda: text not in self.read(), text)

    @property
    def pid(self) -> int:
        """The process in the pane."""
        return int(self._tmux("display-message", "-p", "-t", "seat", "#{pane_pid}"))

    def kill_program(self) -> None:
        """End the program in the pane as a power cut would."""
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        self._wait(partial(_is_dead, pid), "the end of the program")

    def run_again(self) -> None:
        """Start the program in the pane once more."""
        self._tmux("respawn-pane", "-k", "-t", "seat")

    def close(self) -> None:
        """End the server, and with it what runs in the pane."""
        self._tmux("kill-server")

    def _wait(self, is_there: Callable[[], bool], what: str) -> None:
        until, pace = time.monotonic() + _UNTIL_S, threading.Event()
        while not is_there():
            assert time.monotonic() < until, f"waited in vain for {what!r}:\n{self.read()}"
            pace.wait(_PACE_S)

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), *arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout


def children_of(pid: int) -> list[int]:
    """The processes that a process started, as Linux lists them."""
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


def _is_dead(pid: int) -> bool:
    """Whether a process is gone, or only waits for tmux to take notice."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1]
    except OSError:
        return True
    return state == "Z"
