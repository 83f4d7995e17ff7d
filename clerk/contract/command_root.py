"""The root of what a person asks to happen, in a module of its own so that kinds can be apart."""

from __future__ import annotations

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The root of all commands."""
