"""Scans that somebody looks at: in the clear for as long as they do, where the platform forgets.

The folder is the platform's for running programs, which is memory on Linux; what a crash left
there goes at the next start.
"""

from __future__ import annotations

import os
import shutil
import threading
import warnings
import zlib
from collections.abc import Iterable
from pathlib import Path

import platformdirs

from clerk.contract.scan import MediaType
from clerk.errors import StoreError
from clerk.rules.media import suffix_of
from services.profile import Profile

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


class Opened:
    """The files that are open now. They are named by chance; a name tells nothing."""

    def __init__(self, profile: Profile) -> None:
        """Begin with nothing open, whatever was left."""
        base = _find_base(profile)
        # Two desks may bear one name, in the demo city and beside it.
        self.folder = base / f"{profile.name}-{zlib.crc32(str(profile.data).encode()):08x}"
        self._turn = threading.Lock()
        self.close_all()

    def open(self, name: str, kind: MediaType, parts: Iterable[bytes]) -> Path:
        """Write a file in the clear, for its owner's eyes only. Raises StoreError."""
        path = self.folder / f"{name}{suffix_of(kind)}"
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        try:
            with self._turn:
                self.folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
                with os.fdopen(os.open(path, flags, _PRIVATE_FILE), "wb") as file:
                    for part in parts:
                        file.write(part)
        except OSError as error:
            raise StoreError("scan.disk_full") from error
        return path

    def keep(self, names: frozenset[str]) -> None:
        """Delete all but these: what was purged is not to be looked at any longer."""
        with self._turn:
            for path in self.folder.glob("*"):
                if path.stem not in names:
                    path.unlink(missing_ok=True)

    def close_all(self) -> None:
        """Delete everything: the desk is locked, or left."""
        with self._turn:
            shutil.rmtree(self.folder, ignore_errors=True)


def _find_base(profile: Profile) -> Path:
    """What the environment names, else the platform's folder of this session.

    Where the session has none, platformdirs warns and names one in /tmp, which whoever comes
    first may make: then the profile's own folder serves.
    """
    named = os.environ.get("CLERK_RUNTIME_DIR")
    if named:
        return Path(named)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return platformdirs.user_runtime_path("clerk")
        except Warning:
            return profile.state / "opened"
