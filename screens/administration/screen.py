"""The first screen of an administrator: what lacks something, and the command that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from clerk.contract.administration import Overview
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row, mark
from screens.administration.rows import LACKING, TABS, Line, columns, list_all
from screens.administration.several import offer_shared
from screens.dialogs.choose import Choose
from screens.home.lists import Counted
from screens.home.queue_bar import QueueBar
from screens.in_memory import InMemoryScreen
from screens.keymap import bindings
from screens.telling import explain
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.status_bar import StatusBar
from services.queues import Queue

_LOOK_EVERY_S = 60.0
_TITLES = {LACKING: mark("To look at"), **{key: title for key, (title, _make) in TABS.items()}}


class AdministrationScreen(InMemoryScreen):
    """Reads alone. Enter offers the commands for what is under the cursor, to be copied."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("cases", "refresh", "copy", "sync"),
        *bindings("arrange", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "cases": (mark("Narrow"), mark("Type to narrow the list")),
        **InMemoryScreen.SORT,
    }
    AUTO_FOCUS = "#things"

    listing = getters.query_one("#things", Listing)
    detail = getters.query_one("#thing", Static)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._lists: dict[str, Sequence[Line]] = {}
        self._shown: Sequence[Line] = ()
        self._said = ""

    def compose(self) -> ComposeResult:
        """The lists, the filter, the things, and the one under the cursor with its commands."""
        yield StatusBar()
        yield QueueBar()
        yield FilterBox(_("Type to narrow the list: a name, a login, a place, a state"))
        yield Listing(columns(), empty=self._nothing, id="things")
        yield Static("", id="thing", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Others act, and time goes on."""
        self.set_interval(_LOOK_EVERY_S, self.reload)

    def reload(self) -> None:
        """Ask central for all of it."""
        look = self.desk.administration.look
        self.load(look, self._show, group="look", failed=self._fail, central=True)

    def find_cases(self) -> None:
        """To the filter."""
        self.typing.focus()

    def action_refresh(self) -> None:
        """Send and fetch now, and look at once."""
        super().action_refresh()
        self.reload()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Tell all of what is under the cursor."""
        self._describe(event.index)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Offer the commands, each with what it does; of several that are marked, those of each."""
        marked = self.several(Line) if len(self.marked) else []
        if len(marked) > 1:
            offer_shared(self, marked)
            return
        line = self._shown[event.index]
        if not line.acts:
            self.app.warn(_("There is no command for this."))
            return
        offered = [(one.command, f"{one.command}  —  {_(one.does)}") for one in line.acts]
        self.app.push_screen(Choose(_("Copy which command?"), offered), self._copy_command)

    def _copy_command(self, command: str | None) -> None:
        if command is not None:
            self.app.copy_to_clipboard(command)
            self.app.say(_("Copied; type it at central: {command}").format(command=command))

    # What comes back

    def _show(self, told: Overview) -> None:
        self._said, self._lists = "", list_all(told)
        self.tabs.show(
            [
                Counted(Queue(key=key, title=_TITLES[key]), len(lines))
                for key, lines in self._lists.items()
            ]
        )
        self.show_list(keep_cursor=True)

    def _fail(self, problem: ClerkError) -> None:
        """Nothing old is shown: what an administrator reads is as it is now."""
        told = explain(problem.code, problem.parameters)
        self._said, self._lists = in_a_row(told.what, told.remedy), {}
        self.show_list(keep_cursor=False)

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show one of the lists, narrowed and in order."""
        key = [*_TITLES][self.tabs.shown]
        lines = self._lists.get(key, ())
        source = self.rows_of(
            lines,
            columns(),
            lambda one: one.cells,
            lambda one: one.colour,
            identify=lambda one: one.key,
        )
        self._shown = source.things
        self.put(source, keep_cursor=keep_cursor)
        self._describe(self.listing.cursor)

    def _describe(self, index: int) -> None:
        there = index < len(self._shown)
        self.detail.display = there
        if there:
            self.detail.update(_tell(self._shown[index]))

    def _nothing(self) -> str:
        if self._said:
            return self._said
        if not self._lists:
            return _("One moment…")
        if self.typing.value:
            return _("Nothing like that in this list.")
        if self.tabs.shown == 0:
            return _("Nothing lacks anything. ← and → show the other lists.")
        return _("Nothing here yet. The guide for administrators says how it begins.")


def _tell(line: Line) -> Content:
    """All that is known of a thing, and the commands that act on it."""
    known = (line.state, line.at, line.more)
    told = [
        Content.styled(f"{line.kind}  {line.name}", "bold"),
        Content.styled(" · ".join(part for part in known if part), "$text-muted"),
    ]
    acts = (
        Content.assemble((act.command, "bold $primary"), f"  {_(act.does)}") for act in line.acts
    )
    return Content("\n").join((*told, *acts))
