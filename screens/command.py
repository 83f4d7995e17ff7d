"""`clerk` without a command: the desk's window."""

from __future__ import annotations

from screens.app import ClerkApp
from services.bootstrap import Desk, open_desk
from services.command import ask_passphrase
from services.profile import get_profile


def open_window(profile_name: str) -> int:
    """Open the desk of a profile and stay until the window is left."""
    profile = get_profile(profile_name)
    desk = open_desk(profile, passphrase=ask_passphrase(profile))
    try:
        show(desk)
    finally:
        desk.close()
    return 0


def show(desk: Desk) -> None:
    """Run the window on a desk, with the line kept in the background."""
    desk.sync.start()
    ClerkApp(desk).run()
