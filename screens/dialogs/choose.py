"""Offers a few things, one of which is chosen with a key press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from clerk.locale import _
from screens.dialog import Dialog
from screens.widgets.hint import Hint


class Choose(Dialog[str | None]):
    """Answers the key of what was chosen, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(self, title: str, options: Sequence[tuple[str, str]]) -> None:
        """Offer these keys with their labels."""
        super().__init__()
        self.heading = title
        self.options = tuple(options)

    def compose(self) -> ComposeResult:
        """The list, with the first one under the cursor."""
        with Vertical(classes="dialog"):
            yield Label(self.heading, classes="dialog-title", markup=False)
            yield OptionList(*(Option(label, id=key) for key, label in self.options), markup=False)
            yield Hint(_("Enter: choose · Escape: back"), "enter", "escape")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the choice."""
        self.dismiss(event.option.id)

    def action_close(self) -> None:
        """Close without one."""
        self.dismiss(None)
