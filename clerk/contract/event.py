"""What all events of a case have in common."""

from __future__ import annotations

from datetime import datetime

import msgspec

from clerk.contract.user import Actor


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Something that happened to a case; never edited, never taken away."""

    at: datetime
    by: Actor
