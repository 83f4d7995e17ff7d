"""Code 128 (ISO/IEC 15417): a text as bars and gaps, in the fewest symbols for our numbers.

Written here because the usual library loads an imaging library with it, which takes longer than a
whole receipt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 "
    "112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 "
    "311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
    "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
    "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 "
)
"""How wide bars and gaps of each symbol are, in turns: six digits a symbol, and a blank."""

_STOP = "2331112"

_TO_C, _TO_B, _START_B, _START_C = 99, 100, 104, 105
_MODULUS = 103
_LONG_RUN = re.compile(r"[0-9]{6,}|^[0-9]{4,}|[0-9]{4,}$")
"""Digits for which it pays to change to set C, which holds two in a symbol."""


def code128_modules(text: str) -> list[int]:
    """The modules of a text from left to right, 1 for dark. Asserts printable ASCII."""
    assert text.isascii(), "Code 128 holds ASCII"
    assert text.isprintable(), "Code 128 is given what can be read"
    values = list(_values(text))
    check = (values[0] + sum(place * one for place, one in enumerate(values))) % _MODULUS
    return [
        1 - place % 2
        for symbol in (*(_WIDTHS[7 * one : 7 * one + 6] for one in (*values, check)), _STOP)
        for place, width in enumerate(symbol)
        for _ in range(int(width))
    ]


def _values(text: str) -> Iterator[int]:
    """The symbols: long runs of digits in pairs (set C), all else one by one (set B)."""
    place, in_c = 0, False
    for run in _LONG_RUN.finditer(text):
        first = run.start() + len(run.group()) % 2
        if run.start() == 0 and first:
            first, last = 0, run.end() - 1
        else:
            last = run.end()
        if first > place or in_c:
            yield from _set_b(text[place:first], begins=place == 0)
        yield _TO_C if first else _START_C
        yield from (int(text[at : at + 2]) for at in range(first, last, 2))
        place, in_c = last, True
    if place < len(text) or not text:
        yield from _set_b(text[place:], begins=place == 0)


def _set_b(text: str, *, begins: bool) -> Iterator[int]:
    """The change to set B, or the start in it, and each character."""
    yield _START_B if begins else _TO_B
    yield from (ord(character) - ord(" ") for character in text)
