"""A cell as a note may show it: whole where nobody is named, else only so much as finds it."""

from __future__ import annotations

from central.imports.columns import Shape
from clerk.rules.identifiers import mask_identifier, mask_phone
from clerk.rules.identifiers.masking import scrub

LONGEST = 60
_HIDDEN = "***"
_NUMBERS = frozenset({"id_number", "uscc", "representative_id", "holder_number", "number"})
_NAMES = frozenset({"name", "representative_name", "holder_name"})
_WHOLE = frozenset({"id_kind", "holder_kind", "kind", "type", "status", "issued_on", "valid_until"})
_PERSONAL = frozenset({Shape.PEOPLE, Shape.ORGANISATIONS, Shape.LICENCES})


def show_value(shape: Shape, column: str, text: str) -> str:
    """The cell under a column of ours. Numbers keep their ends, names their first character."""
    if not text or shape not in _PERSONAL or column in _WHOLE:
        return scrub(text[:LONGEST])
    if column in _NUMBERS:
        return mask_identifier(text)[:LONGEST]
    if column == "phone":
        return mask_phone(text)[:LONGEST]
    return text[0] + _HIDDEN if column in _NAMES else _HIDDEN
