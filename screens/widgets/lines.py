"""A view of lines, of which those are drawn anew that are others than they were."""

from __future__ import annotations

from textual.events import Blur, DescendantBlur, DescendantFocus, Focus
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Lines(ScrollView, can_focus=True):
    """Of what it shows it knows only what each line in sight looks like."""

    # Textual lays the screen out for each line more; around the view nothing moves.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        """Nothing is drawn yet."""
        super().__init__(id=id)
        self._drawn: dict[int, Strip] = {}

    @property
    def focus_line(self) -> int:
        """The line that shows whether the view has the focus, counted with those above it."""
        raise NotImplementedError

    def draw_line(self, y: int) -> Strip:
        """One line of those in sight."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw one line, and remember what it looks like."""
        strip = self._drawn[y] = self.draw_line(y)
        return strip

    def redraw(self) -> None:
        """Draw those lines anew that are others than they were: looking is cheaper than drawing."""
        lines = [y for y in range(self.size.height) if self._drawn.get(y) != self.draw_line(y)]
        if lines:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in lines))

    def measure(self, size: Size) -> None:
        """All lines take so much room; the screen is laid out where a scroll bar comes or goes.

        And where the view is as high as its lines are.
        """
        if size != self.virtual_size:
            self.virtual_size = size
            self._scroll_update(size)
            if self.styles.auto_dimensions:
                self.refresh(layout=True)

    def on_focus(self, event: Focus) -> None:
        """One line alone shows it, so that it alone is drawn anew."""
        event.prevent_default()
        self.has_focus = True
        self._tell(DescendantFocus(self))

    def on_blur(self, event: Blur) -> None:
        """Nor does anything else show that it went."""
        event.prevent_default()
        self.has_focus = False
        self._tell(DescendantBlur(self))

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - as Textual has it
        """Its styles are the same with the focus and without."""
        self.refresh_line(self.focus_line)

    def _tell(self, message: DescendantFocus | DescendantBlur) -> None:
        """As every widget does."""
        if self.parent is not None:
            self.parent.post_message(message)
