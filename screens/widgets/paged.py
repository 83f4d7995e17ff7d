"""A source of a listing that holds a few pages of a long list and asks for the others.

It never waits: a row whose page is not there yet is told as on its way, and the page is asked for.
One page is under way at a time, the one that was looked at last comes next, and the neighbour is
fetched before the cursor is there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

PAGES_HELD = 12
"""The pages that were looked at last: more than any screen shows, little to hold."""

_AHEAD = 100
"""So many rows before a page's edge its neighbour is asked for: two screens of the largest kind."""

ON_ITS_WAY = ("…",)
"""The cells of a row whose page is not there yet."""


class Line(Protocol):
    """A row written out."""

    @property
    def id(self) -> str:
        """What row it is."""

    @property
    def cells(self) -> Sequence[str]:
        """Its texts."""

    @property
    def colour(self) -> str:
        """The component class that colours it, or nothing."""


class Pages(Protocol):
    """Which places are on which page."""

    @property
    def total(self) -> int:
        """How many rows there are."""

    @property
    def pages(self) -> int:
        """How many pages."""

    def page_of(self, place: int) -> int:
        """The page of a place."""

    def start_of(self, page: int) -> int:
        """The place of a page's first row."""


L = TypeVar("L", bound=Line)


class Paged(Generic[L]):
    """Rows of a list of any length. `put` brings what `ask` was called for, or `give_up` does."""

    def __init__(self, first: Sequence[L], ask: Callable[[int], None]) -> None:
        """Begin with the first page, which is the whole list until it is laid out."""
        self._held: OrderedDict[int, Sequence[L]] = OrderedDict({0: first})
        self._ask = ask
        self._laid_out: Pages | None = None
        self._under_way: int | None = None
        self._wanted: int | None = None

    def __len__(self) -> int:
        """How many rows there are, as far as it is known."""
        return self._laid_out.total if self._laid_out else len(self._held[0])

    def lay_out(self, pages: Pages) -> None:
        """The length of the whole list is known now, and which place is on which page."""
        self._laid_out = pages

    def cells(self, index: int) -> Sequence[str]:
        """The texts of one row, or the sign that it is on its way."""
        line = self.look_at(index)
        return line.cells if line else ON_ITS_WAY

    def mark(self, index: int) -> str:
        """The colour of one row."""
        line = self.find(index)
        return line.colour if line else ""

    def identity(self, index: int) -> str:
        """What row it is; nothing for one that is on its way."""
        line = self.find(index)
        return line.id if line else ""

    @property
    def held(self) -> list[L]:
        """The rows that are there."""
        return [line for page in self._held.values() for line in page]

    def look_at(self, index: int) -> L | None:
        """One row, if it is there; its page is asked for if not, and the next one in time."""
        line = self.find(index)
        pages = self._laid_out
        if pages is None:
            return line
        page = pages.page_of(index)
        if page not in self._held:
            self._want(page)
        else:
            self._held.move_to_end(page)
            self._look_ahead(pages, index, page)
        return line

    def find(self, index: int) -> L | None:
        """One row, if it is there."""
        page = self._laid_out.page_of(index) if self._laid_out else 0
        start = self._laid_out.start_of(page) if self._laid_out else 0
        held = self._held.get(page, ())
        return held[index - start] if 0 <= index - start < len(held) else None

    def put(self, page: int, lines: Sequence[L]) -> None:
        """A page that was asked for, or is known to be wanted."""
        self._held[page] = lines
        self._held.move_to_end(page)
        while len(self._held) > PAGES_HELD:
            # The first page stays: without it a list that is not laid out had no length.
            oldest = next(one for one in self._held if one)
            del self._held[oldest]
        self._go_on(page)

    def give_up(self, page: int) -> None:
        """The page that was asked for does not come; it is asked for when it is looked at."""
        self._wanted = None
        self._go_on(page)

    def _look_ahead(self, pages: Pages, index: int, page: int) -> None:
        start = pages.start_of(page)
        end = pages.start_of(page + 1) if page + 1 < pages.pages else pages.total
        beyond = page + 1 if end - index <= _AHEAD else page - 1 if index - start < _AHEAD else page
        if 0 <= beyond < pages.pages and beyond not in self._held and self._wanted is None:
            self._want(beyond)

    def _want(self, page: int) -> None:
        self._wanted = page
        if self._under_way is None:
            self._under_way = page
            self._ask(page)

    def _go_on(self, came: int) -> None:
        if self._under_way == came:
            self._under_way = None
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted not in self._held:
            self._want(wanted)
