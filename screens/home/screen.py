"""The first screen: the queues of whoever is here, and the cases of one of them."""

from __future__ import annotations

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
from clerk.locale import _, in_a_row
from clerk.rules.numbers import looks_like_case_number
from screens.base import DeskScreen
from screens.home.lists import (
    DRAFTS,
    PAGE,
    Counted,
    Entries,
    Entry,
    Page,
    count_lists,
    first_page,
    next_page,
    typed_number,
)
from screens.home.queue_bar import QueueBar
from screens.keymap import NAVIGATION, bindings
from screens.lookup.asking import break_glass
from screens.telling import explain
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Column, Listing
from screens.widgets.status_bar import StatusBar
from services.cases import CaseQuery
from services.queues import Queue

_LIGHTS_EVERY_S = 60.0
_ALL = "all"
_NEVER = 10_000
"""A width that no terminal has."""


class HomeScreen(DeskScreen):
    """Enter opens what is under the cursor; whatever is typed narrows the list."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*NAVIGATION),
        *bindings("look_up", quiet=True),
    ]
    AUTO_FOCUS = "#cases"

    queue_bar = getters.query_one(QueueBar)
    typing = getters.query_one("#filter", Input)
    listing = getters.query_one("#cases", Listing)

    def __init__(self, page_rows: int = PAGE) -> None:
        """Begin with the first queue; so many rows are read at once."""
        super().__init__()
        self._page_rows = page_rows
        self._queue: Queue | None = None
        self._entries = Entries((), self._load_more)
        self._following: CaseQuery | None = None
        self._locked = ""

    def compose(self) -> ComposeResult:
        """Queues at the left or above; filter and list beside them."""
        yield StatusBar()
        with Container(id="home"):
            yield QueueBar()
            with Vertical(id="lists"):
                hint = _("Type to narrow the list: a name, or the number of a receipt")
                yield Input(id="filter", placeholder=hint, select_on_focus=False)
                yield Listing(_columns(), empty=self._nothing, id="cases")
        yield KeyBar()

    def on_mount(self) -> None:
        """Lights turn with time, too."""
        self.set_interval(_LIGHTS_EVERY_S, self.reload)

    def on_resize(self) -> None:
        """The queues stand upright where there is room."""
        self.queue_bar.upright = self.size.width >= 120  # noqa: PLR2004 - as the breakpoint

    def reload(self) -> None:
        """Count the queues and read the one that is shown."""
        self.load(
            partial(count_lists, self.desk),
            self._show_counts,
            group="counts",
            failed=self._show_locked,
        )
        if self._queue is not None:
            self._read(self._queue)

    def action_look_up(self) -> None:
        """Look somebody up for none of one's own cases, with a reason."""
        break_glass(self)

    def find_cases(self) -> None:
        """Look among all cases."""
        self._show_queue(len(self.queue_bar.counted) - 1)
        self.typing.focus()

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
            self._open(self._entries.entries[0])
        elif not len(self._entries) and self._queue and self._queue.key != _ALL:
            self.find_cases()
        elif not len(self._entries) and self._may_ask(self.typing.value):
            number = self.typing.value
            self.do(self.desk.projects.of_receipt, number, done=self._show_project)
        else:
            self.listing.focus()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Open the case, or go on with the draft."""
        self._open(self._entries.entries[event.index])

    def on_key(self, event: Key) -> None:
        """What is typed or scanned over the list goes into the filter; down leads back."""
        if event.key == "down" and self.typing.has_focus:
            self.listing.focus()
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

    def _show_counts(self, counted: tuple[Counted, ...]) -> None:
        self._locked = ""
        self.queue_bar.show(counted)
        if self._queue is None and counted:
            first = next((i for i, one in enumerate(counted) if one.count), 0)
            self._show_queue(first)

    def _show_locked(self, problem: ClerkError) -> None:
        """The cases are locked: say why in the place of the list."""
        told = explain(problem.code, problem.parameters)
        self._locked = in_a_row(told.what, told.remedy)
        self._show_page(Page((), None), keep_cursor=False)

    def _show_queue(self, index: int) -> None:
        if 0 <= index < len(self.queue_bar.counted):
            self.queue_bar.shown = index
            self._queue = self.queue_bar.counted[index].queue
            self._read(self._queue, keep_cursor=False)

    def _read(self, queue: Queue, *, keep_cursor: bool = True) -> None:
        text = typed_number(self.typing.value)
        self.load(
            partial(first_page, self.desk, queue, text, self._page_rows),
            partial(self._show_page, keep_cursor=keep_cursor),
            group="page",
            failed=self._show_locked,
        )

    def _show_page(self, page: Page, *, keep_cursor: bool) -> None:
        self._entries = Entries(page.entries, self._load_more)
        self._following = page.query
        self.listing.show_columns(
            _columns(drafts=self._queue is not None and self._queue.key == DRAFTS.key)
        )
        self.listing.show(self._entries, keep_cursor=keep_cursor)

    def _load_more(self) -> None:
        """The end of what is loaded comes into sight: read on."""
        query, self._following = self._following, None
        if query is not None:
            self.load(partial(next_page, self.desk, query), self._add_page, group="more")

    def _add_page(self, page: Page) -> None:
        self._entries.entries.extend(page.entries)
        self._following = page.query
        self.listing.show(self._entries)

    def _open(self, entry: Entry) -> None:
        if entry.is_draft:
            self.app.open_intake(entry.id)
        else:
            self.app.open_case(entry.id)

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


def _columns(*, drafts: bool = False) -> list[Column]:
    shown = _NEVER if drafts else 0
    return [
        Column(_("Number"), 18),
        Column(_("Item"), share=3),
        Column(_("Applicant"), share=2),
        Column(_("Last typed") if drafts else _("Stands at"), 16 if drafts else 10),
        Column(_("Held by"), 12, _NEVER if drafts else 100),
        Column(_("Promised"), 9, shown),
        Column(_("Light"), 10, shown),
    ]
