"""The first screen: the queues of whoever is here, and the cases of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.events import Key
from textual.widgets import Input

from clerk.contract.project import Project
from clerk.contract.user import Role
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row, mark
from clerk.rules.numbers import looks_like_case_number
from screens.home import batch, drafts
from screens.home.arranging import AS_IT_IS, Arranged, Arranging, by_heading
from screens.home.columns import columns_of
from screens.home.lists import (
    DRAFTS,
    PAGE,
    Counted,
    Entry,
    Page,
    count_list,
    find_first,
    first_page,
    lists_of,
    typed_number,
)
from screens.home.long_list import LongList
from screens.home.queue_bar import QueueBar
from screens.home.several import SeveralRows
from screens.home.today import DayLines
from screens.keymap import NAVIGATION, bindings
from screens.lookup.asking import break_glass
from screens.telling import explain
from screens.widgets.facts import Facts
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.status_bar import StatusBar
from services.queues import Queue

_LIGHTS_EVERY_S = 60.0
_LOW = 20
_ALL = "all"


class HomeScreen(SeveralRows):
    """Enter opens what is under the cursor; whatever is typed narrows the list."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*NAVIGATION),
        *bindings("arrange", "look_up", "copy", *batch.VERBS, *drafts.VERBS, "ask", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "copy": (mark("Copy"), mark("Copy the marked rows, or the one under the cursor")),
        "ask": (mark("Urge"), mark("Urge the holders of the marked cases, or supervise them")),
        "discard": (
            mark("Discard"),
            mark("Throw the marked drafts away, or the one under the cursor"),
        ),
    }
    AUTO_FOCUS = "#cases"

    queue_bar = getters.query_one(QueueBar)
    typing = getters.query_one("#filter", Input)

    def __init__(self, page_rows: int = PAGE) -> None:
        """Begin with the first queue; so many rows are read at once."""
        super().__init__()
        self._queue: Queue | None = None
        self._long = LongList(self, self._show_locked, page_rows)
        self._locked = ""
        self._counting = self._count_again = False
        self._arranged = AS_IT_IS
        self._arranging = Arranging(self, self._arrange)
        self._day = DayLines(self)

    def compose(self) -> ComposeResult:
        """Queues at the left or above; filter and list beside them."""
        yield StatusBar()
        with Container(id="home"):
            yield QueueBar()
            with Vertical(id="lists"):
                hint = _("Type to narrow the list: a name, or the number of a receipt")
                yield FilterBox(hint)
                yield Listing(columns_of(), empty=self._nothing, id="cases")
                with Vertical(id="day"):
                    yield Facts(id="own-day", gap=2)
                    yield Facts(id="lights", gap=2)
        yield KeyBar()

    async def recompose(self) -> None:
        """In another language everything is drawn anew."""
        self._day.forget()
        await super().recompose()

    def on_mount(self) -> None:
        """Lights turn with time, too."""
        self.set_interval(_LIGHTS_EVERY_S, self.reload)

    def on_resize(self) -> None:
        """Another size has other room; where it is low, the list needs all of it."""
        self._stand_queues()
        self.set_class(self.size.height < _LOW, "low")

    def _stand_queues(self) -> None:
        """The queues stand upright where there is room; while all is drawn anew there are none."""
        for bar in self.query(QueueBar):
            bar.upright = self.size.width >= 120  # noqa: PLR2004 - as the breakpoint

    def reload(self) -> None:
        """Count the queues and read the one that is shown."""
        self._stand_queues()
        self._count()
        self._day.reload()
        if self._queue is None:
            self.load(
                partial(find_first, self.desk),
                self._show_first,
                group="first",
                failed=self._show_locked,
            )
        if self._queue is not None:
            self._read(self._queue)

    def _count(self) -> None:
        """Count the queues; what changes meanwhile is counted after, not beside it."""
        if self._counting:
            self._count_again = True
            return
        self._counting = True
        fetch = partial(lists_of, self.desk)
        self.load(fetch, self._show_lists, group="counts", failed=self._fail_counts)

    def action_look_up(self) -> None:
        """Look somebody up for none of one's own cases, with a reason."""
        break_glass(self)

    def action_arrange(self) -> None:
        """Sort, group, keep under a name."""
        if self._queue is not None:
            self._arranging.begin(self._queue, typed_number(self.typing.value), self._arranged)

    def find_cases(self) -> None:
        """Look among all cases."""
        keys = [one.queue.key for one in self.queue_bar.counted]
        if _ALL in keys:
            self._show_queue(keys.index(_ALL))
        self.typing.focus()

    def on_filter_box_sideways(self, event: FilterBox.Sideways) -> None:
        """And so in the empty box."""
        self.queue_bar.action_move(event.way)

    def on_queue_bar_chosen(self, event: QueueBar.Chosen) -> None:
        """Show another queue."""
        self._show_queue(event.index)

    def on_listing_sideways(self, event: Listing.Sideways) -> None:
        """Left and right in the list go to the other queues."""
        self.queue_bar.action_move(event.way)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow as it is typed."""
        if self._queue is not None:
            self._read(self._queue)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """The only one found is opened; where none is, all cases are looked through.

        The receipt of another window leads to its bundle application, if it has one.
        """
        if len(self._entries) == 1:
            self._open_row(0)
        elif not len(self._entries) and self._queue and self._queue.key != _ALL:
            self.find_cases()
        elif not len(self._entries) and self._may_ask(self.typing.value):
            number = self.typing.value
            self.do(self.desk.projects.of_receipt, number, done=self._show_project)
        else:
            self.listing.focus()

    def on_listing_heading_chosen(self, event: Listing.HeadingChosen) -> None:
        """A click on a heading sorts by it."""
        if event.column.order:
            self._arrange(by_heading(event.column.order, self._arranged))

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Open the case, or go on with the draft."""
        self._open_row(event.index)

    def on_key(self, event: Key) -> None:
        """What is typed or scanned over the list goes into the filter; down leads back.

        Escape shows the whole list again.
        """
        if event.key == "down" and self.typing.has_focus:
            self.listing.focus()
        elif event.key == "escape" and self.typing.value:
            event.stop()
            self.typing.clear()
        elif event.key == "space" and self.listing.has_focus:
            event.stop()
            self._mark()
        elif event.key == "asterisk" and self.listing.has_focus:
            event.stop()
            self._mark_all()
        elif self.listing.has_focus and event.is_printable and event.character not in (None, " "):
            event.stop()
            self.typing.focus()
            self.typing.insert_text_at_cursor(event.character or "")

    def _may_ask(self, text: str) -> bool:
        """Whether central may know a project by this: only windows go on with one."""
        user = self.desk.present
        return looks_like_case_number(text) and user is not None and user.has(Role.COUNTER)

    def _show_project(self, found: tuple[Project, ...]) -> None:
        if found:
            self.app.open_project(found[0].id)
        else:
            self.app.warn(_("This receipt is of no case of this window and of no bundle."))

    def _show_lists(self, lists: tuple[Queue, ...]) -> None:
        """All lists are there at once, with the numbers they had; each is counted in its turn."""
        known = {one.queue.key: one.count for one in self.queue_bar.counted}
        self._show_counts([Counted(one, known.get(one.key)) for one in lists])
        self.call_later(self._count_list, 0)

    def _count_list(self, place: int) -> None:
        if place >= len(self.queue_bar.counted):
            self._locked = ""
            self._counted()
            return
        fetch = partial(count_list, self.desk, self.queue_bar.counted[place].queue)
        done = partial(self._show_count, place)
        self.load(fetch, done, group="counts", failed=self._fail_counts)

    def _show_count(self, place: int, count: int) -> None:
        counted = list(self.queue_bar.counted)
        if place < len(counted):
            counted[place] = Counted(counted[place].queue, count)
            self._show_counts(counted)
        self.call_later(self._count_list, place + 1)

    def _show_counts(self, counted: Sequence[Counted]) -> None:
        self.queue_bar.show(counted)
        shown = self._queue.key if self._queue else ""
        place = next((n for n, one in enumerate(counted) if one.queue.key == shown), -1)
        if place >= 0:
            self.queue_bar.shown = place

    def _fail_counts(self, problem: ClerkError) -> None:
        self._show_locked(problem)
        self._counted()

    def _counted(self) -> None:
        again, self._counting, self._count_again = self._count_again, False, False
        if again:
            self._count()

    def _show_first(self, queue: Queue | None) -> None:
        """The first list that has a line, before all of them are counted."""
        if self._queue is None and queue is not None:
            self._queue = queue
            for place, one in enumerate(self.queue_bar.counted):
                if one.queue.key == queue.key:
                    self.queue_bar.shown = place
            self._read(queue, keep_cursor=False)

    def _show_locked(self, problem: ClerkError) -> None:
        """The cases are locked: say why in the place of the list."""
        told = explain(problem.code, problem.parameters)
        self._locked = in_a_row(told.what, told.remedy)
        self._show_page(Page((), None), keep_cursor=False)

    def _show_queue(self, index: int) -> None:
        if 0 <= index < len(self.queue_bar.counted):
            self.queue_bar.shown = index
            self._queue = self.queue_bar.counted[index].queue
            self._arranged = self._arranging.of(self._queue)
            self._marks.clear(self.listing)
            self._read(self._queue, keep_cursor=False)

    def _read(self, queue: Queue, *, keep_cursor: bool = True) -> None:
        text = typed_number(self.typing.value)
        most = self._long.in_sight(keep_cursor=keep_cursor)
        self.load(
            partial(first_page, self.desk, queue, text, most, self._arranged.order),
            partial(self._show_page, keep_cursor=keep_cursor),
            group="page",
            failed=self._show_locked,
        )

    def _show_page(self, page: Page, *, keep_cursor: bool) -> None:
        """Show the beginning, in the columns of its list; the whole is laid out behind it."""
        drafts = self._queue is not None and self._queue.key == DRAFTS.key
        group = self._arranged.order if self._arranged.grouped else None
        self.listing.show_columns(
            columns_of(drafts=drafts, group=group, order=self._arranged.order)
        )
        self._long.show(page, grouped=self._arranged.grouped, keep_cursor=keep_cursor)

    def _open_row(self, index: int) -> None:
        entry = self._entries.find(index)
        if entry is not None:
            self._open(entry)

    def _open(self, entry: Entry) -> None:
        if entry.is_draft:
            self.app.open_intake(entry.id)
        else:
            self.app.open_case(entry.id)

    def _arrange(self, way: Arranged) -> None:
        self._arranged = way
        if self._queue is not None:
            self._read(self._queue, keep_cursor=False)

    def _nothing(self) -> str:
        if self._locked:
            return self._locked
        if self.typing.value and self._queue and self._queue.key == _ALL:
            return _("No case like that. Check the name, or the number from its beginning.")
        if self.typing.value:
            return _("Nothing like that in this list. Enter looks among all cases.")
        user = self.desk.present
        if user and user.has(Role.COUNTER):
            return _("Nothing to do here. F2 takes in the next visitor.")
        if user and user.has(Role.MANAGER):
            return _("No cases here. F7 shows the figures.")
        return _("Nothing to do here. F5 asks central for what is new.")
