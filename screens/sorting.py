"""A list that is in memory: sorted or grouped by a column, kept under a name, marked, copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from clerk.locale import _, mark
from screens.arrangement import AS_IT_IS, Arrangement, Weigh, headed, in_order
from screens.base import DeskScreen
from screens.case.offer import Offer, offer
from screens.copying import copy_rows
from screens.kept import KeptLists
from screens.marking import Marked
from screens.widgets.column import Column
from screens.widgets.listing import Listing
from screens.widgets.rows import GroupedRows, Rows
from services.saved_lists import SavedList

T = TypeVar("T")


class SortedScreen(DeskScreen):
    """A screen with one list that is arranged, kept under names, marked and copied from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark_line", show=False),
        Binding("asterisk", "mark_all", show=False),
    ]
    SORT: ClassVar[dict[str, tuple[str, str]]] = {
        "arrange": (mark("Sort"), mark("Sort and group the list, keep it under a name")),
        "copy": (mark("Copy"), mark("Copy the marked rows, or the one under the cursor")),
    }
    """The keys that such a screen binds, and what they are called there."""

    KEEPS: ClassVar[bool] = True
    """Whether its lists are kept under names."""

    COMES_IN_ORDER: ClassVar[bool] = False
    """Whether what it shows was put in order before it came, as central's lists are."""

    listing: Listing

    def __init__(self) -> None:
        """Begin as the list is."""
        super().__init__()
        self.marked = Marked()
        self.kept = KeptLists(self)
        self._arranged: dict[tuple[str, str], Arrangement] = {}
        self._columns: tuple[Column, ...] = ()

    @property
    def list_key(self) -> str:
        """Which list is shown, where there are several: each is arranged by itself."""
        return ""

    @property
    def typed(self) -> str:
        """What the list is narrowed to."""
        return ""

    @property
    def arrangement(self) -> Arrangement:
        """How the list is arranged: as it was kept, until somebody chooses otherwise."""
        kept = self.kept.shown
        begins = AS_IT_IS
        if kept is not None:
            begins = Arrangement(kept.column, kept.backwards, kept.grouped, kept.by)
        return self._arranged.get(self._which, begins)

    @property
    def sorted_by(self) -> str:
        """The name of the column that was chosen; nothing for none."""
        how = self.arrangement.within(self._columns)
        return self._columns[how.place].name if how.is_chosen else ""

    @property
    def is_sorted(self) -> bool:
        """Whether a column was chosen to sort by."""
        return self.arrangement.is_chosen

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show what there is, in order."""
        raise NotImplementedError

    def is_sortable(self, _column: Column) -> bool:
        """Whether the list can be put in the order of a column: all, where it is in memory."""
        return True

    def show_kept(self, one: SavedList | None) -> None:
        """Show a list that was kept under a name; with none, the whole list again."""
        if one is not None:
            self._arranged.pop((one.queue, one.name), None)
        self.kept.choose(one)
        self.show_list(keep_cursor=False)

    def on_screen_resume(self) -> None:
        """Somebody else may sit here now, who keeps lists of their own."""
        self.kept.read()

    def in_order(
        self,
        things: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        weigh: Weigh[T] | None = None,
    ) -> list[T]:
        """The things by the column that was chosen, if these columns have it."""
        self.show_names()
        self._columns = tuple(columns)
        how = self.arrangement.within(columns)
        self.listing.sorts = True
        self.listing.show_columns(headed(columns, how))
        return list(things) if self.COMES_IN_ORDER else in_order(things, columns, write, weigh, how)

    def show_names(self) -> None:
        """Say which list this is, where the screen tells that."""

    def arranged(
        self,
        things: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str] = lambda _thing: "",
        *,
        weigh: Weigh[T] | None = None,
        identify: Callable[[T], str] | None = None,
    ) -> Rows[T]:
        """The things in order, as the list shows them.

        A row is what `identify` says, wherever it stands; it is what it says where that is all.
        """
        ordered = self.in_order(things, columns, write, weigh)
        return self.as_rows(ordered, columns, write, colour, identify=identify)

    def as_rows(
        self,
        ordered: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str] = lambda _thing: "",
        *,
        identify: Callable[[T], str] | None = None,
    ) -> Rows[T]:
        """Things that are in order already, as the list shows them."""
        how = self.arrangement.within(columns)
        name = identify or (lambda one: "\t".join(write(one)))
        if how.grouped:
            return GroupedRows(ordered, write, colour, name, place=how.place)
        return Rows(ordered, write, colour, name)

    def put(self, rows: Rows[Any], *, keep_cursor: bool) -> None:
        """Show these rows, those that are marked with their marks.

        The cursor goes with its row: what came or went above it meanwhile moves nobody's hand.
        """
        place = rows.find(self.listing.here) if keep_cursor else None
        self.listing.show(rows, keep_cursor=keep_cursor, cursor=place)
        self.marked.follow(self.list_key, rows, self.listing)

    def several(self, kind: type[T]) -> list[T]:
        """What is marked, else what is under the cursor; nothing of another kind."""
        if len(self.marked):
            return self.marked.of(kind)
        rows, cursor = self._rows, self.listing.cursor
        here = rows.things[cursor : cursor + 1] if rows is not None else ()
        return [one for one in here if isinstance(one, kind)]

    def listed(self, index: int) -> object:
        """What a row of the list stands for; nothing where there is none any more."""
        rows = self._rows
        return rows.things[index] if rows is not None and index < len(rows.things) else None

    def end_several(self) -> None:
        """What was marked is done: nothing is marked any more, and all is read anew."""
        self.marked.clear(self.listing)
        self.reload()

    def on_listing_marked(self, event: Listing.Marked) -> None:
        """Rows are marked with the mouse, too."""
        if event.listing is self.listing and self._rows is not None:
            self.marked.take(event.marks, self._rows, self.listing)

    def on_listing_heading_chosen(self, event: Listing.HeadingChosen) -> None:
        """A click on a heading sorts by it, a second one backwards, a third one not at all."""
        titles = [one.title if self.is_sortable(one) else "" for one in self._columns]
        if event.listing is not self.listing or event.column.title not in filter(None, titles):
            return
        now, place = self.arrangement.within(self._columns), titles.index(event.column.title)
        same = now.place == place and not now.grouped
        self._arrange(AS_IT_IS if same and now.backwards else Arrangement(place, backwards=same))

    def action_arrange(self) -> None:
        """Offer the columns, the lists that are kept, and to keep this one."""
        kept = self.kept.offers() if self.KEEPS else []
        offer(self, _("Arrange the list"), [*self._ways(), *kept])

    def action_copy(self) -> None:
        """Copy the marked rows or the one under the cursor, as a spreadsheet takes them."""
        rows = self._rows
        copy_rows(self, [rows.row_of(one) for one in self.several(object)] if rows else [])

    def action_mark_line(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        rows = self._some_rows()
        if rows is not None:
            self.marked.turn(rows, self.listing)

    def action_mark_all(self) -> None:
        """Mark all rows that are shown, or none."""
        rows = self._some_rows()
        if rows is not None:
            self.marked.turn_all(rows, self.listing)

    def _some_rows(self) -> Rows[Any] | None:
        """The rows, where there are any to mark; else it is said that there are none."""
        rows = self._rows
        if rows is None or not len(rows):
            self.app.warn(_("There is no row under the cursor."))
            return None
        return rows

    @property
    def _rows(self) -> Rows[Any] | None:
        source = self.listing.source
        return source if isinstance(source, Rows) else None

    @property
    def _which(self) -> tuple[str, str]:
        return self.list_key, self.kept.shown.name if self.kept.shown else ""

    def _ways(self) -> list[Offer]:
        ways = [Offer(_("Sort: as the list is"), partial(self._arrange, AS_IT_IS))]
        offered = [(n, one) for n, one in enumerate(self._columns) if self.is_sortable(one)]
        for place, one in offered:
            if one.title:
                told = _("Sort: by {column}").format(column=one.title.strip())
                ways.append(Offer(told, partial(self._sort, place)))
        for place, one in offered:
            if one.groups:
                told = _("Group: by {column}").format(column=one.title.strip())
                ways.append(Offer(told, partial(self._arrange, Arrangement(place, grouped=True))))
        return ways

    def _sort(self, place: int) -> None:
        """By this column; where it is sorted so already, the other way round."""
        now = self.arrangement.within(self._columns)
        again = now == Arrangement(place)
        self._arrange(Arrangement(place, backwards=again))

    def _arrange(self, how: Arrangement) -> None:
        self._arranged[self._which] = how
        self.show_list(keep_cursor=False)
