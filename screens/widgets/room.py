"""How wide each column of a list is: fixed, or a share of what the others leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.widgets.column import Column

_ROOM = 90
"""Cells from which on a list has room for the wider of a column's two widths."""
_LEAST = 4


def share_out(columns: Sequence[Column], width: int, taken: int = 0) -> list[int]:
    """The widths in a list of so many cells, of which some are taken; one lies between two."""
    fixed = [one.wide if one.wide and width >= _ROOM else one.width for one in columns]
    shares = sum(one.share for one, wide in zip(columns, fixed, strict=True) if not wide) or 1
    each = max(_LEAST, width - sum(fixed) - len(columns) + 1 - taken) / shares
    return [
        wide or min(int(each * one.share), one.most or width)
        for one, wide in zip(columns, fixed, strict=True)
    ]
