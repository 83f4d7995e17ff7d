"""Numbers of somebody's that stand whole on a screen for a while, and hide by themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from clerk.locale import _
from screens.dialogs import AskText, Question

if TYPE_CHECKING:
    from textual.timer import Timer

    from screens.base import DeskScreen
    from services.lookup import Unmasked

WHOLE_S = 20.0
"""Seconds for which the numbers of a case stay whole."""

Shown = TypeVar("Shown")


def ask_whole(screen: DeskScreen, case_id: str, done: Callable[[Unmasked], None]) -> None:
    """Ask why the numbers of a case are needed whole, and fetch them; the reason is on record."""

    def take(answers: dict[str, str] | None) -> None:
        if answers is not None:
            screen.do(partial(screen.desk.lookup.unmask, case_id, answers["reason"]), done=done)

    question = Question("reason", _("Why the whole number is needed (this is recorded)"))
    screen.app.push_screen(AskText(_("Show the ID number"), [question]), take)


class WholeNumber(Generic[Shown]):
    """What is shown whole, and of what; `hide_whole` of the screen is called at the end."""

    def __init__(self, screen: DeskScreen, seconds: float) -> None:
        """Nothing is whole yet."""
        self._screen = screen
        self._seconds = seconds
        self.hiding: Timer | None = None
        self.shown: Shown | None = None
        self.of = ""

    def show(self, shown: Shown, of: str = "") -> None:
        """Let this stand whole from now on, and what was before no longer."""
        self.hide()
        self.shown, self.of = shown, of
        self.hiding = self._screen.set_timer(self._seconds, self._screen.hide_whole)

    def hide(self) -> bool:
        """Nothing stands whole any more; whether anything did."""
        if self.hiding is not None:
            self.hiding.stop()
        stood, self.shown, self.of = self.shown is not None, None, ""
        return stood
