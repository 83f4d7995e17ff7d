"""A list of any length, drawn line by line from a source: only what is seen is asked for.

A virtual table of our own (docs/adr/0016-a-virtual-table-of-our-own.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import ClassVar, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, MouseMove, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from clerk.locale import _
from screens.widgets.cells import fit, shorten
from screens.widgets.column import Column
from screens.widgets.lines import Lines
from screens.widgets.room import share_out


class Source(Protocol):
    """Rows in their order, each a cell of text per column."""

    def __len__(self) -> int:
        """How many rows there are."""

    def cells(self, index: int) -> Sequence[str]:
        """The texts of one row."""

    def mark(self, index: int) -> str:
        """The component class that colours a row, or nothing."""

    def identity(self, index: int) -> str:
        """What row it is, wherever it stands; nothing for one that cannot be marked."""


_MARK, _NO_MARK = "✓ ", "  "


class Listing(Lines):
    """A table whose first line is its header and whose cursor is a row.

    Rows that have an identity can be marked; marks stay with their row, wherever it goes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "jump(0)", show=False),
        Binding("end", "jump(-1)", show=False),
        Binding("left", "sideways(-1)", show=False),
        Binding("right", "sideways(1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "listing--header",
        "listing--row",
        "listing--cursor",
        "listing--here",
        "listing--marked",
        "listing--waiting",
        "listing--red",
        "listing--yellow",
        "listing--green",
        "listing--grey",
        "listing--empty",
    }
    DEFAULT_CSS = """
    Listing {
        height: 1fr;
        overflow-x: hidden;
        & > .listing--header { text-style: bold; color: $text-muted; }
        & > .listing--cursor { background: $primary-muted; }
        & > .listing--here { background: $primary; color: $text; text-style: bold; }
        & > .listing--marked { background: $accent-muted; text-style: bold; }
        & > .listing--waiting { color: $text-warning; }
        & > .listing--red { color: $text-error; }
        & > .listing--yellow { color: $text-warning; }
        & > .listing--green { color: $text-success; }
        & > .listing--grey { color: $text-muted; }
        & > .listing--empty { color: $text-muted; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    marks: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)

    @dataclass
    class Chosen(Message):
        """A row was opened with Enter or a second click."""

        listing: Listing
        index: int

        @property
        def control(self) -> Listing:
            """The list it happened in."""
            return self.listing

    @dataclass
    class Sideways(Message):
        """Left or right was pressed: to the list before or after, where there are several."""

        listing: Listing
        way: int

        @property
        def control(self) -> Listing:
            """The list it happened in."""
            return self.listing

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        listing: Listing
        index: int

        @property
        def control(self) -> Listing:
            """The list it happened in."""
            return self.listing

    @dataclass
    class Marked(Message):
        """Other rows are marked than before."""

        listing: Listing
        marks: frozenset[str]

        @property
        def control(self) -> Listing:
            """The list it happened in."""
            return self.listing

    @dataclass
    class HeadingChosen(Message):
        """Somebody clicked on a column's heading, by which rows may be sorted."""

        listing: Listing
        column: Column

        @property
        def control(self) -> Listing:
            """The list it happened in."""
            return self.listing

    def __init__(self, columns: Sequence[Column], *, empty: Callable[[], str], id: str) -> None:  # noqa: A002 - Textual's own word
        """Lay out the columns; `empty` says what to do when there is nothing to show."""
        super().__init__(id=id)
        self.columns = tuple(columns)
        self._empty = empty
        self._source: Source | None = None
        self._at_end = False
        self.sorts = False
        """Whether a click on any heading sorts by it, not only where a column says so."""

    def show(self, source: Source, *, keep_cursor: bool = True, cursor: int | None = None) -> None:
        """Show other rows; the cursor stays on its line where there still is one.

        With `cursor` its row has gone to that place: the rows around it stay where they were.
        """
        same = source is self._source
        self._source = source
        wanted = self.cursor if cursor is None else cursor
        offset = self.scroll_offset.y + wanted - self.cursor
        if same and self._at_end:
            wanted = self.length - 1
        self._measure()
        if not keep_cursor:
            self._at_end = False
            self.scroll_home(animate=False)
        elif cursor is not None:
            self.scroll_to(y=max(0, offset), animate=False, force=True, immediate=True)
        self.cursor = max(0, min(wanted if keep_cursor else 0, len(source) - 1))
        self.redraw()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Change the columns, as with another language."""
        if self.columns != tuple(columns):
            self.columns = tuple(columns)
            self.redraw()

    def come(self) -> None:
        """Rows that were on their way are there."""
        self.redraw()

    def mark_row(self, index: int) -> None:
        """Mark a row, or take its mark away; a row that is not there yet has none."""
        source = self._source
        row = source.identity(index) if source else ""
        if row:
            self.show_marks(self.marks ^ {row})

    def show_marks(self, marks: frozenset[str]) -> None:
        """Mark these rows and no others."""
        if marks != self.marks:
            self.marks = marks
            self.post_message(self.Marked(self, marks))

    @property
    def source(self) -> Source | None:
        """The rows that are shown."""
        return self._source

    @property
    def here(self) -> str:
        """What row is under the cursor, wherever it will stand; nothing for one without a name."""
        return self._source.identity(self.cursor) if self._source and self.length else ""

    @property
    def length(self) -> int:
        """How many rows are shown."""
        return len(self._source) if self._source is not None else 0

    def draw_line(self, y: int) -> Strip:
        """The header, a row, the word on emptiness, or nothing."""
        width = self.scrollable_content_region.width
        if y == 0:
            headings = [column.heading for column in self.columns]
            return self._strip(headings, "listing--header", width)
        index = y - 1 + self.scroll_offset.y
        if index < self.length:
            assert self._source is not None, "rows come from a source"
            cells = self._source.cells(index)
            return self._strip(cells, self._class_of(index), width, marked=self._is_marked(index))
        if self.length == 0 and y == 1 + self.size.height // 3:
            return self._note(self._empty(), width)
        return Strip.blank(width, self.get_component_rich_style("listing--row"))

    @property
    def focus_line(self) -> int:
        """The cursor's."""
        return self.cursor + 1

    def watch_marks(self) -> None:
        """Marked rows look otherwise; with the first mark all move."""
        self.redraw()

    def watch_cursor(self, old: int, new: int) -> None:
        """Keep the cursor in sight and tell where it is; only its two rows are drawn anew."""
        if self.length:
            self.scroll_to_region(Region(0, new, 1, 2), animate=False, force=True, immediate=True)
            self.post_message(self.Moved(self, new))
        for index in (old, new):
            self.refresh_line(index + 1)

    def action_move(self, rows: int) -> None:
        """Up or down."""
        self._go(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        self._go(self.cursor + pages * max(1, self.size.height - 2))

    def action_jump(self, index: int) -> None:
        """To the first or the last row."""
        self._go(index if index >= 0 else self.length - 1)
        # A list whose length is not known yet has its end where it will be.
        self._at_end = index < 0

    def action_sideways(self, way: int) -> None:
        """Tell whoever has several lists."""
        self.post_message(self.Sideways(self, way))

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.length:
            self.post_message(self.Chosen(self, self.cursor))

    def on_resize(self, _event: Resize) -> None:
        """Measure anew; columns share another width."""
        self._measure()

    def on_click(self, event: Click) -> None:
        """Put the cursor under the mouse; a click on the cursor's row opens it."""
        index = int(event.y) - 1 + self.scroll_offset.y
        if not int(event.y):
            self._choose_heading(int(event.x))
        elif index < self.length and event.ctrl:
            self._go(index)
            self._mark_here()
        elif index < self.length:
            column = self._column_at(int(event.x))
            here = index == self.cursor
            self._go(index)
            if column is not None and column.box:
                self._mark_here()
            elif here:
                self.action_choose()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Say what a click on a heading or a box does; over the rows nothing covers them."""
        column = self._column_at(int(event.x))
        tip = ""
        if not int(event.y) and self._is_over_marks(int(event.x), column):
            tip = _("A click marks all lines, or none.")
        elif column is not None and not int(event.y):
            sorts = column.order or (self.sorts and column.title)
            tip = _("A click sorts by this column.") if sorts else ""
        elif column is not None and column.box:
            tip = _("A click marks the line, as the space key does.")
        self.tooltip = tip or None

    def _mark_here(self) -> None:
        """Boxes of a list's own are its screen's, as with the key."""
        if self._has_boxes:
            self.app.simulate_key("space")
        else:
            self.mark_row(self.cursor)

    def _choose_heading(self, x: int) -> None:
        column = self._column_at(x)
        if self._is_over_marks(x, column):
            self.app.simulate_key("asterisk")
        elif column is not None:
            self.post_message(self.HeadingChosen(self, column))

    @property
    def _has_boxes(self) -> bool:
        return any(column.box for column in self.columns)

    @property
    def _margin(self) -> int:
        """The cells that marks take; none where a list has boxes of its own."""
        return len(_MARK) if self.marks and not self._has_boxes else 0

    def _is_over_marks(self, x: int, column: Column | None) -> bool:
        """Whether marks stand there: in boxes of the list's own, or in its margin."""
        return column.box if column is not None else x < self._margin

    def _column_at(self, x: int) -> Column | None:
        width = self.scrollable_content_region.width
        shown = [one for one in self.columns if one.from_width <= width]
        left = self._margin
        for column, wide in zip(shown, self._widths(width), strict=True):
            if left <= x < left + wide:
                return column
            left += wide + 1
        return None

    def _go(self, index: int) -> None:
        self._at_end = False
        if self.length:
            self.cursor = max(0, min(index, self.length - 1))

    def _measure(self) -> None:
        self.measure(Size(self.scrollable_content_region.width, self.length + 1))

    def _class_of(self, index: int) -> str:
        assert self._source is not None, "rows come from a source"
        if index == self.cursor:
            return "listing--here" if self.has_focus else "listing--cursor"
        return "listing--marked" if self._is_marked(index) else self._source.mark(index)

    def _is_marked(self, index: int) -> bool:
        if not self.marks or self._source is None:
            return False
        return self._source.identity(index) in self.marks

    def _strip(
        self, cells: Sequence[str], component: str, width: int, *, marked: bool = False
    ) -> Strip:
        style = self.get_component_rich_style(component or "listing--row")
        shown = [one.from_width <= width for one in self.columns]
        text = " ".join(
            shorten(cell, wide)
            for cell, wide in zip(compress(cells, shown), self._widths(width), strict=False)
        )
        sign = (_MARK if marked else _NO_MARK)[: self._margin]
        return Strip([Segment(fit(sign + text, width), style)], width)

    def _note(self, text: str, width: int) -> Strip:
        style: Style = self.get_component_rich_style("listing--empty")
        left = max(0, (width - cell_len(text)) // 2)
        return Strip([Segment(fit(" " * left + text, width), style)], width)

    def _widths(self, width: int) -> list[int]:
        columns = [column for column in self.columns if column.from_width <= width]
        return share_out(columns, width, self._margin)
