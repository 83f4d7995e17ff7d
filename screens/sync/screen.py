"""The sync centre: every act that central has not confirmed, with all that was typed for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from clerk.contract.command import ReceiveCase
from clerk.errors import StoreError
from clerk.locale import _, in_a_row, mark
from clerk.rules.numbers import spaced
from screens.arrangement import Weigh
from screens.commands import name_command
from screens.errands import exchange
from screens.keymap import bindings
from screens.lights import name_moment
from screens.narrowing import NarrowedScreen
from screens.sync.carrying import CarryKeys
from screens.sync.entries import find_reason, name_age, name_status, tell_entry
from screens.sync.mend import MendScreen
from screens.sync.mend_keys import MendKeys
from screens.sync.several import SeveralActs
from screens.telling import explain
from screens.widgets.column import Column
from screens.widgets.facts import Fact, Facts
from screens.widgets.key_bar import KeyBar
from screens.widgets.line_box import LineBox
from screens.widgets.listing import Listing
from screens.widgets.status_bar import StatusBar
from services.leash import Strain
from services.sync import Comparison, OutboxEntry, SyncStatus

_TICK_S = 1.0
_PASSING = frozenset({"line.down", "central.busy", "answer.awaited"})
"""What is tried again until it succeeds."""


class SyncScreen(NarrowedScreen):
    """Retry, read, and clear away what central refused."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("refresh", "deal", "discard", "copy", "export", "hand_in", "compare"),
        *bindings("cases", "back"),
        *bindings("arrange", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "deal": (
            mark("Once more"),
            mark("Do what was refused once more: all that is marked, or the act under the cursor"),
        ),
        "hand_in": (mark("Answers"), mark("Take in central's answers from a file")),
        "discard": (
            mark("Clear away"),
            mark("Clear away what central refused: all that is marked, or the act here"),
        ),
        "arrange": NarrowedScreen.SORT["arrange"],
    }
    AUTO_FOCUS = "#entries"

    listing = getters.query_one("#entries", Listing)
    entry_text = getters.query_one("#entry-text", Static)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._entries: tuple[OutboxEntry, ...] = ()
        self._shown: Sequence[OutboxEntry] = ()
        self._numbers: dict[str, str] = {}
        self._strains: tuple[Strain, ...] = ()
        self._status: SyncStatus | None = None
        self._mending = MendKeys(self, self.end_several)
        self._several = SeveralActs(self, self.end_several)
        self._carrying = CarryKeys(self)

    def compose(self) -> ComposeResult:
        """How things stand, the acts, and the one under the cursor in whole."""
        yield StatusBar()
        yield Facts(id="sync-facts")
        yield Static("", id="sync-error", markup=False)
        yield Static("", id="sync-said", markup=False)
        yield LineBox(id="filter", placeholder=_("Type to narrow the list"), select_on_focus=False)
        yield Listing(_columns(), empty=self._tell_nothing, id="entries")
        with VerticalScroll(id="entry", can_focus=False):
            yield Static("", id="entry-text")
        yield KeyBar()

    def on_mount(self) -> None:
        """Let ages grow and the next try come nearer while somebody looks."""
        self.set_interval(_TICK_S, self._tick)

    def reload(self) -> None:
        """Read the outbox anew."""
        self.load(self._fetch, self._show, group="outbox")

    def on_listing_moved(self, _event: Listing.Moved) -> None:
        """Show the act under the cursor in whole."""
        self._show_entry()

    def on_listing_chosen(self, _event: Listing.Chosen) -> None:
        """Look closer at what was refused; of what waits, open the case."""
        entry = self._current()
        if entry is not None and entry.is_refused:
            self.app.push_screen(MendScreen(entry.n))
        elif entry is not None:
            self._mending.open_case(entry)

    def label_of(self, binding: Binding) -> str:
        """With the line down, one need not wait for it."""
        if binding.id == "refresh" and self._status is not None and not self._status.online:
            return mark("Retry now")
        return super().label_of(binding)

    def action_deal(self) -> None:
        """Do what was refused once more: this act, or all that are marked."""
        chosen = self._chosen()
        if len(chosen) > 1:
            self._several.once_more(chosen)
        elif chosen and chosen[0].is_refused:
            self.do(self.desk.mending.look, chosen[0].n, done=self._mending.once_more)
        else:
            self.app.warn(_("Only what central refused can be done once more; the rest is sent."))

    def action_discard(self) -> None:
        """Clear a refused act away, or all that are marked, once somebody has dealt with it."""
        chosen = self._chosen()
        if len(chosen) > 1:
            self._several.let_go(chosen)
        elif chosen:
            self._mending.let_go(chosen[0])
        else:
            self._warn_of_nothing()

    def action_copy(self) -> None:
        """Copy what was typed, of all that are marked their rows."""
        entry = self._current()
        if len(self.marked):
            super().action_copy()
        elif entry is not None:
            self._mending.copy(entry)
        else:
            self._warn_of_nothing()

    def action_export(self) -> None:
        """Seal everything that has no answer into a file, for a broken line."""
        self._carrying.export()

    def action_hand_in(self) -> None:
        """Take in the answers that came back in a file."""
        self._carrying.take_answers()

    def action_compare(self) -> None:
        """Compare the cache with central now."""
        exchange(self, _("Comparing with central"), self.desk.sync.compare, self._tell_compared)

    def _warn_of_nothing(self) -> None:
        if self._entries:
            self.app.warn(_("There is no row under the cursor."))
        else:
            self.app.warn(_("There is nothing under the cursor: all is sent and answered."))

    def _tell_compared(self, found: Comparison) -> None:
        told = {
            Comparison.SAME: _("This desk holds exactly what central holds."),
            Comparison.DIFFERENT: _("It differed; everything was fetched anew, central knows."),
            Comparison.NOT_YET: _("Central goes on changing; it is compared again by itself."),
        }
        self.notify(told[found])
        self.reload()

    def _fetch(self) -> tuple[SyncStatus, tuple[OutboxEntry, ...], dict[str, str], datetime]:
        entries = tuple(one for one in self.desk.sync.outbox() if not _is_done(one))
        numbers = {
            one.envelope.case_id: one.command.number
            for one in entries
            if isinstance(one.command, ReceiveCase)
        }
        unknown = {one.envelope.case_id for one in entries} - numbers.keys()
        numbers |= self._find_numbers(unknown)
        self._strains = self.desk.leash.strains()
        return self.desk.sync.status(), entries, numbers, self.desk.clock.now()

    def _find_numbers(self, case_ids: set[str]) -> dict[str, str]:
        """The numbers of cases in sight; none of them while the cases are locked."""
        try:
            return self.desk.cases.numbers(case_ids)
        except StoreError:
            return {}

    def _show(
        self, read: tuple[SyncStatus, tuple[OutboxEntry, ...], dict[str, str], datetime]
    ) -> None:
        status, entries, self._numbers, now = read
        self._status = status
        self._entries = tuple(sorted(entries, key=lambda one: (not one.is_refused, one.n)))
        self.query_one("#sync-facts", Facts).show(_facts(status, now))
        error = self.query_one("#sync-error", Static)
        told = [_tell_line(status.error)] if status.error else []
        if status.clock is not None:
            told.append(str(explain(status.clock.code, {"minutes": status.clock.minutes})))
        if status.too_new:
            told.append(str(explain("feed.needs_upgrade", {"count": status.too_new})))
        told += [
            str(explain(one.code, {"have": one.have, "limit": one.limit})) for one in self._strains
        ]
        error.set_class(bool(told), "told")
        error.update("\n".join(told))
        self._say(self._carrying.tell(status.waiting))
        self.show_list()
        self.refresh_bindings()

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show the acts, what was refused first; narrowed, and in order if one was chosen."""
        source = self.rows_of(
            self._entries, _columns(), self._cells, _colour, weigh=_weigh(), identify=_identify
        )
        self._shown = source.things
        self.put(source, keep_cursor=keep_cursor)
        self._show_entry()

    def _tick(self) -> None:
        """Tell the time that goes by; nothing is read for it."""
        if self._status is not None and self.is_current and self.is_whole:
            now = self.desk.clock.now()
            self.query_one("#sync-facts", Facts).show(_facts(self._status, now))
            self.listing.refresh()

    def _say(self, text: str) -> None:
        said = self.query_one("#sync-said", Static)
        said.set_class(bool(text), "told")
        said.update(text)
        self.query_one("#entry").set_class(bool(text), "pushed")

    def _cells(self, entry: OutboxEntry) -> Sequence[str]:
        number = self._numbers.get(entry.envelope.case_id, "")
        why = find_reason(entry)
        return (
            name_status(entry),
            name_command(entry.command),
            spaced(number) if number else "",
            name_age(self.desk.clock.now() - entry.at),
            str(entry.tries),
            why.what if why else "",
        )

    def _show_entry(self) -> None:
        entry = self._current()
        self.query_one("#entry", VerticalScroll).set_class(entry is None, "empty")
        if entry is not None:
            self.query_one("#entry").border_title = name_command(entry.command)
            self.entry_text.update(tell_entry(entry))

    def _tell_nothing(self) -> str:
        if self._entries:
            return _("Nothing like that in this list.")
        if self._status is not None and not self._status.online:
            return _("Nothing is waiting. What central has for this desk comes with the line.")
        return _("Nothing is waiting: this desk and central are level.")

    def _chosen(self) -> list[OutboxEntry]:
        """What is marked and not answered meanwhile, else what is under the cursor."""
        there = {one.n for one in self._entries}
        return [one for one in self.several(OutboxEntry) if one.n in there]

    def _current(self) -> OutboxEntry | None:
        index = self.listing.cursor
        return self._shown[index] if index < len(self._shown) else None


def _is_done(entry: OutboxEntry) -> bool:
    return entry.answer is not None and not entry.is_refused


def _facts(status: SyncStatus, now: datetime) -> list[Fact]:
    last = name_moment(status.last_contact) if status.last_contact else _("never")
    oldest = name_age(now - status.oldest) if status.oldest else ""
    line = (
        (_("● online"), "$text-success") if status.online else (_("○ line down"), "$text-warning")
    )
    return [
        Fact(_("Line"), line[0], f"bold {line[1]}"),
        Fact(_("Last heard of central"), last),
        Fact(_("Next try"), _next_try(status, now), "$text-warning"),
        Fact(_("Waiting"), str(status.waiting)),
        Fact(_("Oldest"), oldest),
        Fact(_("Refused by central"), str(status.refused)),
        Fact(_("Case numbers left"), str(status.numbers_left) if status.numbers_left else ""),
        Fact(_("Held up until this user signs in"), status.blocked_for, "$text-warning"),
        Fact(_("Compared with central"), _moment(status.compared_at)),
        Fact(_("Differed and was fetched anew"), _moment(status.rebuilt_at), "$text-warning"),
    ]


def _next_try(status: SyncStatus, now: datetime) -> str:
    """When the background tries again by itself; F5 does not wait for it."""
    if status.next_try is None or status.online:
        return ""
    left = max(0, math.ceil((status.next_try - now).total_seconds()))
    return _("in {count} s, or now with F5").format(count=left)


def _moment(at: datetime | None) -> str:
    return name_moment(at) if at else ""


def _colour(entry: OutboxEntry) -> str:
    return "listing--red" if entry.is_refused else "listing--waiting"


def _identify(entry: OutboxEntry) -> str:
    return str(entry.n)


def _columns() -> list[Column]:
    return [
        Column(mark("State"), 22, groups=True),
        Column(mark("Act"), groups=True),
        Column(mark("Case"), 18),
        Column(mark("Age"), 9),
        Column(mark("Tries"), 6, 90),
        Column(mark("Why"), 0, 110),
    ]


def _weigh() -> Weigh[OutboxEntry]:
    """An age is written in minutes or days: the youngest first."""
    return {_("Age"): lambda one: -one.at.timestamp()}


def _tell_line(code: str) -> str:
    """What is wrong with the line; what comes right by itself needs nothing done."""
    told = explain(code, {})
    if code in _PASSING:
        return in_a_row(told.what, _("What waits is kept on this machine and goes out by itself."))
    return str(told)
