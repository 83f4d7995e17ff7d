"""Keys as a terminal sends them, when some of it is no text."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.driver import Driver


class Garbled(Message):
    """The terminal sent bytes that are no UTF-8, such as a scanner that speaks GB18030."""


_HUNG_UP_EVERY_MS = 1000
_LEAVE_S = 3.0


def forgive(driver: type[Driver]) -> type[Driver]:
    """The driver of this platform, which goes on after bytes that are no text.

    Textual's own ends the program, and what was not kept yet would be gone. It does not end with
    its terminal either, where a program between the two keeps the signal to itself, as make does.
    """
    if sys.platform == "win32":
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    class ForgivingDriver(LinuxDriver):
        """Drops what cannot be read, and tells of it; ends with its terminal."""

        def start_application_mode(self) -> None:
            """Watch the terminal from now on, too."""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            name = "clerk-terminal"
            threading.Thread(target=self._watch, name=name, daemon=True).start()

        def _watch(self) -> None:
            waiting = select.poll()
            waiting.register(self.fileno, 0)  # only its end
            while not self.exit_event.is_set():
                if waiting.poll(_HUNG_UP_EVERY_MS):
                    _end_with_terminal()

        def run_input_thread(self) -> None:
            """Read until the end, begun again after each failure."""
            while not self.exit_event.is_set():
                try:
                    super().run_input_thread()
                except UnicodeDecodeError:
                    self._app.post_message(Garbled())

    return ForgivingDriver if driver is LinuxDriver else driver


def _end_with_terminal() -> None:
    """As the signal of a terminal that is gone does: what was typed is kept already."""
    if sys.platform == "win32":
        return  # there a console that closes ends its programs itself
    os.kill(os.getpid(), signal.SIGHUP)
    time.sleep(_LEAVE_S)
    os._exit(128 + signal.SIGHUP)  # whoever started this had the signal ignored
