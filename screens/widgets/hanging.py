"""Lines with something short in front: what is too long goes on under its text, not under that."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from screens.widgets.pointing import placed


class Hanging(Widget):
    """Shows lines whose first column stays apart; a click tells which of them it was on."""

    DEFAULT_CSS = """
    Hanging { height: auto; }
    """

    def __init__(self, lines: Sequence[Content], indent: int, *, id: str) -> None:  # noqa: A002 - Textual's own word
        """Show these; the first column is so many cells wide, with the room behind it."""
        super().__init__(id=id)
        self._hung = tuple(lines)
        self._indent = indent

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as they need."""
        return max(1, len(self._set(width)))

    def render(self) -> Content:
        """All of them, in their lines."""
        return Content("\n").join(self._set(self.content_size.width))

    def _set(self, width: int) -> list[Content]:
        room = max(1, width - self._indent)
        return [
            placed(line, place)
            for place, one in enumerate(self._hung)
            for line in hang(one, self._indent, room)
        ]


def hang(line: Content, indent: int, room: int) -> list[Content]:
    """A line in as many as it takes, the first `indent` characters in a column of their own."""
    head, text = line.divide([indent])
    first, *others = text.wrap(room)
    space = Content(" " * indent)
    return [head + first, *(space + one for one in others)]
