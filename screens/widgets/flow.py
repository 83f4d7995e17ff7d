"""Small pieces of text set in lines, as many to a line as fit; none is cut."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content


def flow(pieces: Sequence[Content], width: int, gap: int) -> list[list[tuple[int, int]]]:
    """For each line the pieces on it, as (index, column)."""
    lines: list[list[tuple[int, int]]] = []
    column = 0
    for index, piece in enumerate(pieces):
        if not lines or column + piece.cell_length > width:
            lines.append([])
            column = 0
        lines[-1].append((index, column))
        column += piece.cell_length + gap
    return lines


def set_in_lines(
    pieces: Sequence[Content], lines: Sequence[Sequence[tuple[int, int]]], gap: int
) -> Content:
    """The pieces in their lines as one text."""
    space = Content(" " * gap)
    return Content("\n").join(space.join([pieces[index] for index, _ in line]) for line in lines)
