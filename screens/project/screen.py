"""One view of the whole: every item of a bundle application with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from clerk.contract.user import Role
from clerk.errors import ClerkError
from clerk.locale import _, mark
from screens.dialogs import Choose
from screens.keymap import bindings
from screens.narrowing import NarrowedScreen
from screens.project import page
from screens.widgets.column import Column
from screens.widgets.facts import Facts
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.status_bar import StatusBar
from screens.words import word
from services.counter import Done
from services.projects import Whole


class ProjectScreen(NarrowedScreen):
    """Shown as central told it, stage by stage; Enter opens a case that this desk sees."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("ask", "refresh", "back"),
        *bindings("arrange", "copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "ask": (mark("Handover"), mark("Choose how results are handed over")),
        **NarrowedScreen.SORT,
    }
    KEEPS = False
    AUTO_FOCUS = "#project-items"

    listing = getters.query_one("#project-items", Listing)

    def __init__(self, project_id: str) -> None:
        """Show this application."""
        super().__init__()
        self._project_id = project_id
        self._whole: Whole | None = None
        self._lines: list[page.Row] = []
        self._shown: Sequence[page.Row] = ()

    def compose(self) -> ComposeResult:
        """The whole in a few words, the critical path, and the items."""
        yield StatusBar()
        yield Facts(id="project-facts")
        yield Static("", id="project-path", markup=False)
        yield FilterBox(_("Type to narrow the list: an item, a department, a state"))
        yield Listing(_columns(), empty=self._nothing, id="project-items")
        yield KeyBar()

    def reload(self) -> None:
        """Ask central anew."""
        self.load(
            partial(self.desk.projects.show, self._project_id),
            self._show,
            group="project",
            failed=self._lose,
            central=True,
        )

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Open the case under the cursor."""
        case_id = self._shown[event.index].case_id
        if case_id:
            self.app.open_case(case_id)
        else:
            self.app.warn(_("This item has no case yet: take it in with a new walk-in (F2)."))

    def action_ask(self) -> None:
        """Choose how the results are handed over."""
        user = self.desk.session.user
        if user is None or not user.has(Role.COUNTER):
            self.app.warn(_("That is for another role: {role}.").format(role=word(Role.COUNTER)))
            return
        self.app.push_screen(Choose(_("How are the results handed over?"), ways()), self._choose)

    def _choose(self, way: str | None) -> None:
        case_id = next((row.case_id for row in self._lines if row.case_id), "")
        if way is not None and case_id:
            act = partial(self.desk.counter.choose_handover, case_id, together=way == TOGETHER)
            self.do(act, done=self._say_chosen)

    def _say_chosen(self, _done: Done) -> None:
        self.app.say(_("The choice is recorded."))
        self.reload()

    def _show(self, whole: Whole) -> None:
        self._whole = whole
        self._lines = page.rows(whole)
        self.query_one("#project-facts", Facts).show(page.facts(whole))
        self.query_one("#project-path", Static).update(page.critical_path(whole))
        self.show_list()

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show the items below the heads of their stages; narrowed or sorted, without these."""
        lines = self._lines
        if self.is_sorted or self.typed:
            lines = [one for one in lines if not one.is_head]
        source = self.rows_of(
            lines,
            _columns(),
            lambda row: row.cells,
            lambda row: row.colour,
            identify=lambda row: row.item,
        )
        self._shown = source.things
        self.put(source, keep_cursor=keep_cursor)

    def _lose(self, problem: ClerkError) -> None:
        """Central is not reached, or the application is out of sight."""
        if self._whole is None:
            self.leave()
        self.app.tell_problem(problem)

    def _nothing(self) -> str:
        if self._whole is None:
            return _("One moment…")
        return _("Nothing like that in this list.")


TOGETHER, AS_READY = "together", "as_ready"


def ways() -> list[tuple[str, str]]:
    """The two ways of handing results over, to choose from."""
    return [
        (AS_READY, _("each as soon as it is ready")),
        (TOGETHER, _("together, stage by stage")),
    ]


def _columns() -> list[Column]:
    return [
        Column("", 3),
        Column(mark("Item"), share=3),
        Column(mark("State"), 22, groups=True, wide=34),
        Column(mark("Finish"), 11),
        Column(mark("Waits for"), share=2, from_width=90, groups=True),
        Column(mark("Department"), 20, 130, groups=True),
    ]
