"""Texts laid out by terminal cells: a Chinese character takes two, and none is cut away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len

from clerk.locale.punctuation import comma

_WIDE_MARKS = ("、", "：")
"""What is two cells wide and wants no blank behind it."""


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


def pack_cells(
    title: str, names: Sequence[str], width: int, most_rows: int, more: Callable[[int], str]
) -> list[str]:
    """Names behind a title, whole names on each line; beyond the room it says how many more."""
    lines, between = [title], comma().rstrip()
    for place, name in enumerate(names):
        mark = between if place + 1 < len(names) else ""
        left = more(len(names) - place)
        room = width - (cell_len(left) + 1 if len(lines) >= most_rows else 0)
        gap = "" if lines[-1].endswith(_WIDE_MARKS) else " "
        if cell_len(lines[-1] + gap + name + mark) <= room:
            lines[-1] += gap + name + mark
        elif len(lines) >= most_rows:
            lines[-1] += (
                left if lines[-1].endswith(_WIDE_MARKS) and not left.isascii() else " " + left
            )
            break
        else:
            first, *others = wrap_cells(name + mark, width)
            lines += [first, *others]
    return lines


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
