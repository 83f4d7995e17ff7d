"""The queues with their numbers: a column where there is room, else a few lines of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from clerk.locale import _
from screens.home.lists import Counted
from screens.widgets.drawing import draw_anew
from screens.widgets.flow import flow, set_in_lines
from screens.widgets.pointing import place_at, placed

_GAP = 2


class QueueBar(Widget, can_focus=True):
    """One queue is shown; the arrows go to the others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "move(-1)", show=False),
        Binding("down,right", "move(1)", show=False),
    ]
    DEFAULT_CSS = """
    QueueBar { height: auto; }
    """

    shown: reactive[int] = reactive(0)
    upright: reactive[bool] = reactive(False, layout=True)

    @dataclass
    class Chosen(Message):
        """Another queue is wanted."""

        index: int

    def __init__(self) -> None:
        """Begin without queues."""
        super().__init__(id="queues")
        self.counted: tuple[Counted, ...] = ()
        self.tooltip = _("A click shows this list. The number says how much is in it.")

    def show(self, counted: Sequence[Counted]) -> None:
        """Show these queues."""
        self.counted = tuple(counted)
        draw_anew(self)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """A line each, or as many as the tabs need."""
        if self.upright:
            return max(1, 2 * len(self.counted) - 1)
        return max(1, len(flow(self._tabs(), width, _GAP)))

    def render(self) -> Content:
        """The queues, the one that is shown standing out."""
        if self.upright:
            return Content("\n\n").join(self._rows(self.content_size.width))
        tabs = self._tabs()
        return set_in_lines(tabs, flow(tabs, self.content_size.width, _GAP), _GAP)

    def action_move(self, way: int) -> None:
        """To the queue before or after, round and round."""
        if self.counted:
            self.post_message(self.Chosen((self.shown + way) % len(self.counted)))

    def on_click(self, event: Click) -> None:
        """A click shows its queue."""
        index = place_at(event)
        if index is not None and index < len(self.counted):
            self.post_message(self.Chosen(index))

    def _rows(self, width: int) -> list[Content]:
        rows = []
        for index, one in enumerate(self.counted):
            title, count = _(one.queue.title), one.told
            space = max(1, width - 2 - cell_len(title) - len(count))
            sign = "▸ " if index == self.shown else "  "
            row = Content.styled(sign + title + " " * space + count, self._style(index))
            rows.append(placed(row, index))
        return rows

    def _tabs(self) -> list[Content]:
        return [
            placed(Content.styled(f" {_(one.queue.title)} {one.told} ", self._style(index)), index)
            for index, one in enumerate(self.counted)
        ]

    def _style(self, index: int) -> str:
        if index != self.shown:
            return "$foreground" if self.counted[index].count else "$text-muted"
        return "bold $text on $primary" if self.has_focus else "bold $text on $primary-muted"
