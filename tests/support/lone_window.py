"""A window with the driver of the desk, in a terminal that somebody closes.

Run as `python -m tests.support.lone_window`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.widgets import Label

from screens.terminal import forgive

if TYPE_CHECKING:
    from textual.driver import Driver


class LoneWindow(App[None]):
    """Says one word."""

    def get_driver_class(self) -> type[Driver]:
        """The desk's own."""
        return forgive(super().get_driver_class())

    def compose(self) -> ComposeResult:
        """The word that the test waits for."""
        yield Label("ready")


if __name__ == "__main__":
    LoneWindow().run()
