"""An archive that adds to each formula the value it has.

openpyxl writes formulas without values, and a phone's viewer or an import tool, which calculates
nothing, would show an empty report.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v ?(?:/>|></v>)</c>')

Cached = Mapping[str, Mapping[str, float | int | str]]
"""By the path of a sheet in the archive and the place of a cell."""


class CachingArchive(zipfile.ZipFile):
    """Takes the sheets from openpyxl and stores the values of their formulas too."""

    def __init__(self, target: IO[bytes], cached: Cached) -> None:
        """Write to a file in memory."""
        super().__init__(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._cached = cached

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Store a sheet that openpyxl has written to a temporary file."""
        values = self._cached.get(str(arcname))
        if values is None:
            super().write(filename, arcname, compress_type, compresslevel)
            return
        text = Path(filename).read_text(encoding="utf-8")
        self.writestr(str(arcname), add_values(text, values))


def add_values(sheet: str, values: Mapping[str, float | int | str]) -> str:
    """The XML of a sheet, each of its formulas with its value; a formula without one is a bug."""

    def fill(match: re.Match[str]) -> str:
        place, attributes, formula = match.groups()
        value = values[place]
        kind = ' t="str"' if isinstance(value, str) else ""
        told = escape(str(value))
        return f'<c r="{place}"{attributes}{kind}><f>{formula}</f><v>{told}</v></c>'

    return _FORMULA.sub(fill, sheet)
