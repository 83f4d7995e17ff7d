"""The cases of a list that are marked to be acted on together, by their ids."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.locale import _
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
        if self._entries.pop(entry.id, None) is None:
            self._entries[entry.id] = entry
        listing.show_marks(frozenset(self._entries))
        listing.action_move(1)

    def turn_all(self, listing: Listing, entries: Sequence[Entry]) -> None:
        """Mark all of these; where they are marked already, none."""
        if all(one.id in self._entries for one in entries):
            self._entries.clear()
        else:
            self._entries |= {one.id: one for one in entries}
        listing.show_marks(frozenset(self._entries))

    def clear(self, listing: Listing) -> None:
        """Mark none."""
        self._entries.clear()
        listing.show_marks(frozenset())


def row_text(entries: tuple[Entry, ...]) -> str:
    """Rows as a table of a spreadsheet takes them."""
    return "\n".join("\t".join(one.cells) for one in entries)


def why_no_mark(entry: Entry | None) -> str:
    """Why a row cannot be marked; nothing where it can."""
    if entry is None:
        return _("There is no row under the cursor.")
    return _("A draft is opened with Enter; only cases are marked.") if entry.is_draft else ""
