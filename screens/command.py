"""`clerk` without a command: the desk's window."""

from __future__ import annotations

from screens.app import ClerkApp
from services.bootstrap import Desk
from services.command import opened


def open_window(profile_name: str) -> int:
    """Open the desk of a profile and stay until the window is left."""
    with opened(profile_name) as desk:
        show(desk)
    return 0


def show(desk: Desk) -> None:
    """Run the window on a desk, with the line kept in the background."""
    desk.sync.start()
    desk.scans.start()
    ClerkApp(desk).run()
