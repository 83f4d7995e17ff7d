"""What all dialogs share."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from screens.calm import CalmScreen


# Textual takes the styles of the first base alone, and they put a dialog in the middle.
class Dialog(ModalScreen[ScreenResultType], CalmScreen[ScreenResultType]):
    """Lies over another screen and answers something."""
