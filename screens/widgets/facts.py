"""Short facts, each with its label, as many on a line as fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from screens.widgets.drawing import draw_anew
from screens.widgets.flow import flow, set_in_lines

_GAP = 4


class Fact(NamedTuple):
    """A label and what it says; `style` colours it."""

    label: str
    value: str
    style: str = "bold $foreground"


class Facts(Widget):
    """Keeps a fact together with its label, whatever the width."""

    DEFAULT_CSS = """
    Facts { height: auto; }
    """

    def __init__(self, *, id: str, gap: int = _GAP) -> None:  # noqa: A002 - Textual's own word
        """Begin without facts; so many cells are to lie between them."""
        super().__init__(id=id)
        self._between = gap
        self.facts: tuple[Fact, ...] = ()

    def show(self, facts: Sequence[Fact]) -> None:
        """Show those that say anything."""
        self.facts = tuple(one for one in facts if one.value)
        self.display = bool(self.facts)
        draw_anew(self)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as they need."""
        return max(1, len(flow(self._pieces(), width, self._between)))

    def render(self) -> Content:
        """The facts in their lines."""
        pieces = self._pieces()
        lines = flow(pieces, self.content_size.width, self._between)
        return set_in_lines(pieces, lines, self._between)

    def _pieces(self) -> list[Content]:
        return [
            Content.assemble((one.label, "$text-muted"), " ", (one.value, one.style))
            for one in self.facts
        ]
