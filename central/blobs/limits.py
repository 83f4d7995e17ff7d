"""How large scans may be, and how many may be half-way: settings of central."""

from __future__ import annotations

import os
from datetime import timedelta

import msgspec

from clerk.contract.scan import SCAN_MOST_BYTES
from clerk.errors import InputError

MOST_VARIABLE = "CLERK_BLOB_MOST_BYTES"
MOST_UNFINISHED = 16
"""Of one desk, which sends them one by one: more of them are forgotten ones."""

FORGOTTEN_AFTER = timedelta(days=3)
"""An upload that nobody went on with for so long is cleared away; it can begin anew."""


class BlobLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What central takes."""

    most_bytes: int = SCAN_MOST_BYTES
    most_unfinished: int = MOST_UNFINISHED


def read_limits() -> BlobLimits:
    """The limits as the environment sets them. Raises InputError `blobs.limit`."""
    told = os.environ.get(MOST_VARIABLE, "")
    if not told:
        return BlobLimits()
    if not (told.isascii() and told.isdigit() and int(told) > 0):
        raise InputError("blobs.limit", variable=MOST_VARIABLE)
    return BlobLimits(most_bytes=int(told))
