"""Asks before something that cannot be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from clerk.locale import _
from screens.dialog import Dialog
from screens.widgets.hint import Hint


class Confirm(Dialog[bool]):
    """Yes with Ctrl+Y, the verb of agreeing; anything that closes it is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+y,y", "answer(True)", show=False),
        Binding("escape,n", "answer(False)", show=False),
    ]

    def __init__(self, question: str) -> None:
        """Ask this."""
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        """The question and the two keys."""
        with Vertical(classes="dialog"):
            yield Static(self.question, id="confirm-question", markup=False)
            yield Hint(_("Y: yes · N or Escape: no"), "y", "escape")

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 - an action's parameter
        """Close with the answer."""
        self.dismiss(yes)
