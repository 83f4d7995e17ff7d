"""The sync centre: every act that central has not confirmed, with all that was typed for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clerk.contract.command import ReceiveCase
from clerk.errors import StoreError
from clerk.locale import _, in_a_row
from clerk.rules.numbers import spaced
from screens.base import DeskScreen
from screens.commands import name_command, typed_for
from screens.dialogs import Confirm
from screens.keymap import bindings
from screens.lights import name_moment
from screens.telling import explain
from screens.widgets.facts import Fact, Facts
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Column, Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.cases import CaseQuery
from services.leash import Strain
from services.sync import Comparison, OutboxEntry, SyncStatus

_HOUR_MIN = 60
_DAY_H = 24
_MOST = 500


class SyncScreen(DeskScreen):
    """Retry, read, and clear away what central refused."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("refresh", "discard", "export", "compare", "cases", "back")
    ]
    AUTO_FOCUS = "#entries"

    listing = getters.query_one("#entries", Listing)
    entry_text = getters.query_one("#entry-text", Static)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._entries: tuple[OutboxEntry, ...] = ()
        self._numbers: dict[str, str] = {}
        self._strains: tuple[Strain, ...] = ()

    def compose(self) -> ComposeResult:
        """How things stand, the acts, and the one under the cursor in whole."""
        yield StatusBar()
        yield Facts(id="sync-facts")
        yield Static("", id="sync-error", markup=False)
        yield Listing(_columns(), empty=_nothing, id="entries")
        with VerticalScroll(id="entry", can_focus=False):
            yield Static("", id="entry-text")
        yield KeyBar()

    def reload(self) -> None:
        """Read the outbox anew."""
        self.load(self._fetch, self._show, group="outbox")

    def on_listing_moved(self, _event: Listing.Moved) -> None:
        """Show the act under the cursor in whole."""
        self._show_entry()

    def on_listing_chosen(self, _event: Listing.Chosen) -> None:
        """Open the case of the act."""
        entry = self._current()
        if entry is not None:
            self.app.open_case(entry.envelope.case_id)

    def action_discard(self) -> None:
        """Clear a refused act away, once somebody has dealt with it."""
        entry = self._current()
        if entry is None or not entry.is_refused:
            self.app.warn(_("Only what central refused can be cleared away; the rest is sent."))
            return
        question = _("Clear “{act}” away? What was typed for it is then gone.")
        self.app.push_screen(
            Confirm(question.format(act=name_command(entry.command))),
            partial(self._dismiss_if, entry.n),
        )

    def action_export(self) -> None:
        """Seal everything that has no answer into a file, for a broken line."""
        self.do(self.desk.export_outbox, done=self._tell_exported)

    def action_compare(self) -> None:
        """Compare the cache with central now."""
        self.do(self.desk.sync.compare, done=self._tell_compared)

    def _tell_exported(self, path: Path) -> None:
        text = _("Sealed in {path}. Take it to whoever looks after central.")
        self.notify(text.format(path=path), timeout=20)
        self.reload()

    def _tell_compared(self, found: Comparison) -> None:
        told = {
            Comparison.SAME: _("This desk holds exactly what central holds."),
            Comparison.DIFFERENT: _("It differed; everything was fetched anew, central knows."),
            Comparison.NOT_YET: _("Central goes on changing; it is compared again by itself."),
        }
        self.notify(told[found])
        self.reload()

    def _dismiss_if(self, n: int, yes: bool | None) -> None:  # noqa: FBT001 - the dialog's answer
        if yes:
            self.do(self.desk.sync.dismiss, n, done=lambda _nothing: self.reload())

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
        if not case_ids:
            return {}
        try:
            rows = self.desk.cases.page(CaseQuery(limit=_MOST))
        except StoreError:
            return {}
        return {row.id: row.number for row in rows if row.id in case_ids}

    def _show(
        self, read: tuple[SyncStatus, tuple[OutboxEntry, ...], dict[str, str], datetime]
    ) -> None:
        status, entries, self._numbers, now = read
        self._entries = tuple(sorted(entries, key=lambda one: (not one.is_refused, one.n)))
        self.query_one("#sync-facts", Facts).show(_facts(status, now))
        error = self.query_one("#sync-error", Static)
        told = [explain(status.error, {})] if status.error else []
        if status.clock is not None:
            told.append(explain(status.clock.code, {"minutes": status.clock.minutes}))
        if status.too_new:
            told.append(explain("feed.needs_upgrade", {"count": status.too_new}))
        told += [explain(one.code, {"have": one.have, "limit": one.limit}) for one in self._strains]
        error.set_class(bool(told), "told")
        error.update("\n".join(str(one) for one in told))
        self.listing.show(Rows(self._entries, partial(self._cells, now), _colour))
        self._show_entry()

    def _cells(self, now: datetime, entry: OutboxEntry) -> Sequence[str]:
        number = self._numbers.get(entry.envelope.case_id, "")
        return (
            name_status(entry),
            name_command(entry.command),
            spaced(number) if number else "",
            name_age(now - entry.at),
            str(entry.tries),
        )

    def _show_entry(self) -> None:
        entry = self._current()
        self.query_one("#entry", VerticalScroll).display = entry is not None
        if entry is not None:
            self.query_one("#entry").border_title = name_command(entry.command)
            self.entry_text.update(tell_entry(entry))

    def _current(self) -> OutboxEntry | None:
        index = self.listing.cursor
        return self._entries[index] if index < len(self._entries) else None


