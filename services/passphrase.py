"""The passphrase of a desk, asked for before its window opens.

Apart from the other commands, for these load the whole desk, and the window is there before it.
"""

from __future__ import annotations

import getpass
import sys

from clerk.locale import _
from services.keys import needs_passphrase
from services.profile import Profile


def ask_passphrase(profile: Profile) -> str | None:
    """The passphrase, where the key is wrapped with one and a person is there to type it.

    A new desk has none yet: it is explained and typed twice, for a slip would lock the desk's
    store for good.
    """
    if not needs_passphrase(profile) or not sys.stdin.isatty():
        return None
    if profile.key_file.exists():
        return getpass.getpass(_("Passphrase of this desk: "))
    return _choose()


def _choose() -> str:
    _say(
        _("This machine keeps no secrets: a passphrase locks what this desk keeps."),
        _("Choose one of your own, or ask the administrator."),
        _("It is asked for at each start, nobody can restore it, and it does not show here."),
    )
    while True:
        chosen = getpass.getpass(_("New passphrase of this desk: "))
        if not chosen:
            _say(_("It must not be empty."))
        elif getpass.getpass(_("Once more: ")) == chosen:
            return chosen
        else:
            _say(_("The two are not the same. Please type it again."))


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
