"""Code 128 and QR as SVG: one path each, so that a form stays small and sharp in print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.papers.code128 import code128_modules

_CODE128_QUIET = 10
"""Light modules that Code 128 wants at either end (ISO/IEC 15417)."""
_QR_QUIET = 4
"""Light modules that QR wants all around (ISO/IEC 18004)."""
_CODE128_HEIGHT = 40
_QR_MASK = 2


def draw_code128(text: str) -> str:
    """A Code 128 of ASCII text as SVG, with its quiet zones and without the text below it."""
    return _draw(
        [code128_modules(text)], quiet=_CODE128_QUIET, quiet_above=0, height=_CODE128_HEIGHT
    )


def draw_qr(text: str) -> str:
    """A QR code as SVG, with its quiet zone; level M outlives a fold or a stain."""
    import segno

    # Any mask can be read; weighing all eight, as the standard would have it, takes six times as
    # long as all the rest, and pays only where a text is long and even.
    rows = list(segno.make_qr(text, error="m", boost_error=False, mask=_QR_MASK).matrix)
    return _draw(rows, quiet=_QR_QUIET, quiet_above=_QR_QUIET, height=1)


def _draw(rows: Sequence[Sequence[int]], *, quiet: int, quiet_above: int, height: int) -> str:
    """Each dark run of each row is one closed rectangle of a single path."""
    bars = "".join(
        f"M{quiet + start} {quiet_above + place * height}h{length}v{height}h-{length}z"
        for place, row in enumerate(rows)
        for start, length in _find_runs(row)
    )
    wide = len(rows[0]) + 2 * quiet
    high = len(rows) * height + 2 * quiet_above
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f'<path d="{bars}"/></svg>'
    )


def _find_runs(modules: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Where dark modules begin, and how many follow each other."""
    start = length = 0
    for place, module in enumerate(modules):
        if not module:
            if length:
                yield start, length
            length = 0
            continue
        start = start if length else place
        length += 1
    if length:
        yield start, length
