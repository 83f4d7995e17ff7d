"""Offers lines of which several are marked: what is missing, what came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, SelectionList
from textual.widgets.selection_list import Selection

from clerk.locale import _


class Line(NamedTuple):
    """One thing that may be marked."""

    key: str
    label: str
    marked: bool = False


class MarkLines(ModalScreen[tuple[str, ...] | None]):
    """Answers the keys of the marked lines in their order, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter,ctrl+y", "finish", show=False, priority=True),
    ]

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        """Offer these."""
        super().__init__()
        self.heading = title
        self.lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """The lines, each with its box."""
        with Vertical(classes="dialog wide"):
            yield Label(self.heading, classes="dialog-title", markup=False)
            yield SelectionList[str](
                *(Selection(Content(one.label), one.key, one.marked) for one in self.lines)
            )
            yield Label(_("Space: mark · Enter: done · Escape: back"), classes="dialog-hint")

    def action_finish(self) -> None:
        """Close with what is marked."""
        marked = set(self.query_one(SelectionList).selected)
        self.dismiss(tuple(one.key for one in self.lines if one.key in marked))

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
