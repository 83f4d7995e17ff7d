"""A text that costs nothing where it stays as it is."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from screens.widgets.drawing import draw_anew


class Told(Static):
    """A text that is drawn anew only when it changed: a key must not lay the screen out twice."""

    DEFAULT_CSS = """
    Told { height: auto; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__("", id=id, classes=classes, markup=False)
        self._told = Content("")

    def tell(self, text: Content | str) -> None:
        """Show this."""
        told = Content(text) if isinstance(text, str) else text
        if (told.plain, told.spans) != (self._told.plain, self._told.spans):
            self._told = told
            self.update(told, layout=False)
            draw_anew(self)
