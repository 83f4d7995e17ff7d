"""The passphrase of a desk, asked for before its window opens.

Apart from the other commands, for these load the whole desk, and the window is there before it.
"""

from __future__ import annotations

import sys

from clerk.errors import StoreError
from clerk.locale import _, in_a_row
from clerk.locale.problems import tell
from services.keys import needs_passphrase, open_key
from services.profile import Profile

_TRIES = 3
_TYPED_WRONGLY = frozenset({"store.wrong_passphrase", "store.passphrase_needed"})


def ask_passphrase(profile: Profile) -> str | None:
    """The passphrase, where the key is wrapped with one and a person is there to type it.

    A new desk has none yet: it is explained and typed twice, for a slip would lock the desk's
    store for good. One that is known and typed wrongly is asked for again, for the terminal may
    close with the program; StoreError `store.wrong_passphrase` at the third.
    """
    if not needs_passphrase(profile) or not sys.stdin.isatty():
        return None
    if profile.key_file.exists():
        return _ask_known(profile)
    return _choose()


def _ask_known(profile: Profile) -> str:
    import getpass  # only a desk without a keyring waits for it

    for _try in range(_TRIES):
        typed = getpass.getpass(_("Passphrase of this desk: "))
        try:
            open_key(profile, typed)
        except StoreError as problem:
            if problem.code not in _TYPED_WRONGLY:
                raise
            told = tell("store.wrong_passphrase", {})
            _say(in_a_row(told.what, told.remedy))
        else:
            return typed
    raise StoreError("store.wrong_passphrase")


def _choose() -> str:
    import getpass

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
