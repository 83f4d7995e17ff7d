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
    """What Typst is given to set one form: its source, what that imports, and the data."""
    sources = {**read_shipped(), **own}
    return sources | {MAIN: sources[f"{template}.typ"], DATA: data}
