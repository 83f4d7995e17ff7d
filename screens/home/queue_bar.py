"""The queues with their numbers: a column where there is room, else a few lines of tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from clerk.locale import _
from screens.home.lists import Counted
from screens.intake.cells import pad_cells, wrap_cells
from screens.widgets.drawing import draw_anew
from screens.widgets.flow import flow, set_in_lines
from screens.widgets.pointing import place_at, placed

_GAP = 2
_SIGN = 2


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
        self._kept: tuple[str, ...] = ()
        self._kept_shown: int | None = None
        self.tooltip = _("A click shows this list. The number says how much is in it.")

    def show(self, counted: Sequence[Counted]) -> None:
        """Show these queues."""
        self.counted = tuple(counted)
        draw_anew(self)

    def show_kept(self, names: Sequence[str], shown: int | None) -> None:
        """Show lists that somebody keeps behind the others; one of them may be the one shown."""
        if (self._kept, self._kept_shown) != (tuple(names), shown):
            self._kept, self._kept_shown = tuple(names), shown
            draw_anew(self)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """A line each, or as many as the tabs need."""
        if self.upright:
            lines = sum(len(_told(*one, width)) for one in self._titles)
            return max(1, lines + len(self._titles) - 1)
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
            self.post_message(self.Chosen((self._here + way) % len(self._titles)))

    def on_click(self, event: Click) -> None:
        """A click shows its queue."""
        index = place_at(event)
        if index is not None and index < len(self._titles):
            self.post_message(self.Chosen(index))

    @property
    def _here(self) -> int:
        """Where the one that is shown stands among all of them."""
        return self.shown if self._kept_shown is None else len(self.counted) + self._kept_shown

    @property
    def _titles(self) -> list[tuple[str, str]]:
        """All of them, each with its number; those that are kept beside them have none."""
        return [
            *((_(one.queue.title), one.told) for one in self.counted),
            *((name, "") for name in self._kept),
        ]

    def _rows(self, width: int) -> list[Content]:
        rows = []
        for index, (title, count) in enumerate(self._titles):
            sign = "▸ " if index == self._here else "  "
            told = ("\n" + " " * _SIGN).join(_told(title, count, width))
            rows.append(placed(Content.styled(sign + told, self._style(index)), index))
        return rows

    def _tabs(self) -> list[Content]:
        return [
            placed(Content.styled(f" {' '.join(filter(None, told))} ", self._style(index)), index)
            for index, told in enumerate(self._titles)
        ]

    def _style(self, index: int) -> str:
        if index != self._here:
            empty = index < len(self.counted) and not self.counted[index].count
            return "$text-muted" if empty else "$foreground"
        return "bold $text on $primary" if self.has_focus else "bold $text on $primary-muted"


def _told(title: str, count: str, width: int) -> list[str]:
    """A title on as many lines as it needs, its number at the end of the last."""
    room = width - _SIGN
    *lines, last = wrap_cells(title, room - len(count) - 1)
    return [*(pad_cells(line, room) for line in lines), pad_cells(last, room - len(count)) + count]
