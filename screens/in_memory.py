"""Lists whose rows are all in memory: narrowed as somebody types, sorted by a column, copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple, TypeVar

from textual import getters
from textual.events import Key
from textual.widgets import Input

from clerk.locale import _, mark
from clerk.rules.identifiers.masking import scrub
from screens.base import DeskScreen
from screens.dialogs.choose import Choose
from screens.home.queue_bar import QueueBar
from screens.widgets.filter_box import FilterBox
from screens.widgets.listing import Column, Listing
from screens.widgets.rows import Rows

T = TypeVar("T")
_AS_IT_IS = ""


class _Sorted(NamedTuple):
    """By which column, by its title, and whether the last come first."""

    title: str = _AS_IT_IS
    backwards: bool = False


class InMemoryScreen(DeskScreen):
    """A screen with tabs, a box to type into, and one list below them."""

    SORT: ClassVar[dict[str, tuple[str, str]]] = {
        "arrange": (mark("Sort"), mark("Sort the list by one of its columns")),
        "copy": (mark("Copy"), mark("Copy the row under the cursor")),
    }
    """The keys that such a screen binds, and what they are called there."""

    OWN_SIGNS: ClassVar[str] = " "
    """What is typed over the list and yet means something else there."""

    tabs = getters.query_one(QueueBar)
    typing = getters.query_one("#filter", Input)
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
        """Show what there is, narrowed and in order."""
        raise NotImplementedError

    def narrow(self) -> None:
        """Something else was typed."""
        self.show_list(keep_cursor=False)

    def in_order(
        self, things: Sequence[T], columns: Sequence[Column], write: Callable[[T], Sequence[str]]
    ) -> list[T]:
        """The things by the column that was chosen, if these columns have it."""
        self.listing.sorts = True
        self.listing.show_columns([self._headed(one) for one in columns])
        place = next((n for n, one in enumerate(columns) if one.title == self._sorted.title), None)
        if place is None or not self._sorted.title:
            return list(things)
        return sorted(
            things, key=lambda one: _key(write(one)[place]), reverse=self._sorted.backwards
        )

    def rows_of(
        self,
        things: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str] = lambda _thing: "",
    ) -> Rows[T]:
        """Those of the things that are meant, in order, as the list shows them."""
        meant = [one for one in things if self.is_meant(write(one))]
        return Rows(self.in_order(meant, columns, write), write, colour)

    def is_meant(self, cells: Sequence[str]) -> bool:
        """Whether each word that was typed stands somewhere in a row."""
        told = " ".join(cells).casefold()
        close = "".join(told.split())
        return all(word in told or word in close for word in self.typing.value.casefold().split())

    def on_filter_box_sideways(self, event: FilterBox.Sideways) -> None:
        """In the empty box left and right go to the other lists."""
        self.tabs.action_move(event.way)

    def on_listing_sideways(self, event: Listing.Sideways) -> None:
        """And so in the list."""
        self.tabs.action_move(event.way)

    def on_queue_bar_chosen(self, event: QueueBar.Chosen) -> None:
        """Another list is wanted."""
        self.tabs.shown = event.index
        self.show_list(keep_cursor=False)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow as it is typed."""
        self.narrow()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """To what was found."""
        self.listing.focus()

    def on_key(self, event: Key) -> None:
        """What is typed over the list goes into the box; down leads back."""
        typed = event.character if event.is_printable else None
        if event.key == "down" and self.typing.has_focus:
            self.listing.focus()
        elif self.listing.has_focus and typed and typed not in self.OWN_SIGNS:
            event.stop()
            self.typing.focus()
            self.typing.insert_text_at_cursor(typed)

    def on_listing_heading_chosen(self, event: Listing.HeadingChosen) -> None:
        """A click on a heading sorts by it, a second one backwards, a third one not at all."""
        title = event.column.title
        if not title:
            return
        same = self._sorted.title == title
        if same and self._sorted.backwards:
            self._sort(_Sorted())
        else:
            self._sort(_Sorted(title, backwards=same))

    def action_arrange(self) -> None:
        """Offer the columns."""
        titles = [one.title for one in self.listing.columns if one.title]
        offered = [(title, _("Sort: by {column}").format(column=title)) for title in titles]
        offered = [(_AS_IT_IS, _("Sort: as the list is")), *offered]
        self.app.push_screen(Choose(_("Arrange the list"), offered), self._sort_by)

    def action_copy(self) -> None:
        """Copy the row under the cursor, as a spreadsheet takes it."""
        source, cursor = self.listing.source, self.listing.cursor
        if source is None or cursor >= len(source):
            self.app.warn(_("There is no row under the cursor."))
            return
        self.app.copy_to_clipboard(scrub("\t".join(source.cells(cursor))))
        self.app.say(_("{count} rows are copied.").format(count=1))

    def _sort_by(self, title: str | None) -> None:
        if title is not None:
            self._sort(_Sorted(title, backwards=title == self._sorted.title != _AS_IT_IS))

    def _sort(self, by: _Sorted) -> None:
        self._sorted = by
        self.show_list(keep_cursor=False)

    def _headed(self, column: Column) -> Column:
        if not column.title or column.title != self._sorted.title:
            return column
        return replace(column, sorted=-1 if self._sorted.backwards else 1)


def _key(cell: str) -> tuple[int, float, str]:
    """Numbers by their size, words by their signs, what is empty last."""
    plain = cell.strip().replace(",", "")
    if plain.isdecimal():
        return (0, float(plain), "")
    return (1, 0.0, plain.casefold()) if plain else (2, 0.0, "")
