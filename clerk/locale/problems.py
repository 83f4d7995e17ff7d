"""Problem codes in words: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from clerk.locale import _, in_a_row, mark
from clerk.locale.problem_table import PROBLEMS


class Told(NamedTuple):
    """A problem as a person reads it."""

    what: str
    safe: str
    remedy: str

    def __str__(self) -> str:
        """All three in one line."""
        return in_a_row(*self)


class _Shown(dict[str, object]):
    """Parameters for a sentence; one that is missing shows as its name, never as a crash."""

    def __missing__(self, key: str) -> str:
        return f"({key})"


def tell(
    code: str,
    parameters: Mapping[str, object] | None = None,
    translate: Callable[[str], str] = _,
) -> Told:
    """A problem in the language spoken now, or in that of `translate`; unknown codes by name."""
    found = PROBLEMS.get(code)
    if found is None:
        return Told(translate(mark("Something went wrong ({code}).")).format(code=code), "", "")
    shown = _Shown(parameters or {})
    what, safe, remedy = (translate(part).format_map(shown) if part else "" for part in found)
    return Told(what, safe, remedy)
