"""Keys as a terminal sends them, when some of it is no text."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.driver import Driver


@dataclass
class Garbled(Message):
    """The terminal sent bytes that are no UTF-8, such as a scanner that speaks GB18030."""


def forgive(driver: type[Driver]) -> type[Driver]:
    """The driver of this platform; one that reads bytes goes on after those that are no text.

    Textual's own ends the program, and what was not kept yet would be gone.
    """
    if sys.platform == "win32":
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    class ForgivingDriver(LinuxDriver):
        """Drops what cannot be read, and tells of it."""

        def run_input_thread(self) -> None:
            """Read until the end, begun again after each failure."""
            while not self.exit_event.is_set():
                try:
                    super().run_input_thread()
                except UnicodeDecodeError:
                    self._app.post_message(Garbled())

    return ForgivingDriver if driver is LinuxDriver else driver
