"""A line that names keys; a click on one of them is the key."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.widget import Widget
from textual.widgets import Static

from clerk.locale import _
from screens.widgets.pointing import place_at, placed

_BETWEEN = " · "


class Hint(Static):
    """Shown under what is asked. Its parts stand in the order of the keys, in every language."""

    def __init__(
        self,
        text: str,
        *keys: str,
        of: Widget | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = "dialog-hint",
    ) -> None:
        """Name these keys; an empty one is not for the mouse. They are pressed in `of`, if told."""
        parts = text.split(_BETWEEN)
        assert len(parts) == len(keys), f"a key for each part: {text}"
        drawn = [placed(Content(part), place) for place, part in enumerate(parts)]
        super().__init__(Content(_BETWEEN).join(drawn), id=id, classes=classes)
        self._keys = keys
        self._of = of
        if any(keys):
            self.tooltip = _("A click is the key.")

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        place = place_at(event)
        if place is None or not self._keys[place]:
            return
        event.stop()
        if self._of is not None:
            self._of.focus()
        self.app.simulate_key(self._keys[place])
