"""What came of an act on several cases: which went through, which did not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from clerk.errors import ClerkError
from clerk.locale import _, in_a_row
from screens.telling import explain
from screens.widgets.listing import Column, Listing
from screens.widgets.rows import Rows
from services.batch import CaseDone

_MOST_LINES = 14
_Row = tuple[str, CaseDone]


class BatchSummary(ModalScreen[None]):
    """Those that were refused come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "close", show=False, priority=True),
    ]

    listing = getters.query_one("#batch", Listing)

    def __init__(self, numbers: Sequence[str], done: Sequence[CaseDone]) -> None:
        """Tell of these cases, by their numbers."""
        super().__init__()
        rows = list(zip(numbers, done, strict=True))
        self._rows = sorted(rows, key=lambda row: row[1].problem is None)
        self._count = sum(one.problem is None for one in done)

    def compose(self) -> ComposeResult:
        """How many, then each."""
        told = _("{done} of {count} went through").format(done=self._count, count=len(self._rows))
        with Vertical(classes="dialog wide"):
            yield Label(told, classes="dialog-title", markup=False)
            yield Listing([Column("", 1), Column("", 18), Column("")], empty=str, id="batch")
            yield Label(_("Enter: go on"), classes="dialog-hint")

    def on_mount(self) -> None:
        """As many lines as there are, up to a screenful."""
        self.listing.styles.height = 1 + min(len(self._rows), _MOST_LINES)
        self.listing.show(Rows(self._rows, _cells, _colour))

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)


def _cells(row: _Row) -> tuple[str, str, str]:
    number, done = row
    if done.problem is None:
        paper = _("Done; the paper is at {path}").format(path=done.paper) if done.paper else ""
        return "✓", number, paper or _("Done")
    return "✗", number, _why(done.problem)


def _why(problem: ClerkError) -> str:
    told = explain(problem.code, problem.parameters)
    return in_a_row(told.what, told.remedy)


def _colour(row: _Row) -> str:
    return "listing--red" if row[1].problem else ""
