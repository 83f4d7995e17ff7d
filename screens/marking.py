"""The rows of a list in memory that are marked, to be copied or acted on together."""

from __future__ import annotations

from typing import Any, TypeVar

from screens.widgets.listing import Listing
from screens.widgets.rows import Rows

T = TypeVar("T")


class Marked:
    """Keeps what was marked in each list, also while something else is typed or shown."""

    def __init__(self) -> None:
        """Begin with none."""
        self._things: dict[str, object] = {}
        self._lists = {"": self._things}

    def __len__(self) -> int:
        """How many are marked."""
        return len(self._things)

    def __contains__(self, identity: str) -> bool:
        """Whether this row is marked."""
        return identity in self._things

    def of(self, kind: type[T]) -> list[T]:
        """What is marked, in the order that it was."""
        return [one for one in self._things.values() if isinstance(one, kind)]

    def follow(self, key: str, rows: Rows[Any], listing: Listing) -> None:
        """These rows of a list are shown now: each mark holds its thing as it was read last."""
        self._things = self._lists.setdefault(key, {})
        if self._things:
            shown = {rows.identity(n): one for n, one in enumerate(rows.things)}
            self._things |= {key: shown[key] for key in self._things if key in shown}
        self._show(listing)

    def turn(self, rows: Rows[Any], listing: Listing) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        self._turn(rows, listing.cursor)
        self._show(listing)
        listing.action_move(1)

    def turn_all(self, rows: Rows[Any], listing: Listing) -> None:
        """Mark all rows that are shown; where all are marked, none of them."""
        shown = {rows.identity(n): one for n, one in enumerate(rows.things)}
        shown.pop("", None)
        if shown.keys() <= self._things.keys():
            for key in shown:
                del self._things[key]
        else:
            self._things |= shown
        self._show(listing)

    def take(self, marks: frozenset[str], rows: Rows[Any], listing: Listing) -> None:
        """Other rows were marked with the mouse."""
        turned = marks ^ self._things.keys()
        if turned:
            for n in range(len(rows)):
                if rows.identity(n) in turned:
                    self._turn(rows, n)
            self._show(listing)

    def clear(self, listing: Listing) -> None:
        """Mark none."""
        self._things.clear()
        self._show(listing)

    def _turn(self, rows: Rows[Any], index: int) -> None:
        key = rows.identity(index)
        if key and self._things.pop(key, None) is None:
            self._things[key] = rows.things[index]

    def _show(self, listing: Listing) -> None:
        listing.show_marks(frozenset(self._things))
