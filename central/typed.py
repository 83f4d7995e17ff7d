"""What is typed on the command line: a day, the name of a file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from clerk.errors import InputError
from clerk.locale import _


def typed_day(text: str) -> date:
    """A day, as 2026-06-01; whatever else was typed is told as it stands."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        told = _("“{text}” is no day; write it as 2026-06-01").format(text=text)
        raise argparse.ArgumentTypeError(told) from None


def read_file(path: Path) -> bytes:
    """All of a file. Raises InputError `file.unreadable`, with the reason, before it is judged."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("file.unreadable", file=path.name, reason=error.strerror or "") from error
