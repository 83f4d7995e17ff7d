"""The Typst sources of the forms: the shipped ones, and an office's own in their place.

They are read once and stay in memory: Typst then knows every page again that it has set before,
but for what is new on it. An office's form is a file of the same name, `acceptance.typ`; it may
import `base.typ`, which is the shipped one unless the office has its own.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent / "templates"
DATA = "paper.json"
MAIN = "main"
"""The name under which Typst is given the form to begin with, and tells of faults in it."""

NO_OWN: Mapping[str, bytes] = MappingProxyType({})
"""An office that has changed no form."""


@functools.cache
def read_shipped() -> Mapping[str, bytes]:
    """Every shipped source by its file name."""
    return MappingProxyType(
        {path.name: path.read_bytes() for path in sorted(_FOLDER.glob("*.typ"))}
    )


def gather(template: str, data: bytes, own: Mapping[str, bytes] = NO_OWN) -> dict[str, bytes]:
    """What Typst is given to set one form: its source, what that names, and the data.

    Nothing else: each file that it is given costs as much as setting a table.
    """
    sources = {**read_shipped(), **own} if own else read_shipped()
    named = _find_named(f"{template}.typ", sources) if own else _find_shipped(f"{template}.typ")
    given = {name: sources[name] for name in named}
    return given | {MAIN: sources[f"{template}.typ"], DATA: data}


@functools.cache
def _find_shipped(main: str) -> frozenset[str]:
    return _find_named(main, read_shipped())


def _find_named(main: str, sources: Mapping[str, bytes]) -> frozenset[str]:
    """The files that a source names, and those that they name in turn."""
    found: set[str] = set()
    open_ones = [main]
    while open_ones:
        source = sources[open_ones.pop()]
        named = {name for name in sources if f'"{name}"'.encode() in source} - found
        found |= named
        open_ones += named
    return frozenset(found)
