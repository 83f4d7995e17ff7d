"""A list of any length on the first screen: what is in sight at once, the whole behind that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from clerk.errors import ClerkError
from screens.base import DeskScreen
from screens.home.grouped import Grouped
from screens.home.lists import Around, Entry, Page, read_around, read_page, rows_of
from screens.widgets.listing import Listing
from screens.widgets.paged import Paged
from services.cases import CaseQuery
from services.outline import Outline

_BEYOND_SIGHT = 8
"""Rows that are read with those in sight, so that the next keys find theirs there."""


class LongList:
    """The lines of the list that is shown; what lies beyond those is read behind the keys."""

    def __init__(
        self, screen: DeskScreen, failed: Callable[[ClerkError], None], page_rows: int
    ) -> None:
        """Begin with no line; the screen reads, and `failed` is told what a page ended with."""
        self._screen = screen
        self._page_rows = page_rows
        self._failed = failed
        self._whole: tuple[CaseQuery, Outline] | None = None
        self._grouped = False
        self.entries: Paged[Entry] = Paged((), self._ask_page)

    @property
    def _listing(self) -> Listing:
        return self._screen.query_one("#cases", Listing)

    def in_sight(self, *, keep_cursor: bool) -> int:
        """So many rows are enough to show a list, and to find the cursor's again."""
        above = self._listing.cursor if keep_cursor else 0
        return min(self._page_rows, above + self._listing.size.height + _BEYOND_SIGHT)

    def show(self, page: Page, *, grouped: bool, keep_cursor: bool) -> None:
        """Show the beginning; the whole of a longer list is laid out behind it.

        A long list that is shown already stays as it is meanwhile, and so does its cursor.
        """
        self._grouped = grouped
        here = self.entries.find(self._listing.cursor)
        query = replace(page.query, limit=self._page_rows) if page.query else None
        same = self._whole is not None and self._whole[0] == query
        if query and same and keep_cursor and here and here.key:
            around = partial(read_around, self._screen.desk, query, here.key)
            show = partial(self._show_around, query, self.entries, self._listing.cursor)
            self._screen.load(around, show, group="more")
            return
        self._whole = None
        place = next((n for n, one in enumerate(page.entries) if here and one.id == here.id), None)
        self._show(self._paged(page.entries), keep=keep_cursor, cursor=place)
        if query:
            # What is in sight is drawn first: reading more beside it would hold it up.
            self._screen.call_after_refresh(self._read_on, query, self.entries)

    def _paged(self, first: tuple[Entry, ...]) -> Paged[Entry]:
        return (Grouped if self._grouped else Paged)(first, self._ask_page)

    def _show(self, entries: Paged[Entry], *, keep: bool, cursor: int | None) -> None:
        self.entries = entries
        self._listing.show(entries, keep_cursor=keep, cursor=cursor if keep else None)

    def _read_on(self, query: CaseQuery, entries: Paged[Entry]) -> None:
        if entries is self.entries:
            rows, go_on = partial(rows_of, self._screen.desk, query), partial(self._go_on, query)
            self._screen.load(rows, partial(go_on, entries), group="more")

    def _go_on(self, query: CaseQuery, entries: Paged[Entry], first: tuple[Entry, ...]) -> None:
        """The first page is there: a list that is longer than that is laid out."""
        if entries is not self.entries:
            return
        entries.put(0, first)
        self._listing.show(entries)
        if len(first) == query.limit:
            outline = partial(self._screen.desk.cases.outline, query, query.limit)
            self._screen.load(outline, partial(self._lay_out, query, entries), group="more")

    def _lay_out(self, query: CaseQuery, entries: Paged[Entry], outline: Outline) -> None:
        if entries is self.entries:
            self._whole = query, outline
            entries.lay_out(outline)
            self._listing.show(entries)

    def _show_around(
        self, query: CaseQuery, shown: Paged[Entry], then: int, around: Around
    ) -> None:
        """Show the list as it is now; a cursor that was moved meanwhile is not taken back."""
        if shown is not self.entries:
            return
        entries = self._paged(around.first)
        entries.lay_out(around.outline)
        entries.put(around.page, around.entries)
        self._whole = query, around.outline
        now = self._listing.cursor
        moved = now + around.cursor - then if now else 0
        self._show(entries, keep=True, cursor=moved)

    def _ask_page(self, page: int) -> None:
        """A page comes into sight that is not there: read it behind the keys."""
        assert self._whole is not None, "only a list that is laid out asks"
        asked, (query, outline) = self.entries, self._whole

        def put(entries: tuple[Entry, ...]) -> None:
            asked.put(page, entries)
            self._listing.come()

        def fail(problem: ClerkError) -> None:
            asked.give_up(page)
            self._failed(problem)

        fetch = partial(read_page, self._screen.desk, query, outline, page)
        self._screen.load(fetch, put, group="rows", failed=fail)
