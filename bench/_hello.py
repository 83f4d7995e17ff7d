"""The smallest Textual program: what every other one is measured against."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Says one thing."""

    def compose(self) -> ComposeResult:
        """The words."""
        yield Static("Hello, world")


if __name__ == "__main__":
    Hello().run()
