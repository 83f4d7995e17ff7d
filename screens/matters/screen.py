"""Matters: what people bring is taken in here, answered, handed on, and the answer told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from clerk.contract.matter import ContactGiven
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row, mark
from screens.home.queue_bar import QueueBar
from screens.in_memory import InMemoryScreen
from screens.keymap import bindings
from screens.matters import rows
from screens.matters.dealing import Dealing
from screens.matters.several import SeveralMatters
from screens.matters.taking import take_matter
from screens.telling import explain
from screens.whole import WholeNumber
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.status_bar import StatusBar
from services.matters import ListedMatter, MatterList

WHOLE_S = 60.0
"""How long a telephone number stays whole on the screen."""


class _Found(NamedTuple):
    """What there is, and what places are called."""

    all: MatterList
    names: dict[str, str]
    today: date


class MattersScreen(InMemoryScreen):
    """Enter goes into the details, which scroll; left and right change the list."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("receive", "deal", "claim", "send_on", "send_back", "produce", "decline"),
        *bindings("ask", "unmask", "back"),
        *bindings("refresh", "sync", "cases", "arrange", "copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "receive": (mark("Take in"), mark("Take in a complaint, an inquiry or a suggestion")),
        "deal": (mark("Answer"), mark("Answer it, or the appeal against a rating")),
        "claim": (mark("Contacted"), mark("Note that you talked to whoever brought it")),
        "send_on": (mark("Hand on"), mark("Hand it on to another department, with the reason")),
        "send_back": (mark("Give back"), mark("Give it back to the centre, with the reason")),
        "produce": (mark("Told"), mark("Note that whoever brought it knows the answer")),
        "decline": (mark("Close"), mark("Close it, with the reason")),
        "ask": (mark("Appeal"), mark("Appeal against a rating that is unjust")),
        "unmask": (mark("Unmask"), mark("Show the telephone number, with a reason")),
        **InMemoryScreen.SORT,
    }
    AUTO_FOCUS = "#matters"

    said = getters.query_one("#said", Static)
    listing = getters.query_one("#matters", Listing)
    scroll = getters.query_one("#matter-scroll", VerticalScroll)
    detail = getters.query_one("#matter", Static)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._dealing = Dealing(self)
        self._several = SeveralMatters(self)
        self._found = _Found(MatterList(matters=()), {}, date.min)
        self._shown: Sequence[ListedMatter] = ()
        self._chose_tab = False
        self._locked = ""
        self._whole = WholeNumber[str](self, WHOLE_S)

    @property
    def chosen(self) -> ListedMatter | None:
        """The matter under the cursor."""
        cursor = self.listing.cursor
        return self._shown[cursor] if cursor < len(self._shown) else None

    @property
    def names(self) -> dict[str, str]:
        """Departments and windows by their ids."""
        return self._found.names

    def compose(self) -> ComposeResult:
        """The lists, the filter, the matters, and the one under the cursor in whole."""
        yield StatusBar()
        yield QueueBar()
        yield FilterBox(_("Type to narrow the list: a word, a name, a department, a number"))
        yield Static("", id="said", markup=False)
        yield Listing(rows.columns(), empty=self._nothing, id="matters")
        with VerticalScroll(id="matter-scroll"):
            yield Static("", id="matter", markup=False)
        yield KeyBar()

    def reload(self) -> None:
        """Read what there is anew."""
        self.load(self._fetch, self._show, group="matters", failed=self._show_locked)

    def on_queue_bar_chosen(self, _event: QueueBar.Chosen) -> None:
        """Another list is wanted, and stays whatever the others hold."""
        self._chose_tab = True

    def on_listing_moved(self, _event: Listing.Moved) -> None:
        """Tell all of the matter under the cursor."""
        self._describe()

    def on_listing_chosen(self, _event: Listing.Chosen) -> None:
        """Into the details."""
        self.scroll.focus()

    def action_back(self) -> None:
        """Out of the details, then out of here."""
        if self.scroll.has_focus:
            self.listing.focus()
        else:
            super().action_back()

    def action_receive(self) -> None:
        """Take something in."""
        take_matter(self)

    def action_deal(self) -> None:
        """Answer it, or the appeal."""
        self._dealing.answer()

    def action_claim(self) -> None:
        """Note that somebody was talked to."""
        self._dealing.contact()

    def action_send_on(self) -> None:
        """To another department: this one, or all that are marked."""
        if len(self.marked):
            self._several.hand_on(self.several(ListedMatter))
        else:
            self._dealing.hand_on()

    def action_send_back(self) -> None:
        """Back to the centre."""
        if len(self.marked):
            self._several.give_back(self.several(ListedMatter))
        else:
            self._dealing.give_back()

    def action_produce(self) -> None:
        """Whoever brought it knows the answer."""
        self._dealing.tell()

    def action_decline(self) -> None:
        """Nothing more is to be done."""
        if len(self.marked):
            self._several.close(self.several(ListedMatter))
        else:
            self._dealing.close()

    def action_ask(self) -> None:
        """Against a rating."""
        self._dealing.appeal()

    def action_unmask(self) -> None:
        """Show the telephone number whole for a while, or hide it again."""
        one = self.chosen
        if one is not None and self._whole.of == one.matter.id:
            self.hide_whole()
        else:
            self._dealing.unmask(self._show_whole)

    def show_done(self, said: str) -> None:
        """Say what was done, and read anew."""
        self.app.say(said)
        self.reload()

    # What comes back

    def _fetch(self) -> _Found:
        catalogue = self.desk.catalogue
        names = {one.id: one.short_name or one.name for one in catalogue.departments()}
        names |= {one.id: one.name for one in catalogue.windows()}
        return _Found(self.desk.matters.list(), names, self.desk.today)

    def _show(self, found: _Found) -> None:
        """Show what is read so far; a longer list stays until all of it is read anew."""
        self._locked = ""
        if found.all.next is None or len(found.all.matters) >= len(self._found.all.matters):
            self._show_found(found)
        if found.all.next is not None:
            fetch = partial(self.desk.matters.read_on, found.all)
            done = partial(self._show_more, found)
            self.load(fetch, done, group="matters", failed=self._show_locked)

    def _show_more(self, found: _Found, read: MatterList) -> None:
        self._show(found._replace(all=read))

    def _show_found(self, found: _Found) -> None:
        self._found = found
        counted = rows.count_tabs(found.all.matters)
        self.tabs.show(counted)
        if not self._chose_tab and not counted[self.tabs.shown].count:
            self.tabs.shown = rows.TO_DO if counted[rows.TO_DO].count else rows.ALL
        told = _tell(found.all)
        self.said.update(told)
        self.said.display = bool(told)
        self.show_list()

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show one of the lists, narrowed and in order, and the matter under the cursor."""
        found = self._found
        source = self.rows_of(
            [one for one in found.all.matters if rows.is_in(one, self.tabs.shown)],
            rows.columns(),
            partial(rows.cells, names=found.names, today=found.today),
            rows.colour,
            weigh=rows.weigh(),
            identify=rows.identify,
            also=partial(rows.words, names=found.names),
        )
        self._shown = source.things
        self.put(source, keep_cursor=keep_cursor)
        self._describe()

    def _describe(self) -> None:
        one = self.chosen
        self.scroll.display = one is not None
        if one is not None:
            whole = self._whole.shown if self._whole.of == one.matter.id else None
            self.detail.update(rows.describe(one, self._found.names, whole or ""))

    def _show_whole(self, matter_id: str, given: ContactGiven) -> None:
        self._whole.show(given.phone or _("no telephone number"), matter_id)
        self._describe()

    def hide_whole(self) -> None:
        """Hide the number again."""
        if self._whole.hide() and self.is_whole:
            self._describe()

    def _show_locked(self, problem: ClerkError) -> None:
        told = explain(problem.code, problem.parameters)
        self._locked = in_a_row(told.what, told.remedy)
        self._found = _Found(MatterList(matters=()), self._found.names, self._found.today)
        self.show_list(keep_cursor=False)

    def _nothing(self) -> str:
        if self._locked:
            return self._locked
        if self.typing.value:
            return _("Nothing like that in this list.")
        if self.tabs.shown == rows.ALL:
            return _(
                "Nobody has brought anything yet. Ctrl+R takes in a complaint, an inquiry or a"
                " suggestion."
            )
        return _("Nothing waits in this list. ← and → go to the others.")


def _tell(found: MatterList) -> str:
    """Why there is no more of it, or that more comes."""
    if found.problem is not None:
        why = explain(found.problem.code, found.problem.parameters).what
        return _("Only what this desk holds is shown: {why}").format(why=why)
    if found.next is not None:
        return _("Reading on: {count} matters so far").format(count=f"{len(found.matters):,}")
    return ""
