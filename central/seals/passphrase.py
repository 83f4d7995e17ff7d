"""The passphrase that keys at central lie under: from the environment or a file, never typed out.

On a command line everybody on the machine could read it.
"""

from __future__ import annotations

import os
from pathlib import Path

from clerk.errors import InputError, StoreError

VARIABLE = "CLERK_SEAL_PASSPHRASE"
FILE_VARIABLE = "CLERK_SEAL_PASSPHRASE_FILE"
SHORTEST = 12


def get_passphrase() -> bytes:
    """The passphrase. Raises StoreError `seal.passphrase_none` where none was given."""
    told = find_passphrase()
    if not told:
        raise StoreError("seal.passphrase_none")
    return told


def find_passphrase() -> bytes:
    """The passphrase; empty where none was given."""
    told = os.environ.get(VARIABLE, "")
    file = os.environ.get(FILE_VARIABLE, "")
    if not told and file:
        told = read_passphrase(Path(file))
    return told.encode()


def demand_strong(passphrase: bytes) -> None:
    """Refuse to put a key under a passphrase that is soon guessed."""
    if len(passphrase) < SHORTEST:
        raise InputError("seal.passphrase_short", least=SHORTEST)


def read_passphrase(path: Path) -> str:
    """The first line of a file. Raises InputError `file.unreadable`."""
    try:
        return path.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or ""
        raise InputError("file.unreadable", file=path.name, reason=reason) from error
