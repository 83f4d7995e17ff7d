"""Lights of all open cases by department and step, and below them the cases themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from clerk.contract.supervision import Board, SupervisionPolicy, WatchedPage
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row, mark
from clerk.rules.supervision.tallying import BoardTally, tally_board
from screens.case.performer import Performer
from screens.copying import copy_rows
from screens.home.lists import Entry, typed_number
from screens.home.queue_bar import QueueBar
from screens.in_memory import InMemoryScreen
from screens.keymap import bindings
from screens.supervision import rows
from screens.supervision.asking import AskingKeys
from screens.supervision.lights import draw_lights, tell_lights
from screens.supervision.rows import TABS, Group
from screens.telling import explain
from screens.widgets.chart import Chart
from screens.widgets.column import Column
from screens.widgets.facts import Facts
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.counter import Done
from services.supervision import BoardQuery

_LOOK_EVERY_S = 15.0
"""How often central is asked whether anything has changed; an unchanged board costs nothing."""

_BESIDE = 150
"""Cells from which both lists stand side by side."""


class SupervisionScreen(InMemoryScreen):
    """The cursor among the groups narrows the cases; left and right go to the other lists.

    Central narrows and sorts; so many cases as were seen are in memory.
    """

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("ask", "refresh", "cases", "report", "sync", "back"),
        *bindings("arrange", "copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "ask": (
            mark("Urge"),
            mark("Urge the holder or supervise formally: all that are marked, or the case here"),
        ),
        **InMemoryScreen.SORT,
    }
    AUTO_FOCUS = "#groups"
    COMES_IN_ORDER = True

    facts = getters.query_one(Facts)
    groups = getters.query_one("#groups", Listing)
    listing = getters.query_one("#watched", Listing)
    said = getters.query_one("#board-said", Static)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._performer = Performer(self, self._show_done)
        self._asking: AskingKeys | None = None
        self._board: Board | None = None
        self._tally: BoardTally | None = None
        self._group = Group("")
        self._entries: list[Entry] = []
        self._following: BoardQuery | None = None

    def compose(self) -> ComposeResult:
        """Totals, groups, lists, cases."""
        yield StatusBar()
        yield Facts(id="board-facts")
        yield Static("", id="board-said", markup=False)
        with Container(id="board"):
            with Vertical(id="board-groups"):
                yield Listing(rows.group_columns(), empty=self._nothing, id="groups")
                yield Static("", id="lights-told", markup=False)
                yield Chart(id="lights")
            with Vertical(id="board-cases"):
                yield QueueBar()
                hint = _("Type to narrow the list: an item, or the beginning of a number")
                yield FilterBox(hint)
                yield Listing(rows.case_columns(), empty=self._no_case, id="watched")
        yield KeyBar()

    def on_mount(self) -> None:
        """Lights turn with time, and others act."""
        self._asking = AskingKeys(self._performer, self.desk)
        self.set_interval(_LOOK_EVERY_S, self.reload)

    def on_resize(self) -> None:
        """Groups and cases stand beside each other where there is room for both."""
        self.set_class(self.size.width >= _BESIDE, "beside")

    def reload(self) -> None:
        """Ask for the counts; where nothing has changed nothing is drawn."""
        mark = self._board.mark if self._board else -1
        self.load(
            partial(self.desk.supervision.board, mark),
            self._show_board,
            group="board",
            failed=self._show_problem,
            central=True,
        )

    async def recompose(self) -> None:
        """In another language everything is drawn anew."""
        self._board = None
        await super().recompose()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Another group narrows the cases."""
        if event.listing is self.groups and isinstance(event.listing.source, Rows):
            group = event.listing.source.things[event.index]
            if group.row is not None and group.query != self._group.query:
                self._group = group
                self._read(keep_cursor=False)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """A group leads to its cases, a case to its page."""
        if event.listing is self.groups:
            self.listing.focus()
        else:
            self.app.open_case(self._entries[event.index].id)

    @property
    def takes_typing(self) -> bool:
        """Over the groups, too."""
        return not self.typing.has_focus

    def is_sortable(self, column: Column) -> bool:
        """What central sorts by."""
        return bool(column.order)

    def action_ask(self) -> None:
        """Urge about the case under the cursor or all that are marked, or supervise them."""
        if len(self.marked) and self._asking is not None:
            self._asking.ask_several(self.several(Entry), self.end_several)
            return
        entry = self._chosen()
        if entry is None:
            self.app.warn(_("Choose a case in the list first (Tab)."))
        elif self._asking is not None:
            self._asking.urge(entry.id, entry.cells[0])

    def action_mark_line(self) -> None:
        """Cases are marked; groups narrow them."""
        if self.groups.has_focus:
            self.app.warn(_("Choose a case in the list first (Tab)."))
        else:
            super().action_mark_line()

    def action_copy(self) -> None:
        """Copy the marked rows or the one under the cursor: a group's where it is among them."""
        groups, at = self.groups.source, self.groups.cursor
        if self.groups.has_focus and groups is not None and at < len(groups):
            copy_rows(self, [groups.cells(at)])
        else:
            super().action_copy()

    def action_refresh(self) -> None:
        """Send and fetch now, and count at once."""
        super().action_refresh()
        self.reload()

    # What comes back

    def _show_board(self, board: Board) -> None:
        self.said.update(_("Central is still counting; the figures grow.") if board.behind else "")
        if not board.changed and self._board is not None:
            return
        self._board, self._tally = board, tally_board(board.counts)
        if self._asking is not None:
            self._asking.days = SupervisionPolicy(
                urge_days=board.urge_days, supervise_days=board.supervise_days
            )
        self.facts.show(rows.total_facts(self._tally.total))
        self.tabs.show(rows.count_tabs(self._tally, board))
        self._show_groups(rows.list_groups(self._tally, board.names))
        self.query_one("#lights-told", Static).update(tell_lights())
        self.query_one("#lights", Chart).show(*draw_lights(self._tally, board.names))
        self._read()

    def _show_groups(self, groups: list[Group]) -> None:
        """The most pressing first: the cursor goes with its group, and the cases are of that."""
        source = Rows(groups, rows.group_cells, rows.group_colour, rows.identify_group)
        self.groups.show(source, cursor=source.find(self.groups.here))
        here = groups[self.groups.cursor]
        self._group = here if here.row is not None else self._group

    def _show_problem(self, problem: ClerkError) -> None:
        """What was shown stays, with why there is nothing newer."""
        told = explain(problem.code, problem.parameters)
        self.said.update(in_a_row(told.what, told.remedy))

    def _query(self) -> BoardQuery:
        """The list that is shown, within the group, narrowed to what was typed."""
        _title, query = [*TABS.values()][self.tabs.shown]
        group, how = self._group.query, self.arrangement.within(rows.case_columns())
        return replace(
            query,
            department=group.department,
            step=group.step,
            stage=group.stage,
            text=typed_number(self.typing.value),
            order=rows.case_columns()[how.place].order if how.place >= 0 else "",
            backwards="1" if how.backwards else "",
        )

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Ask for the list that is shown, narrowed and in order."""
        self._read(keep_cursor=keep_cursor)

    def _read(self, *, keep_cursor: bool = True) -> None:
        if self._board is not None:
            far = self.listing.cursor + 1 if keep_cursor else 1
            self.load(
                partial(self.desk.supervision.cases_as_far, self._query(), far),
                partial(self._show_page, self._query(), keep_cursor=keep_cursor),
                group="watched",
                failed=self._show_problem,
                central=True,
            )

    def _show_page(self, query: BoardQuery, page: WatchedPage, *, keep_cursor: bool) -> None:
        self._entries = self._written(page)
        self._following = _next(query, page)
        self._put(keep_cursor=keep_cursor)

    def _put(self, *, keep_cursor: bool) -> None:
        self.put(
            self.arranged(
                self._entries,
                rows.case_columns(),
                self._cells,
                lambda one: one.colour,
                identify=lambda one: one.id,
            ),
            keep_cursor=keep_cursor,
        )

    def _cells(self, entry: Entry) -> Sequence[str]:
        """The texts of a case; the last one that was read comes into sight, and more are."""
        if self._entries and entry is self._entries[-1]:
            self._load_more()
        return entry.cells

    def _load_more(self) -> None:
        """The end of what is loaded comes into sight: read on."""
        query, self._following = self._following, None
        if query is not None:
            self.load(
                partial(self.desk.supervision.cases, query),
                partial(self._add_page, query),
                group="more",
                failed=self._show_problem,
                central=True,
            )

    def _add_page(self, query: BoardQuery, page: WatchedPage) -> None:
        self._entries += self._written(page)
        self._following = _next(query, page)
        self._put(keep_cursor=True)

    def _written(self, page: WatchedPage) -> list[Entry]:
        if self._board is None:
            return []  # the screen is drawn anew, and asks once more
        now = self.desk.clock.now()
        return [rows.case_entry(one, self._board, now) for one in page.cases]

    def _nothing(self) -> str:
        """Before central has answered, nobody knows whether there is any."""
        return _("No open cases. F5 counts anew.") if self._board is not None else ""

    def _no_case(self) -> str:
        if self._board is None:
            return "" if str(self.said.content) else _("One moment…")
        return _("No case in this list. ← and → go to the others, Tab to the departments.")

    def _chosen(self) -> Entry | None:
        at = self.listing.cursor
        return self._entries[at] if at < len(self._entries) else None

    def _show_done(self, said: str, _done: Done) -> None:
        self.app.say(said)
        self.reload()


def _next(query: BoardQuery, page: WatchedPage) -> BoardQuery | None:
    return replace(query, after=page.next_key) if page.next_key else None
