"""Where one types stays in sight, and stays where it is while registers answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.containers import VerticalScroll
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget

from screens.intake.checklist import Checklist
from screens.intake.lit import follow
from screens.intake.part import Part


class Parts(VerticalScroll):
    """Holds the parts of a walk-in, and shows a field at once.

    Gliding there, which is what a screen does for what has the focus, goes on to where the field
    was before the part that one left took another height.
    """

    def on_mount(self) -> None:
        """Light where somebody works, and nothing else."""
        self.watch(self.screen, "focused", follow, init=False)

    def scroll_to_region(self, region: Region, **options: Any) -> Offset:  # noqa: ANN401 - the base's own
        """Without gliding."""
        return super().scroll_to_region(region, **options | {"animate": False, "immediate": True})


class Sight:
    """Scrolls the parts of a walk-in."""

    def __init__(self, screen: Screen[None]) -> None:
        """Scroll on this screen."""
        self._screen = screen
        self._holding = False

    def keep(self) -> None:
        """See the part that one is in, once it is drawn."""
        if not self._holding:
            self._screen.call_after_refresh(self._keep)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Whatever changes meanwhile, the field that one types in stays in its row."""
        focused = self._screen.focused
        row = focused.region.y if focused is not None else 0
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
            self._screen.call_after_refresh(self._put_back, focused, row)

    def _put_back(self, focused: Widget | None, row: int) -> None:
        if focused is None or focused is not self._screen.focused:
            return
        moved = focused.region.y - row
        if moved:
            parts = self._screen.query_one("#intake-parts", VerticalScroll)
            parts.scroll_relative(y=moved, animate=False, force=True, immediate=True)

    def _keep(self) -> None:
        """A part that fits is seen whole; of a longer one the field where the cursor is."""
        focused = self._screen.focused
        part = part_of(focused)
        if part is None or focused is None:
            return
        parts = self._screen.query_one("#intake-parts", VerticalScroll)
        if part.outer_size.height <= parts.size.height:
            parts.scroll_to_widget(part, animate=False, force=True, immediate=True)
        elif isinstance(focused, Checklist):
            focused.show_cursor()
        else:
            parts.scroll_to_widget(focused, animate=False, force=True, immediate=True)


def part_of(widget: Widget | None) -> Part | None:
    """The part that a widget belongs to."""
    if widget is None:
        return None
    return next((one for one in widget.ancestors if isinstance(one, Part)), None)
