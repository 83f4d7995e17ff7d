"""What the rules say of each case before an act on several: which it cannot be done to, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label, Static

from clerk.locale import _
from screens.dialog import Dialog
from screens.home.batch_summary import Told, tell_each
from screens.widgets.hint import Hint


class BatchForecast(Dialog[bool]):
    """Goes on with those that it can be done to, or not at all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", show=False),
        Binding("enter", "answer(True)", show=False, priority=True),
    ]
    AUTO_FOCUS = "#batch"

    def __init__(self, title: str, refused: Sequence[Told], count: int) -> None:
        """Tell of those that are refused among so many that are marked."""
        super().__init__()
        self._heading = title
        self._refused = tuple(refused)
        self._count = count

    @property
    def _left(self) -> int:
        return self._count - len(self._refused)

    def compose(self) -> ComposeResult:
        """How many it cannot be done to, each with its reason, and the way on."""
        told = _("Cannot be done to {count} of {marked} that are marked:")
        hint = _("Enter: go on with the other {count} · Escape: leave")
        with Vertical(classes="dialog wide"):
            yield Label(self._heading, classes="dialog-title", markup=False)
            yield Static(told.format(count=len(self._refused), marked=self._count), markup=False)
            with VerticalScroll(classes="dialog-scroll", id="batch"):
                yield Static(tell_each(self._refused), id="batch-cases")
            if self._left:
                yield Hint(hint.format(count=self._left), "enter", "escape")
            else:
                yield Hint(_("Escape: back"), "escape")

    def action_answer(self, wanted: bool) -> None:  # noqa: FBT001 - an action's parameter
        """Close; there is nothing to go on with where all are refused."""
        self.dismiss(wanted and self._left > 0)
