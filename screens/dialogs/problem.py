"""Tells a problem: what happened, what is safe, what to do."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from clerk.locale import _
from clerk.locale.problems import Told
from screens.dialog import Dialog
from screens.widgets.hint import Hint


class ProblemDialog(Dialog[None]):
    """Stays until it was read; nothing typed behind it is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,space", "close", show=False)]

    def __init__(self, told: Told) -> None:
        """Show this problem."""
        super().__init__()
        self.told = told

    def compose(self) -> ComposeResult:
        """Three paragraphs and the way out."""
        with Vertical(classes="dialog problem"):
            yield Label(_("This did not work"), classes="dialog-title")
            yield Static(self.told.what, id="problem-what", markup=False)
            if self.told.safe:
                yield Static(self.told.safe, id="problem-safe", markup=False)
            if self.told.remedy:
                yield Static(self.told.remedy, id="problem-remedy", markup=False)
            yield Hint(_("Enter: go on"), "enter")

    def action_close(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)
