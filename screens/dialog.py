"""What all dialogs share."""

from __future__ import annotations

from textual.reactive import Reactive
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget


class Dialog(ModalScreen[ScreenResultType]):
    """Lies over another screen and answers something."""

    # Two widgets change with the focus, and draw themselves; the others need not.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
