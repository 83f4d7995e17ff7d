"""The log of a desk: in a file of its own, never on the terminal that the window is drawn on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from clerk.log import logging_to
from services.profile import Profile

MOST_BYTES = 5 * 1024 * 1024
"""A longer log becomes the old one, and the old one goes."""


@contextmanager
def logging_of(profile: Profile) -> Iterator[None]:
    """Write the log of this desk while it runs; the file is its owner's only."""
    path = profile.log
    if path.exists() and path.stat().st_size > MOST_BYTES:
        path.replace(path.with_suffix(".old.log"))
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "a", encoding="utf-8", buffering=1) as stream, logging_to(stream):
        yield
