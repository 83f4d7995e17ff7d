"""The line above everything that says that this is a practice: nobody takes it for the office."""

from __future__ import annotations

from textual.widgets import Static

from clerk.locale import _


class PracticeLine(Static):
    """Stands above every screen of a practice desk, in both languages at all times."""

    DEFAULT_CLASSES = "-textual-system"  # stays when a screen is drawn anew
    DEFAULT_CSS = """
    PracticeLine {
        split: top;
        height: 1;
        text-align: center;
        text-style: bold reverse;
        color: $warning;
        background: $background;
    }
    """

    def render(self) -> str:
        """Both words, and what it means in the language spoken now."""
        told = _("invented people; nothing here reaches the office")
        return f"练习 PRACTICE · {told}"