def name_status(entry: OutboxEntry) -> str:
    """What the desk did with it, or what central concluded: a shape and a word."""
    if entry.unfit_code:
        return "! " + _("central too old")
    if entry.is_refused:
        return "! " + _("refused")
    if entry.status.value == "sending":
        return "↑ " + _("awaiting its answer") if entry.last_error else "↑ " + _("sending")
    return "… " + _("waiting")


def tell_entry(entry: OutboxEntry) -> Content:
    """An act in whole: why it stands here, and what was typed."""
    lines = [Content.styled(f"{name_moment(entry.at)}  {name_status(entry)}", "$text-muted")]
    refusal = entry.answer.refusal if entry.answer else None
    if refusal is not None:
        told = explain(refusal.code, refusal.parameters)
        lines += [Content.styled(told.what, "bold $text-error"), Content(told.remedy)]
        if entry.answer and entry.answer.changed_by:
            text = _("Meanwhile {name} has changed the case.")
            lines.append(Content(text.format(name=entry.answer.changed_by)))
    elif entry.is_refused:
        lines += _tell_unfit(entry)
    elif entry.last_error:
        kept = _("It is kept on this machine and goes out by itself.")
        why = explain(entry.last_error, {}).what
        lines.append(Content.styled(in_a_row(why, kept), "$text-warning"))
    lines += [
        Content.assemble((label + "  ", "$text-muted"), text)
        for label, text in typed_for(entry.command)
    ]
    return Content("\n").join(line for line in lines if line.plain)


def _tell_unfit(entry: OutboxEntry) -> list[Content]:
    """Central is too old for it: what is kept goes out again by itself, or is done again."""
    told = explain(entry.unfit_code, {})
    return [
        Content.styled(told.what, "bold $text-error"),
        Content(told.safe),
        Content(told.remedy),
    ]


def name_age(age: timedelta) -> str:
    """How long ago, in the unit that matters."""
    minutes = max(0, int(age.total_seconds()) // 60)
    if minutes < _HOUR_MIN:
        return _("{count} min").format(count=minutes)
    hours = minutes // _HOUR_MIN
    if hours < _DAY_H:
        return _("{count} h").format(count=hours)
    return _("{count} days").format(count=hours // _DAY_H)


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
        Fact(_("Waiting"), str(status.waiting)),
        Fact(_("Oldest"), oldest),
        Fact(_("Refused by central"), str(status.refused)),
        Fact(_("Case numbers left"), str(status.numbers_left) if status.numbers_left else ""),
        Fact(_("Held up until this user signs in"), status.blocked_for, "$text-warning"),
        Fact(_("Compared with central"), _moment(status.compared_at)),
        Fact(_("Differed and was fetched anew"), _moment(status.rebuilt_at), "$text-warning"),
    ]


def _moment(at: datetime | None) -> str:
    return name_moment(at) if at else ""


def _colour(entry: OutboxEntry) -> str:
    return "listing--red" if entry.is_refused else "listing--waiting"


def _columns() -> list[Column]:
    return [
        Column(_("State"), 22),
        Column(_("Act")),
        Column(_("Case"), 18),
        Column(_("Age"), 9),
        Column(_("Tries"), 6, 70),
    ]


def _nothing() -> str:
    return _("Nothing is waiting: this desk and central are level.")
