"""Where the pages of a long list begin and end: arithmetic, and nothing else.

A page is asked for by the key that the one before ended with, and never by counting; the outline
tells which page a place of the list is on. It is a key for each page, 5,000 for a million rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from storage.cases import CaseKey, Order


class Outline(NamedTuple):
    """`ends` are the keys of the last row of each page but the last; `starts` the first places."""

    order: Order
    ends: tuple[CaseKey, ...]
    starts: tuple[int, ...]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return len(self.starts)

    def page_of(self, place: int) -> int:
        """The page that a place of the list is on."""
        return bisect_right(self.starts, place) - 1

    def start_of(self, page: int) -> int:
        """The place of a page's first row."""
        return self.starts[page]

    def size_of(self, page: int) -> int:
        """How many rows a page has."""
        after = self.starts[page + 1] if page + 1 < self.pages else self.total
        return after - self.starts[page]

    def key_before(self, page: int) -> CaseKey | None:
        """The key that a page begins after; the first one begins at the beginning."""
        return self.ends[page - 1] if page else None

    def page_with(self, key: CaseKey) -> int:
        """The page that a row with this key is on, or would be."""
        return _before(self.ends, key, self.order)


def lay_out(
    order: Order, ends: Sequence[CaseKey], every: int, rest: int, more: Iterable[CaseKey] = ()
) -> Outline:
    """The outline of full pages of so many rows and a rest, with some more rows among them."""
    sizes = [every] * len(ends) + [rest]
    for key in more:
        sizes[_before(ends, key, order)] += 1
    bounds = tuple(accumulate(sizes, initial=0))
    return Outline(order, tuple(ends), bounds[:-1], bounds[-1])


def is_after(one: CaseKey, other: CaseKey, order: Order) -> bool:
    """Whether a row comes after another in a list."""
    if order is Order.NEWEST:
        return _plain(one) < _plain(other)
    return _plain(one) > _plain(other)


def _before(ends: Sequence[CaseKey], key: CaseKey, order: Order) -> int:
    """How many of these keys, in the order of the list, a key comes after."""
    if order is Order.NEWEST:
        # Sorted backwards: as many as are greater.
        return _first_not_above(ends, key)
    return bisect_left(ends, _plain(key), key=_plain)


def _first_not_above(ends: Sequence[CaseKey], key: CaseKey) -> int:
    wanted, low, high = _plain(key), 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if _plain(ends[middle]) > wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _plain(key: CaseKey) -> tuple[int | str, str]:
    return key.value, key.id
