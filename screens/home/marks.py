"""The cases or drafts of a list that are marked to be acted on together, by their ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from screens.home.lists import Entry
from screens.widgets.listing import Listing


class Marks:
    """Keeps what was marked as it was written then: its page need not be held any more."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entries: dict[str, Entry] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is marked, in the order that it was."""
        return tuple(self._entries.values())

    def turn(self, listing: Listing, entry: Entry) -> None:
        """Mark a row, or take its mark away, and go on to the next."""
        self._turn(entry)
        listing.show_marks(frozenset(self._entries))
        listing.action_move(1)

    def turn_all(self, listing: Listing, entries: Sequence[Entry]) -> None:
        """Mark these rows; where all of them are marked, none."""
        left = [one for one in entries if one.id not in self._entries]
        for one in left or entries:
            self._turn(one)
        listing.show_marks(frozenset(self._entries))

    def take(self, listing: Listing, find: Callable[[str], Entry | None]) -> None:
        """Other rows were marked with the mouse; `find` tells a row by its id."""
        for turned in listing.marks ^ self._entries.keys():
            here = find(turned)
            if here is not None:
                self._turn(here)
        listing.show_marks(frozenset(self._entries))

    def clear(self, listing: Listing) -> None:
        """Mark none."""
        self._entries.clear()
        listing.show_marks(frozenset())

    def _turn(self, entry: Entry) -> None:
        if self._entries.pop(entry.id, None) is None:
            self._entries[entry.id] = entry


def row_text(entries: tuple[Entry, ...]) -> str:
    """Rows as a table of a spreadsheet takes them."""
    return "\n".join("\t".join(one.cells) for one in entries)
