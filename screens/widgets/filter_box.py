"""The box over a list: what is typed narrows it; empty, the arrows go to the other lists."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from screens.widgets.line_box import LineBox


class FilterBox(LineBox):
    """Lies over a list of several that stand beside each other."""

    @dataclass
    class Sideways(Message):
        """Left or right was pressed, and there is no text to walk in."""

        way: int

    def __init__(self, hint: str) -> None:
        """Begin empty."""
        super().__init__(id="filter", placeholder=hint, select_on_focus=False)

    def action_cursor_left(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """To the list before, or back in the text."""
        if self.value:
            super().action_cursor_left(select)
        else:
            self.post_message(self.Sideways(-1))

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """To the next list, or on in the text."""
        if self.value:
            super().action_cursor_right(select)
        else:
            self.post_message(self.Sideways(1))
