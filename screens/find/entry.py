"""The key that opens the box, from wherever somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clerk.locale import _
from screens.base import DeskScreen
from screens.find.screen import FindScreen

if TYPE_CHECKING:
    from screens.app import ClerkApp


def open_finding(app: ClerkApp) -> None:
    """Over the screen in front; a dialog is finished first, and nobody finds before signing in."""
    if app.is_shut:
        app.warn(_("Sign in first."))
    elif isinstance(app.screen, FindScreen):
        app.screen.action_find()
    elif isinstance(app.screen, DeskScreen):
        app.push_screen(FindScreen())
    else:
        app.warn_unfinished()
