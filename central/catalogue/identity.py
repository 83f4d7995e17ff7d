"""What an item and a department are called for good."""

from __future__ import annotations

import hashlib

from clerk.rules.finding import initials

_SEPARATOR = "\x1f"


def item_id_of(code: str, source: str, department_name: str, name: str) -> str:
    """The id of a new item: its code, verbatim, else one made of source, department and name."""
    return code or "n-" + _digest(source, department_name, name)[:32]


def department_id_of(source: str, name: str) -> str:
    """The id of a department that an imported item names, the same in whichever file it is met.

    Two places have departments of one name, so the source is in it; the initials are there for
    people who read it, the digest tells apart what sounds alike.
    """
    place = "".join(character for character in source if character.isalnum() or character == "_")
    return "-".join(
        part for part in (place[:24], initials(name)[:24], _digest(source, name)[:8]) if part
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()
