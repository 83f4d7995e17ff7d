"""A card by itself: of a case's applicant, or of somebody looked up with a reason."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from screens.base import DeskScreen
from screens.intake.card import CardState, CardView
from screens.intake.register import ASKS_AGAIN, CardRegister, Subject
from screens.keymap import bindings
from screens.widgets.key_bar import KeyBar
from screens.widgets.status_bar import StatusBar


class LookUpScreen(DeskScreen):
    """Opens the card at once and fills its sections in; a look made again is another look."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("refresh", "back")]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = ASKS_AGAIN
    AUTO_FOCUS = "#lookup-body"

    view = getters.query_one("#card-alone", CardView)

    def __init__(self, subject: Subject, purpose: str) -> None:
        """Look this person or body up; `purpose` says above the card why."""
        super().__init__()
        self._subject = subject
        self._purpose = purpose
        self._register: CardRegister

    def compose(self) -> ComposeResult:
        """Why, and the card."""
        yield StatusBar()
        yield Static(self._purpose, id="lookup-purpose", markup=False)
        with VerticalScroll(id="lookup-body"):
            yield CardView(id="card-alone")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask."""
        self._register = CardRegister(self.desk.lookup.section, self._run_look_up, self._show)
        self._register.ask(self._subject)

    def on_unmount(self) -> None:
        """Wait for nobody any more."""
        self._register.close()

    def reload(self) -> None:
        """What changes below does not look anybody up again."""

    def action_refresh(self) -> None:
        """Look up once more."""
        self._register.forget(anew=True)
        self._register.ask(self._subject)

    def _run_look_up(self, work: Coroutine[None, None, None], group: str) -> object:
        return self.run_worker(work, group=group, exclusive=True)

    def _show(self, state: CardState) -> None:
        self.view.show(state, self.desk.today)
