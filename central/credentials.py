"""Secrets that others know us by: read when they are needed, from where an office put them.

They are in no database, no log and no exception.
"""

from __future__ import annotations

import os
from pathlib import Path


def read_secret(place: str) -> str:
    """The secret at `env:NAME` or `file:PATH`; nothing where there is none that can be sent."""
    kind, _colon, name = place.partition(":")
    try:
        secret = os.environ.get(name, "") if kind == "env" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    secret = secret.strip()
    return secret if secret.isprintable() and secret.isascii() else ""
