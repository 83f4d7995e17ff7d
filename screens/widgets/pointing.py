"""What lies under the mouse: a text knows which of its parts is which, wherever it is drawn."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.style import Style

_PLACE = "place"


def placed(content: Content, place: int) -> Content:
    """The same text, as the part of this place."""
    return content.stylize(Style.from_meta({_PLACE: place}))


def place_at(event: Click) -> int | None:
    """Which part was clicked, or none."""
    place = event.style.meta.get(_PLACE)
    return place if isinstance(place, int) else None
