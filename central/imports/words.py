"""The words that an import takes for a value, and those of them that a template offers."""

from __future__ import annotations

from collections.abc import Mapping


def first_words(known: Mapping[str, object]) -> tuple[str, ...]:
    """The first word for each value, in order; that an empty cell means something needs none."""
    chosen: dict[object, str] = {}
    for word, value in known.items():
        if word:
            chosen.setdefault(value, word)
    return tuple(chosen.values())
