"""Drawing a widget anew without laying out the screen around it."""

from __future__ import annotations

from textual.widget import Widget


def draw_anew(widget: Widget) -> None:
    """Draw it anew; the screen is laid out where it takes other room than it has, and only then."""
    widget.refresh(layout=not _fits(widget))


def _fits(widget: Widget) -> bool:
    styles, room = widget.styles, widget.content_size
    if not styles.auto_dimensions:
        return True
    if not room.width or (styles.width is not None and styles.width.is_auto):
        return False
    widget.clear_cached_dimensions()
    return widget.get_content_height(widget.container_size, widget.app.size, room.width) == (
        room.height
    )
