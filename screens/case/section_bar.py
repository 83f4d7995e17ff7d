"""The sections of a page in a line, each with the digit that leads to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from clerk.locale import _
from screens.widgets.flow import flow, set_in_lines

_GAP = 1
MOST = 9


class SectionBar(Widget):
    """Digits and clicks lead to a section; the one in sight is marked."""

    DEFAULT_CSS = """
    SectionBar { height: auto; padding: 0 1; }
    """

    @dataclass
    class Chosen(Message):
        """A section was clicked."""

        place: int

    def __init__(self) -> None:
        """Begin without sections."""
        super().__init__()
        self.sections: tuple[tuple[str, str], ...] = ()
        self.here = 0
        self.tooltip = _("A click leads to this part, as its digit does.")

    def show(self, sections: Sequence[tuple[str, str]]) -> None:
        """Show these, as (name, title)."""
        self.sections = tuple(sections[:MOST])
        self.here = min(self.here, max(0, len(self.sections) - 1))
        self.refresh(layout=True)

    def mark(self, place: int) -> None:
        """Mark the section that was gone to."""
        self.here = place
        self.refresh()

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as they need."""
        return max(1, len(flow(self._pieces(), width, _GAP)))

    def render(self) -> Content:
        """The sections in their lines."""
        pieces = self._pieces()
        return set_in_lines(pieces, flow(pieces, self.content_size.width, _GAP), _GAP)

    def on_click(self, event: Click) -> None:
        """A click leads there."""
        offset = event.get_content_offset(self)
        pieces = self._pieces()
        lines = flow(pieces, self.content_size.width, _GAP)
        if offset is None or not 0 <= offset.y < len(lines):
            return
        for index, column in lines[offset.y]:
            if column <= offset.x < column + pieces[index].cell_length:
                self.post_message(self.Chosen(index))

    def _pieces(self) -> list[Content]:
        return [
            Content.assemble(
                "▸" if place == self.here else " ",
                (f"{place + 1}", "bold $primary"),
                " ",
                (title, "bold underline" if place == self.here else "$text-muted"),
            )
            for place, (_name, title) in enumerate(self.sections)
        ]
