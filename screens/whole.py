"""Numbers of somebody's that stand whole on a screen for a while, and hide by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from textual.timer import Timer

    from screens.base import DeskScreen

Shown = TypeVar("Shown")


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
