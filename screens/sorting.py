"""A list that is in memory: sorted or grouped by a column, and its rows copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple, TypeVar

from clerk.locale import _, mark
from screens.base import DeskScreen
from screens.copying import copy_row
from screens.dialogs.choose import Choose
from screens.widgets.listing import Column, Listing
from screens.widgets.rows import GroupedRows, Rows

T = TypeVar("T")
_AS_IT_IS = ""

Weigh = Mapping[str, Callable[[T], float | None]]
"""By a column's title, what its rows are sorted by where their text would mislead."""


class _Sorted(NamedTuple):
    """By which column, by its title; whether the last come first, or each group is told once."""

    title: str = _AS_IT_IS
    backwards: bool = False
    grouped: bool = False


class SortedScreen(DeskScreen):
    """A screen with one list that is arranged and copied from."""

    SORT: ClassVar[dict[str, tuple[str, str]]] = {
        "arrange": (mark("Sort"), mark("Sort the list by one of its columns")),
        "copy": (mark("Copy"), mark("Copy the row under the cursor")),
    }
    """The keys that such a screen binds, and what they are called there."""

    listing: Listing

    def __init__(self) -> None:
        """Begin as the list is."""
        super().__init__()
        self._sorted = _Sorted()

    @property
    def is_sorted(self) -> bool:
        """Whether a column was chosen to sort by."""
        return bool(self._sorted.title)

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show what there is, in order."""
        raise NotImplementedError

    def in_order(
        self,
        things: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        weigh: Weigh[T] | None = None,
    ) -> list[T]:
        """The things by the column that was chosen, if these columns have it."""
        self.listing.sorts = True
        self.listing.show_columns(self._headed(columns))
        place = self._find_place(columns)
        if place is None:
            return list(things)
        exactly = (weigh or {}).get(self._sorted.title)
        keys = [_key(exactly(one) if exactly else write(one)[place]) for one in things]
        filled = [n for n, key in enumerate(keys) if key is not None]
        filled.sort(key=lambda n: keys[n] or _LEAST, reverse=self._sorted.backwards)
        empty = [n for n, key in enumerate(keys) if key is None]
        return [things[n] for n in (*filled, *empty)]

    def arranged(
        self,
        things: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str] = lambda _thing: "",
        weigh: Weigh[T] | None = None,
    ) -> Rows[T]:
        """The things in order, as the list shows them."""
        ordered, place = self.in_order(things, columns, write, weigh), self._find_place(columns)
        if place is None or not self._sorted.grouped:
            return Rows(ordered, write, colour)
        return GroupedRows(ordered, write, colour, place)

    def on_listing_heading_chosen(self, event: Listing.HeadingChosen) -> None:
        """A click on a heading sorts by it, a second one backwards, a third one not at all."""
        title = event.column.title
        if not title:
            return
        same = self._sorted.title == title and not self._sorted.grouped
        if same and self._sorted.backwards:
            self._sort(_Sorted())
        else:
            self._sort(_Sorted(title, backwards=same))

    def action_arrange(self) -> None:
        """Offer the columns."""
        ways = [(_Sorted(), _("Sort: as the list is"))]
        for one in self.listing.columns:
            if one.title:
                told = _("Sort: by {column}").format(column=one.title.strip())
                ways.append((_Sorted(one.title), told))
        for one in self.listing.columns:
            if one.groups:
                told = _("Group: by {column}").format(column=one.title.strip())
                ways.append((_Sorted(one.title, grouped=True), told))
        offered = [(str(n), told) for n, (_way, told) in enumerate(ways)]

        def take(key: str | None) -> None:
            if key is not None:
                way = ways[int(key)][0]
                again = way == self._sorted and self.is_sorted and not way.grouped
                self._sort(way._replace(backwards=again))

        self.app.push_screen(Choose(_("Arrange the list"), offered), take)

    def action_copy(self) -> None:
        """Copy the row under the cursor, as a spreadsheet takes it."""
        copy_row(self, self.listing)

    def _sort(self, by: _Sorted) -> None:
        self._sorted = by
        self.show_list(keep_cursor=False)

    def _find_place(self, columns: Sequence[Column]) -> int | None:
        if not self.is_sorted:
            return None
        return next((n for n, one in enumerate(columns) if one.title == self._sorted.title), None)

    def _headed(self, columns: Sequence[Column]) -> list[Column]:
        """With the sign of the order; what is grouped by stands first, however narrow the list."""
        place, headed = self._find_place(columns), list(columns)
        if place is not None and self._sorted.grouped:
            headed.insert(0, replace(headed.pop(place), from_width=0))
        elif place is not None:
            sign = -1 if self._sorted.backwards else 1
            headed[place] = replace(headed[place], sorted=sign)
        return headed


_LEAST = (0, 0.0, "")


def _key(told: str | float | None) -> tuple[int, float, str] | None:
    """Numbers by their size, words by their signs; nothing for what is empty and stands last."""
    if told is None or isinstance(told, int | float):
        return None if told is None else (0, float(told), "")
    plain = told.strip().replace(",", "")
    if plain.isdecimal():
        return (0, float(plain), "")
    return (1, 0.0, plain.casefold()) if plain else None
