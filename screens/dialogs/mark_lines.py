"""Offers lines of which several are marked: what is missing, what came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Static

from clerk.locale import _
from screens.dialog import Dialog
from screens.widgets.column import Column
from screens.widgets.hint import Hint
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows

_FEWEST_LINES = 12
_AROUND = 12
"""Lines that the dialog itself needs: its frame, its title, its keys."""


class Line(NamedTuple):
    """One thing that may be marked; `fixed` says why its mark stays, if it does."""

    key: str
    label: str
    marked: bool = False
    fixed: str = ""


class MarkLines(Dialog[tuple[str, ...] | None]):
    """Answers the keys of the marked lines in their order, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("space", "mark_line", show=False),
        Binding("enter,ctrl+y", "finish", show=False, priority=True),
    ]

    listing = getters.query_one("#mark-lines", Listing)

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        """Offer these."""
        super().__init__()
        self.heading = title
        self.lines = tuple(lines)
        self._marked = {one.key for one in lines if one.marked}

    def compose(self) -> ComposeResult:
        """The lines, each with its box."""
        with Vertical(classes="dialog wide"):
            yield Static(self.heading, classes="dialog-title", markup=False)
            yield Listing([Column("", 3, box=True), Column("")], empty=str, id="mark-lines")
            yield Hint(_("Space: mark · Enter: done · Escape: back"), "space", "enter", "escape")

    def on_mount(self) -> None:
        """The lines with their marks."""
        self._show()

    def on_resize(self, event: Resize) -> None:
        """As many lines as there are and the terminal has room for: all of them are to be seen."""
        room = max(_FEWEST_LINES, event.size.height - _AROUND)
        self.listing.styles.height = 1 + min(len(self.lines), room)

    def on_listing_chosen(self, _event: Listing.Chosen) -> None:
        """A click on a line marks it."""
        self.action_mark_line()

    def action_mark_line(self) -> None:
        """Mark the line under the cursor, or take its mark away where that may be."""
        if not self.lines:
            return
        line = self.lines[self.listing.cursor]
        if line.fixed:
            self.notify(line.fixed, severity="warning", markup=False)
            return
        self._marked ^= {line.key}
        self._show()

    def action_finish(self) -> None:
        """Close with what is marked; with nothing there is nothing to be done."""
        if not self._marked:
            told = _("Nothing is marked. Space marks a line; Escape goes back.")
            self.notify(told, severity="warning", markup=False)
            return
        self.dismiss(tuple(one.key for one in self.lines if one.key in self._marked))

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def _show(self) -> None:
        self.listing.show(Rows(self.lines, self._cells))

    def _cells(self, line: Line) -> tuple[str, str]:
        return ("[×]" if line.key in self._marked else "[ ]", line.label)
