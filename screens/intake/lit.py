"""What somebody works in is lit: the frame of its part, its label, its question.

Textual's own `:focus-within` styles the whole part anew, with all that is in it, at every Tab.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.widget import Widget


@runtime_checkable
class Lamp(Protocol):
    """A widget that shows when somebody works in it."""

    def light(self, *, lit: bool) -> None:
        """Show that somebody does, or no longer does."""


def light(widget: Widget, *, lit: bool) -> None:
    """Light a widget or put it out; what is in it looks the same, and is not styled anew."""
    if widget.has_class("lit") is not lit:
        widget.set_class(lit, "lit", update=False)
        widget.app.stylesheet.update_nodes([widget])


def follow(before: Widget | None, now: Widget | None) -> None:
    """The focus went from here to there: put out what it left, light what it came to."""
    left, entered = _lamps(before), _lamps(now)
    for lamp in left:
        if lamp not in entered:
            lamp.light(lit=False)
    for lamp in entered:
        if lamp not in left:
            lamp.light(lit=True)


def _lamps(widget: Widget | None) -> list[Lamp]:
    return [one for one in widget.ancestors if isinstance(one, Lamp)] if widget else []
