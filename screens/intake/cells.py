"""Texts laid out by terminal cells: a Chinese character takes two, and none is cut away."""

from __future__ import annotations

from rich.cells import cell_len


def wrap_cells(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; words stay whole where they can, nothing is lost."""
    width = max(2, width)
    lines: list[str] = []
    rest = " ".join(text.split())
    while cell_len(rest) > width:
        cut = _fitting(rest, width)
        space = rest.rfind(" ", 0, cut + 1)
        if space > 0:
            cut = space
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest]


def pad_cells(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces to `width` cells, never less than all of it."""
    space = " " * max(0, width - cell_len(text))
    return space + text if right else text + space


def _fitting(text: str, width: int) -> int:
    """How many characters fit, one at least."""
    cells = 0
    for place, character in enumerate(text):
        cells += cell_len(character)
        if cells > width:
            return max(1, place)
    return len(text)
