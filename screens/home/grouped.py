"""The rows of a list with what they have in common told once, on the first row of each group.

A group takes no row of its own, so places and pages of the list stay as storage counts them.
"""

from __future__ import annotations

from collections.abc import Sequence

from screens.home.lists import Entry
from screens.widgets.paged import ON_ITS_WAY, Paged


class Grouped(Paged[Entry]):
    """Tells the group in a first cell; one whose row before is not there yet is told again."""

    def cells(self, index: int) -> Sequence[str]:
        """The group, where it begins, and the texts of the row."""
        line = self.look_at(index)
        if line is None:
            return ON_ITS_WAY
        before = self.find(index - 1)
        begins = before is None or before.group != line.group
        return (line.group if begins else "", *line.cells)
