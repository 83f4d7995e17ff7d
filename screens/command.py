"""`clerk` without a command: the desk's window."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from clerk.errors import StoreError
from clerk.locale import use_language
from screens.app import ClerkApp
from services.heap import share_heap
from services.log_file import logging_of
from services.looks import Looks
from services.opening import Opening
from services.passphrase import ask_passphrase
from services.profile import DEFAULT_NAME, Profile, get_profile, read_settings

if TYPE_CHECKING:
    from screens.trial import Trial
    from services.bootstrap import Desk


def open_window(
    profile_name: str = DEFAULT_NAME, *, told_language: bool = False, plain: bool = False
) -> int:
    """Open the window of a profile, its desk behind it, and stay until it is left.

    The first frame is there before the desk is loaded. What opening the desk raises ends the
    window, and is raised then. It speaks as it did the last time, unless whoever started it told
    it a language.
    """
    share_heap()
    profile = get_profile(profile_name)
    is_new = not profile.store.exists() or not read_settings(profile).central
    if is_new and not _has_terminal():
        raise StoreError("desk.not_enrolled")
    looks = Looks(profile)
    if not told_language:
        use_language(looks.language)
    if plain:
        looks.keep_plain(plain=True)
    passphrase = ask_passphrase(profile)
    if is_new:
        from screens.first_run.opening import lead

        if not lead(profile, looks, passphrase):
            return 0
    with logging_of(profile):
        opening = Opening(lambda: _open(profile, passphrase))
        try:
            ClerkApp(opening, looks=looks).run()
        finally:
            opening.close()
        opening.raise_problem()
    return 0


def _has_terminal() -> bool:
    return all(one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr))


def show(desk: Desk, trial: Trial) -> None:
    """Run the window on a desk of an invented city, with the line kept in the background."""
    _go_on_line(desk)
    ClerkApp(desk, trial=trial).run()


def _open(profile: Profile, passphrase: str | None) -> Desk:
    """Load the services, which takes longer than all else, and open the store."""
    from services.bootstrap import open_desk

    desk = open_desk(profile, passphrase=passphrase)
    # What was loaded stays: looking through it again and again would cost keys their time.
    gc.freeze()
    gc.enable()
    _go_on_line(desk)
    return desk


def _go_on_line(desk: Desk) -> None:
    desk.sync.start()
    desk.scans.start()
