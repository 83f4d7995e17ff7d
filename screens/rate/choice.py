"""One line that an applicant takes with its key or a click."""

from __future__ import annotations

from dataclasses import dataclass

from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from clerk.locale import _


class Choice(Static):
    """A key and what it stands for; taken, it says so by a mark and not by colour alone."""

    taken: reactive[bool] = reactive(default=False)

    @dataclass
    class Picked(Message):
        """It was clicked."""

        key: str

    def __init__(self, key: str, *, big: bool = False) -> None:
        """Take this key; `big` stands in a frame of its own."""
        super().__init__(markup=False, classes="big" if big else None)
        self.key = key
        self.says = ""
        self.tooltip = _("A click is the key.")

    def say(self, text: str) -> None:
        """Stand for this."""
        self.says = text
        self._write()

    def watch_taken(self) -> None:
        """Show whether it is taken."""
        self.set_class(self.taken, "-taken")
        self._write()

    def on_click(self, event: Click) -> None:
        """A click is as good as the key."""
        event.stop()
        self.post_message(self.Picked(self.key))

    def _write(self) -> None:
        mark = "✓" if self.taken else " "
        self.update(f" {self.key.upper()} {mark} {self.says}")
