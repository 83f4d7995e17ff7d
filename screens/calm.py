"""What all screens and dialogs share: they draw and style what changes, and that once."""

from __future__ import annotations

from textual.events import ScreenResume
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


class CalmScreen(Screen[ScreenResultType]):
    """Textual draws a screen whole with each focus, and styles a new one three times."""

    # Two widgets change with the focus, and draw themselves; the others need not.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _was_in_front = False

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Know how wide the terminal is before anything is styled, not after."""
        super()._extend_compose(widgets)
        steps = self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS or []
        wide = self._get_breakpoint_classes(self.app.size.width, steps)
        before = self.classes
        self.update_classes({name: name in wide for _width, name in steps}, update=False)
        if self.classes != before:
            self.app.stylesheet.update_nodes([self])

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """A screen that is new has its styles; one that comes back may have others by now."""
        event.refresh_styles = event.refresh_styles and self._was_in_front
        self._was_in_front = True

    def _compositor_refresh(self) -> None:
        """Draw nothing while changes gather: it would be thrown away, and count as drawn.

        The first frame of a start was the words without what lies around them.
        """
        if self.app._batch_count:  # noqa: SLF001 - nothing public tells it
            self._repaint_required = True
        else:
            super()._compositor_refresh()
