"""The whole card over the walk-in, for a terminal without room beside."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from clerk.clock import OFFICE_ZONE
from clerk.locale import _
from screens.dialog import Dialog
from screens.intake.card import CardState, CardView
from screens.widgets.hint import Hint
from services.bootstrap import Desk


class WholeCard(Dialog[None]):
    """Shows what is known; answers that come meanwhile are on the walk-in's own card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,shift+f2,f14", "close", show=False)
    ]

    def __init__(self, state: CardState) -> None:
        """Show this card."""
        super().__init__()
        self._state = state

    def compose(self) -> ComposeResult:
        """The card, to be scrolled."""
        with Vertical(classes="dialog wide"):
            with VerticalScroll(classes="dialog-scroll"):
                yield CardView(id="card-whole")
            yield Hint(_("↑ ↓: scroll · Escape: back"), "", "escape")

    def on_mount(self) -> None:
        """Draw it."""
        self.show(self._state)

    def show(self, state: CardState) -> None:
        """Show how the asking goes."""
        desk: Desk = self.app.desk  # type: ignore[attr-defined]
        self.query_one(CardView).show(state, desk.clock.now().astimezone(OFFICE_ZONE).date())

    def action_close(self) -> None:
        """Go back to the walk-in."""
        self.dismiss(None)
