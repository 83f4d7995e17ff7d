"""How far something is that takes a while, how long it still takes, and the way out of it."""

from __future__ import annotations

import time
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from clerk.errand import Errand, Progress
from clerk.locale import _
from clerk.locale.progress import tell_progress
from screens.dialog import Dialog
from screens.widgets.hint import Hint

_LOOKED_EVERY_S = 0.2
_BAR_WIDTH = 40


class ProgressDialog(Dialog[bool]):
    """Lies over a screen while an errand lasts; its result says whether it was called off."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, title: str, errand: Errand) -> None:
        """Watch this errand."""
        super().__init__()
        self._title = title
        self._errand = errand
        self._phase = errand.progress.phase
        self._since = time.monotonic()
        self.is_over = False

    def compose(self) -> ComposeResult:
        """What is done, a bar, the same in words, and the key that calls it off."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title", markup=False)
            yield Static("", id="progress-bar", markup=False)
            yield Static("", id="progress-words", markup=False)
            yield Hint(_("Escape: cancel"), "escape", id="progress-hint")

    def on_mount(self) -> None:
        """Look at once, then again and again."""
        self._look()
        self.set_interval(_LOOKED_EVERY_S, self._look)

    def action_cancel(self) -> None:
        """Call it off, while that is possible; else say that it is too late."""
        if self._errand.cancel():
            self.dismiss(result=True)
        else:
            told = _("Too late to cancel: it is just being finished.")
            self.query_one("#progress-hint", Static).update(told)

    def end(self) -> None:
        """It is over: close, or, with something else in front, as soon as that is gone."""
        self.is_over = True
        self._close()

    def on_screen_resume(self) -> None:
        """In front again; it may have ended meanwhile."""
        if self.is_over:
            self._close()

    def _close(self) -> None:
        """Close this one alone: told late, or behind another, it must not close what is in front.

        To Textual a screen that can be seen behind a dialog is a current one, too.
        """
        if self.app.screen is self:
            self.dismiss(result=False)

    def _look(self) -> None:
        progress = self._errand.progress
        if progress.phase is not self._phase:
            self._phase, self._since = progress.phase, time.monotonic()
        told = tell_progress(progress, time.monotonic() - self._since)
        # Neither is there any more while the dialog is taken down, which takes a moment.
        for bar in self.query("#progress-bar").results(Static):
            bar.update(draw_bar(progress))
        for words in self.query("#progress-words").results(Static):
            words.update(told)


def draw_bar(progress: Progress) -> str:
    """A bar as full as the phase is; nothing where the end is not known."""
    if not progress.total:
        return ""
    full = _BAR_WIDTH * progress.done // progress.total
    return "█" * full + "░" * (_BAR_WIDTH - full)
