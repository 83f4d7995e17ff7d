"""Which fonts a form is set in, and what becomes of a character that they lack.

The shipped fonts hold every character of the national list of 2013 (通用规范汉字表) and most of
Extension A. Some people's names need more: then the machine's own fonts are asked (Windows
brings SimSun-ExtB), and a character that no font holds is printed as its code point, because
an empty box on an official paper is somebody's name lost.
"""

from __future__ import annotations

import bisect
import functools
import mmap
import struct
import unicodedata
from pathlib import Path

_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})
_COLLECTION = b"ttcf"


class Coverage:
    """The characters of one font file, as sorted ranges."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        """Take first and last code points, both included."""
        self._ranges = sorted(ranges)

    def __contains__(self, character: object) -> bool:
        """Whether the font has a glyph for it."""
        assert isinstance(character, str)
        code = ord(character)
        place = bisect.bisect_right(self._ranges, (code, 0x110000)) - 1
        return place >= 0 and self._ranges[place][0] <= code <= self._ranges[place][1]


def get_folder() -> Path:
    """Where the shipped fonts lie: Noto Sans SC and Noto Serif SC, whole."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.serif_path()).parent


@functools.cache
def read_shipped() -> Coverage:
    """The characters of the shipped text font."""
    import pylopdf_fonts_zh_cn

    return read_coverage(Path(pylopdf_fonts_zh_cn.serif_path()))


@functools.cache
def find_in_system(character: str) -> bool:
    """Whether any font of this machine has the character."""
    import typst

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    paths = {Path(font.path) for font in fonts if font.path is not None}
    return any(character in read_coverage(path) for path in sorted(paths))


def find_lacking(text: str) -> list[str]:
    """The characters of a text that the shipped font lacks, each once."""
    return [character for character in dict.fromkeys(text) if _is_lacking(character)]


@functools.lru_cache(maxsize=20_000)
def _is_lacking(character: str) -> bool:
    return character not in read_shipped() and unicodedata.category(character) not in _UNSEEN


@functools.lru_cache(maxsize=256)
def read_coverage(path: Path) -> Coverage:
    """Read the full Unicode table (cmap format 12, or 4 where there is none) of a font file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _read(data)


def _read(data: mmap.mmap) -> Coverage:
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == _COLLECTION else 0
    table = _find_table(data, start)
    if table is None:
        return Coverage([])
    count = struct.unpack_from(">H", data, table + 2)[0]
    offsets = {
        table + struct.unpack_from(">HHI", data, table + 4 + 8 * place)[2] for place in range(count)
    }
    formats = {struct.unpack_from(">H", data, offset)[0]: offset for offset in offsets}
    if 12 in formats:  # noqa: PLR2004 - the number of a cmap format
        return Coverage(_read_groups(data, formats[12]))
    return Coverage(_read_segments(data, formats[4]) if 4 in formats else [])  # noqa: PLR2004


def _find_table(data: mmap.mmap, start: int) -> int | None:
    """Where the character map of a font begins."""
    count = struct.unpack_from(">H", data, start + 4)[0]
    for place in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(
            ">4sIII", data, start + 12 + 16 * place
        )
        if tag == b"cmap":
            return int(offset)
    return None


def _read_groups(data: mmap.mmap, offset: int) -> list[tuple[int, int]]:
    """The ranges of a cmap table of format 12."""
    count = struct.unpack_from(">I", data, offset + 12)[0]
    groups = struct.iter_unpack(">III", data[offset + 16 : offset + 16 + 12 * count])
    return [(first, last) for first, last, _glyph in groups]


def _read_segments(data: mmap.mmap, offset: int) -> list[tuple[int, int]]:
    """The ranges of a cmap table of format 4."""
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    last = struct.unpack_from(f">{count}H", data, offset + 14)
    first = struct.unpack_from(f">{count}H", data, offset + 16 + 2 * count)
    return [(start, end) for start, end in zip(first, last, strict=True) if end != 0xFFFF]  # noqa: PLR2004
