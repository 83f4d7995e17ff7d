"""Problem codes in words: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import NamedTuple

from clerk.errors import NAMES_APART
from clerk.locale import _, in_a_row, mark

SYSTEM_REASONS = frozenset(
    {
        mark("Address already in use"),
        mark("File exists"),
        mark("File name too long"),
        mark("Is a directory"),
        mark("Name or service not known"),
        mark("No space left on device"),
        mark("No such file or directory"),
        mark("Not a directory"),
        mark("Permission denied"),
        mark("Read-only file system"),
        mark("There is no such port"),
    }
)
"""What an operating system says most often, and we in its place, word for word."""


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


def _set_apart(value: str, translate: Callable[[str], str]) -> str:
    """Several names, with what stands between them in this language."""
    pair = translate(mark("{names}, {name}"))
    first, *others = value.split(NAMES_APART)
    return reduce(lambda names, name: pair.format(names=names, name=name), others, first)


def tell(
    code: str,
    parameters: Mapping[str, object] | None = None,
    translate: Callable[[str], str] = _,
) -> Told:
    """A problem in the language spoken now, or in that of `translate`; unknown codes by name."""
    # Hundreds of rows, which a window that begins tells none of.
    from clerk.locale.problem_table import PROBLEMS

    found = PROBLEMS.get(code)
    if found is None:
        return Told(translate(mark("Something went wrong ({code}).")).format(code=code), "", "")
    shown = _Shown(
        (name, _set_apart(value, translate) if isinstance(value, str) else value)
        for name, value in (parameters or {}).items()
    )
    if (reason := str(shown.get("reason", ""))) in SYSTEM_REASONS:
        shown["reason"] = translate(reason)
    what, safe, remedy = (translate(part).format_map(shown) if part else "" for part in found)
    return Told(what, safe, remedy)
