"""What all dialogs share."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from screens.calm import CalmScreen


class Dialog(CalmScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """Lies over another screen and answers something."""
