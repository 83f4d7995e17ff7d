"""The first screen of an auditor: what was found, the case behind it, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from clerk.contract.item import Window
from clerk.contract.supervision import Finding
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row, mark, mark_n
from clerk.rules.overlay import Laid
from screens.case.performer import Performer
from screens.dialogs import Question
from screens.findings import rows
from screens.home.lists import typed_number
from screens.home.queue_bar import QueueBar
from screens.in_memory import InMemoryScreen
from screens.keymap import bindings
from screens.telling import explain
from screens.together import SharedAct, Together
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.status_bar import StatusBar
from services.counter import Done
from services.findings import Listed


class FindingsScreen(InMemoryScreen):
    """Enter opens the case; whatever is typed narrows the list; left and right change it."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("deal", "recording", "cases", "refresh", "sync", "supervision"),
        *bindings("arrange", "copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "deal": (mark("Look into"), mark("Note that you have looked into it, and what came of it")),
        "cases": (mark("Narrow"), mark("Type to narrow the findings")),
        **InMemoryScreen.SORT,
    }
    AUTO_FOCUS = "#findings"

    listing = getters.query_one("#findings", Listing)
    detail = getters.query_one("#finding", Static)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._performer = Performer(self, self._show_done)
        self._found: tuple[Listed, ...] = ()
        self._shown: Sequence[Listed] = ()
        self._places: dict[str, str] = {}
        self._windows: dict[str, Window] = {}
        self._locked = ""

    def compose(self) -> ComposeResult:
        """The lists, the filter, the findings, and the one under the cursor in whole."""
        yield StatusBar()
        yield QueueBar()
        hint = _("Type to narrow the list: a rule, a person, an item, a number")
        yield FilterBox(hint)
        yield Listing(rows.columns(), empty=self._nothing, id="findings")
        yield Static("", id="finding", markup=False)
        yield KeyBar()

    def narrow(self) -> None:
        """The words of a finding are known to its service."""
        self._read(keep_cursor=False)

    def reload(self) -> None:
        """Read what there is, narrowed to what was typed."""
        self._read()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Tell all of the finding under the cursor."""
        self._describe(event.index)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Open the case; of several cases, list what was found on the person."""
        one = self._shown[event.index].finding
        if one.case_id:
            self.app.open_case(one.case_id)
        else:
            self.tabs.shown = len(rows.TABS) - 1
            self.typing.value = one.actor_name

    def find_cases(self) -> None:
        """To the filter."""
        self.typing.focus()

    def action_deal(self) -> None:
        """Note that the finding under the cursor, or all that are marked, were looked into."""
        if len(self.marked):
            self._deal_with_several(self.several(Listed))
            return
        chosen = self._chosen()
        if chosen is None:
            self.app.warn(_("There is no finding under the cursor."))
            return
        one = chosen.finding
        self._performer.ask(
            f"look into {one.id}",
            f"{one.rule}  {chosen.reason}",
            [Question("note", _("What came of it (this is recorded)"))],
            partial(self._look_into, one),
            _("It is noted that you have looked into it."),
        )

    def _deal_with_several(self, found: Sequence[Listed]) -> None:
        """One note for all of them; whoever concludes so much at once signs for it."""
        look_into = self.desk.findings.look_into
        act = SharedAct[Listed](
            title=mark_n("{count} finding is looked into", "{count} findings are looked into"),
            act=lambda one, told: look_into(one.finding, told["note"]),
            name=lambda one: (one.finding.rule, one.reason),
            questions=(Question("note", _("What came of it (this is recorded)")),),
            signs=True,
        )
        Together(self, act, found, self.end_several).begin({})

    def action_recording(self) -> None:
        """Copy the link to the window's recording of the minutes in question."""
        chosen = self._chosen()
        address = rows.recording_of(chosen.finding, self._windows) if chosen else ""
        if address:
            self.app.copy_to_clipboard(address)
            self.app.say(_("Copied: {link}").format(link=address))
        else:
            self.app.warn(_("There is no link to a recording here, or it is not yours to see."))

    def _look_into(self, one: Finding, answers: Mapping[str, str]) -> Done:
        self.desk.findings.look_into(one, answers["note"])
        return Done(Laid(record=None))

    # What comes back

    def _read(self, *, keep_cursor: bool = True) -> None:
        self.load(
            partial(self._fetch, typed_number(self.typing.value)),
            partial(self._show, keep_cursor=keep_cursor),
            group="findings",
            failed=self._show_locked,
        )

    def _fetch(self, text: str) -> tuple[Listed, ...]:
        self._windows = {one.id: one for one in self.desk.catalogue.windows()}
        self._places = {one.id: one.name for one in self._windows.values()}
        self._places |= {one.id: one.name for one in self.desk.catalogue.departments()}
        return self.desk.findings.list(text)

    def _show(self, found: tuple[Listed, ...], *, keep_cursor: bool) -> None:
        self._locked, self._found = "", found
        self.tabs.show(rows.count_tabs(found))
        self.show_list(keep_cursor=keep_cursor)

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show one of the lists, in order."""
        shown = [*rows.TABS][self.tabs.shown]
        found = [one for one in self._found if one.is_in(shown)]
        source = self.arranged(
            found,
            rows.columns(),
            rows.cells,
            rows.colour,
            weigh=rows.weigh(),
            identify=rows.identify,
        )
        self._shown = source.things
        self.put(source, keep_cursor=keep_cursor)
        self._describe(self.listing.cursor)

    def _describe(self, index: int) -> None:
        there = index < len(self._shown)
        self.detail.display = there
        if there:
            self.detail.update(rows.describe(self._shown[index], self._places))

    def _show_locked(self, problem: ClerkError) -> None:
        told = explain(problem.code, problem.parameters)
        self._locked, self._found = in_a_row(told.what, told.remedy), ()
        self.show_list(keep_cursor=False)

    def _chosen(self) -> Listed | None:
        cursor = self.listing.cursor
        return self._shown[cursor] if cursor < len(self._shown) else None

    def _show_done(self, said: str, _done: Done) -> None:
        self.app.say(said)
        self.reload()

    def _nothing(self) -> str:
        if self._locked:
            return self._locked
        if self.typing.value:
            return _("Nothing like that in this list.")
        return _("Nothing was found. F5 asks central for what is new.")
