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
    """The widths in a list of so many cells, of which some are taken; one lies between two.

    What a column has no need of goes to those that share the rest.
    """
    fixed = [one.wide if one.wide and width >= _ROOM else one.width for one in columns]
    left = max(_LEAST, width - sum(fixed) - len(columns) + 1 - taken)
    sharing = [one for one, wide in zip(columns, fixed, strict=True) if not wide]
    each = _each(sharing, left)
    while full := [one for one in sharing if one.most and each * one.share > one.most]:
        left -= sum(one.most for one in full)
        sharing = [one for one in sharing if one not in full]
        each = _each(sharing, left)
    return [
        wide or (int(each * one.share) if one in sharing else one.most)
        for one, wide in zip(columns, fixed, strict=True)
    ]


def _each(sharing: Sequence[Column], left: int) -> float:
    return left / (sum(one.share for one in sharing) or 1)
