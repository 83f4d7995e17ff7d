"""A terminal's SVG made to stand alone: no font from elsewhere, and every character in its cell.

Textual's own export names a web font and trusts `textLength`, which not every viewer obeys;
Chinese then drifts out of its columns. So each stretch of wide characters gets a place of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

CELL = 12.2
"""The width of a cell in Rich's export, for letters of 20 units."""

_FONTS = (
    "Fira Code,Menlo,Consolas,DejaVu Sans Mono,PingFang SC,Microsoft YaHei,"
    "Noto Sans CJK SC,Noto Sans Mono,monospace"
)
_EDGES = frozenset("│┃║╭╮╰╯┌┐└┘▏▎▍▌▐▕█▊")
"""Characters that must meet those above and below them."""

_FONT_FACE = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_LINE_CLIP = re.compile(r'<clipPath id="[^"]+-line-\d+">.*?</clipPath>\s*', re.DOTALL)
_PREFIX = re.compile(r"terminal-\d+-")
_TEXT = re.compile(
    r'<text class="(?P<style>[^"]+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)"'
    r' textLength="[\d.]+"(?: clip-path="[^"]+")?>(?P<text>[^<]*)</text>'
)


def make_self_contained(svg: str) -> str:
    """The same picture, smaller, with nothing fetched from anywhere."""
    svg = _COMMENT.sub("", _FONT_FACE.sub("", svg))
    svg = _LINE_CLIP.sub("", svg)
    svg = _PREFIX.sub("t-", svg)
    svg = svg.replace("Fira Code", _FONTS)
    svg = svg.replace("</style>", ".w{letter-spacing:4.4px}</style>", 1)
    return _TEXT.sub(lambda found: "".join(_runs(found)), svg)


def _runs(found: re.Match[str]) -> Iterator[str]:
    """One text element as several, narrow and wide characters apart, blank ones left out."""
    x = float(found["x"])
    for (wide, _place), characters in groupby(unescape(found["text"]), key=_Stretch()):
        text = "".join(characters)
        width = cell_len(text) * CELL
        if text.strip():
            yield _element(found, text, x, width, wide=wide)
        x += width


def _element(found: re.Match[str], text: str, x: float, width: float, *, wide: bool) -> str:
    place = f'x="{x:.1f}" y="{found["y"]}"'
    if wide:
        return f'<text class="w {found["style"]}" {place}>{escape(text)}</text>'
    lead = len(text) - len(text.lstrip())
    shown = text.strip()
    place = f'x="{x + lead * CELL:.1f}" y="{found["y"]}" textLength="{len(shown) * CELL:.1f}"'
    kept = escape(shown).replace(" ", "\u00a0")
    return f'<text class="{found["style"]}" {place}>{kept}</text>'


class _Stretch:
    """Keys that keep wide characters together, narrow ones too, and each frame's edge alone."""

    def __init__(self) -> None:
        self._edges = 0

    def __call__(self, character: str) -> tuple[bool, int]:
        if character in _EDGES:
            self._edges += 1
            return False, self._edges
        return cell_len(character) > 1, 0
