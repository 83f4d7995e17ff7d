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
    """The passphrase, where the key is wrapped with one and a person is there to type it."""
    if not needs_passphrase(profile) or not sys.stdin.isatty():
        return None
    return getpass.getpass(_("Passphrase of this desk: "))
