"""What a central understands: it tells desks, and an older one is what a test makes of it."""

from __future__ import annotations

import msgspec

from clerk.contract.command import KINDS
from clerk.contract.sync import SPOKEN, Protocols


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """The protocols that central serves and the kinds of commands that it can decide."""

    protocols: Protocols = SPOKEN
    kinds: frozenset[str] = KINDS
