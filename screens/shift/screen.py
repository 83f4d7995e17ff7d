"""The shift and the day: counted here, signed with passwords, printed, known to the manager."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from clerk.contract.journal import (
    BalanceLine,
    DayBalance,
    HeldLine,
    JournalEntry,
    ShiftHandover,
)
from clerk.contract.user import Role
from clerk.errand import Errand
from clerk.errors import ClerkError
from clerk.locale import _, mark, mark_n
from screens.dialogs import AskText, Question
from screens.errands import run_errand
from screens.home.queue_bar import QueueBar
from screens.in_memory import InMemoryScreen
from screens.keymap import bindings
from screens.shift import rows
from screens.together import SharedAct, Together, printed
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.balance import DayCount, ShiftCount
from services.journal import Written

_ENTRIES = (ShiftHandover, DayBalance)
_BEGINS = {"journal.reason_missing": "reason", "session.wrong_password": "password"}
"""Which question is asked again, of what is refused for one answer alone."""


class _Found(NamedTuple):
    """What there is to hand over, what the day comes to, and what was signed."""

    shift: ShiftCount | None
    day: DayCount | None
    entries: tuple[JournalEntry, ...]
    windows: dict[str, str]


class ShiftScreen(InMemoryScreen):
    """A window sees its own; a manager sees what all windows signed today."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("send_on", "agree", "produce", "print", "back"),
        *bindings("refresh", "sync", "cases", "papers", quiet=True),
        *bindings("arrange", "copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "send_on": (
            mark("Hand over the shift"),
            mark("Count, and sign what you leave at the window"),
        ),
        "agree": (
            mark("Take over the shift"),
            mark("Sign for what the one before left, and go on here"),
        ),
        "produce": (mark("Close day"), mark("Count, and sign the balance of the day")),
        "print": (
            mark("Print"),
            mark("Print the marked entries of the journal once more, or this one"),
        ),
        **InMemoryScreen.SORT,
    }
    AUTO_FOCUS = "#lines"

    summary = getters.query_one("#summary", Static)
    listing = getters.query_one("#lines", Listing)
    said = getters.query_one("#said", Static)

    def __init__(self) -> None:
        """Begin with nothing counted."""
        super().__init__()
        self._found = _Found(None, None, (), {})
        self._counting = False
        self._typed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The lists, what they come to, and the paper that was printed last."""
        yield StatusBar()
        yield QueueBar()
        yield Static("", id="summary", markup=False)
        yield FilterBox(_("Type to narrow the list: a number, a paper, a name"))
        yield Listing(rows.shift_columns(), empty=self._nothing, id="lines")
        yield Static("", id="said", markup=False)
        yield KeyBar()

    def reload(self) -> None:
        """Count anew."""
        self.load(self._fetch, self._show, group="shift", failed=self.app.tell_problem)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Enter opens the case of a paper; an entry of the journal is of no case."""
        line = self.listed(event.index)
        if isinstance(line, HeldLine | BalanceLine):
            self.app.open_case(line.case_id)
        else:
            self.app.warn(_("An entry of the journal is of no case. Ctrl+L prints it once more."))

    def action_send_on(self, begins: str = "") -> None:
        """Ask what was counted, and for the password of whoever leaves."""
        shift = self._found.shift
        if shift is None:
            self.app.warn(_("Only a window has a shift to hand over."))
            return
        questions = [
            self._ask_count("papers", _count("papers", shift.listed_papers)),
            self._ask_count("results", _count("results", len(shift.certificates))),
            self._ask_reason(_("What is known of a difference, if there is one")),
            Question("password", _("Your password, as your signature"), password=True),
        ]
        title = _("Hand the shift over: count first")
        self.app.push_screen(AskText(title, questions, begins=begins), self._hand_over)

    def action_agree(self) -> None:
        """Ask who follows; with their password they sign in here."""
        if self._found.shift is None:
            self.app.warn(_("Only a window has a shift to take over."))
            return
        self._ask_follower(rows.find_open(self._found.entries))

    def _ask_follower(self, left: ShiftHandover | None, login: str = "", begins: str = "") -> None:
        """Whoever signs for what was left reads what was counted of it, and what was said."""
        questions = [
            Question("login", _("Login of whoever follows"), login),
            Question("password", _("Their password, as their signature"), password=True),
        ]
        title = _("Take the shift over, and go on at this desk")
        told = rows.tell_left(left) if left else ""
        dialog = AskText(title, questions, begins=begins, told=told)
        self.app.push_screen(dialog, partial(self._take_over, left))

    def action_produce(self, begins: str = "") -> None:
        """Ask what was counted, then sign the balance."""
        day = self._found.day
        if self._counting:
            self.app.warn(_("The day is still being counted. Press the key again in a moment."))
            return
        if day is None:
            self.app.warn(_("Only a window has a day to close."))
            return
        questions = [
            self._ask_count("papers", _count("papers", day.held)),
            self._ask_reason(
                _("What is known of each difference")
                if day.gaps
                else _("What is known of a difference, if there is one"),
                required=bool(day.gaps),
            ),
        ]
        title = _("Close the day: count first")
        self.app.push_screen(AskText(title, questions, begins=begins), self._close_day)

    def action_print(self) -> None:
        """Print the marked entries of the journal, or the one under the cursor."""
        entries = [one for one in self.several(object) if isinstance(one, _ENTRIES)]
        if not entries:
            self.app.warn(_("Choose an entry of the journal: right leads there."))
            return
        if len(entries) > 1:
            self._print_several(entries)
            return
        act = partial(self.desk.journal.print_again, entries[0])
        cancelled = _("Cancelled. Nothing was printed.")
        run_errand(self, _("Printing once more"), act, self._say_paper, cancelled=cancelled)

    def _print_several(self, entries: Sequence[JournalEntry]) -> None:
        press, windows = self.desk.journal.print_again, self._found.windows
        act = SharedAct[JournalEntry](
            title=mark_n(
                "Print {count} entry of the journal once more",
                "Print {count} entries of the journal once more",
            ),
            act=lambda one, _told: printed(press(one)),
            name=lambda one: (one.by.name, " ".join(rows.entry_cells(one, windows)[:3])),
        )
        Together(self, act, entries, self.end_several).begin({})

    def _ask_count(self, key: str, label: str) -> Question:
        return Question(key, label, self._typed.get(key, ""), check=_check_count)

    def _ask_reason(self, label: str, *, required: bool = False) -> Question:
        return Question("reason", label, self._typed.get("reason", ""), required=required)

    def _hand_over(self, answers: dict[str, str] | None) -> None:
        if answers is not None:
            self._keep(answers)
            counted = int(answers["papers"]), int(answers["results"])
            hand_over = self.desk.journal.hand_over
            act = partial(hand_over, answers["password"], *counted, answers["reason"])
            failed = partial(self._fail, self.action_send_on)
            self._sign(_("Handing the shift over"), act, self._show_handed, failed)

    def _take_over(self, left: ShiftHandover | None, answers: dict[str, str] | None) -> None:
        if answers is not None:
            login = answers["login"]
            act = partial(self.desk.journal.take_over, login, answers["password"])
            failed = partial(self._fail, partial(self._ask_follower, left, login)) if left else None
            self._sign(_("Taking the shift over"), act, self._show_written, failed)

    def _close_day(self, answers: dict[str, str] | None) -> None:
        if answers is not None:
            self._keep(answers)
            counted = int(answers["papers"])
            act = partial(self.desk.journal.close_day, counted, answers["reason"])
            failed = partial(self._fail, self.action_produce)
            self._sign(_("Closing the day"), act, self._show_written, failed)

    def _sign(
        self,
        title: str,
        act: Callable[[Errand], Written],
        done: Callable[[Written], None],
        failed: Callable[[ClerkError], None] | None = None,
    ) -> None:
        """Counted, signed and printed, which takes a while where many papers lie here."""
        cancelled, kept = _("Cancelled. Nothing was signed."), _not_printed()
        run_errand(self, title, act, done, cancelled=cancelled, kept=kept, failed=failed)

    def _keep(self, answers: dict[str, str]) -> None:
        self._typed = {key: text for key, text in answers.items() if key != "password"}

    def _fail(self, again: Callable[[str], None], problem: ClerkError) -> None:
        """What was typed is offered once more, the password never; the cursor is where it lacks."""
        self.app.tell_problem(problem, then=partial(again, _BEGINS.get(problem.code, "")))

    # What comes back

    def _fetch(self) -> _Found:
        journal, user = self.desk.journal, self.desk.present
        windows = {one.id: one.name for one in self.desk.catalogue.windows()}
        if user is not None and user.has(Role.COUNTER) and self.desk.enrolled.window:
            return _Found(journal.count_shift(), None, journal.entries(), windows)
        return _Found(None, None, journal.of_all_windows(self.desk.today), windows)

    def _show(self, found: _Found) -> None:
        """The shift is there at once; the day takes longer to count, and comes behind it."""
        self._counting = found.shift is not None
        self._show_found(found._replace(day=self._found.day if self._counting else None))
        if self._counting:
            count = self.desk.journal.count_day
            self.load(count, self._show_day, group="day", failed=self._fail_day)

    def _show_day(self, day: DayCount) -> None:
        self._counting = False
        self._show_found(self._found._replace(day=day))

    def _fail_day(self, problem: ClerkError) -> None:
        self._counting = False
        self.app.tell_problem(problem)

    def _show_found(self, found: _Found) -> None:
        self._found = found
        shift = len(found.shift.papers) if found.shift else 0
        day = len(found.day.lines) if found.day else None if self._counting else 0
        if found.shift is None:
            self.tabs.shown = rows.JOURNAL
        self.tabs.show(rows.count_tabs((shift, day, len(found.entries))))
        self.show_list()

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show one of the three lists, narrowed and in order, and what it comes to in whole."""
        found = self._found
        if self.tabs.shown == rows.SHIFT:
            papers = found.shift.papers if found.shift else ()
            source: Rows[Any] = self.rows_of(
                papers, rows.shift_columns(), rows.shift_cells, identify=rows.identify
            )
            told = rows.tell_shift(found.shift) if found.shift else ""
        elif self.tabs.shown == rows.DAY:
            lines = found.day.lines if found.day else ()
            source = self.rows_of(
                lines, rows.day_columns(), rows.day_cells, rows.day_colour, identify=rows.identify
            )
            told = rows.tell_day(found.day) if found.day else ""
        else:
            cells = partial(rows.entry_cells, windows=found.windows)
            source = self.rows_of(
                found.entries,
                rows.entry_columns(of_all=found.shift is None),
                cells,
                rows.entry_colour,
                identify=lambda one: one.id,
            )
            told = ""
        self.summary.update(told)
        self.put(source, keep_cursor=keep_cursor)

    def _show_handed(self, written: Written) -> None:
        """Signed by the one; the other is asked for at once."""
        self._show_written(written)
        self._ask_follower(rows.find_open((written.entry,)))

    def _show_written(self, written: Written) -> None:
        self._typed = {}
        if written.paper is None:
            self.said.update(_not_printed())
        else:
            self.app.say(_("Signed and printed. It is sent to central by itself."))
            self._say_paper(written.paper)
        self.reload()

    def _say_paper(self, path: object) -> None:
        self.said.update(_("On paper: {path}").format(path=path))

    def _nothing(self) -> str:
        if self.typing.value:
            return _("Nothing like that in this list.")
        if self.tabs.shown == rows.SHIFT:
            return _("Nothing is left at this window. Ctrl+G hands the shift over.")
        if self.tabs.shown == rows.DAY:
            return _("No paper came or went today. Ctrl+F closes the day.")
        if self._found.shift is None:
            return _("No window has signed anything today. F5 asks central once more.")
        return _("Nothing is signed yet. Hand the shift over or close the day, and it stands here.")


def _not_printed() -> str:
    return _("It is signed, but not printed. Ctrl+L prints it from the journal.")


def _count(what: str, listed: int) -> str:
    texts = {
        "papers": _("Papers that you counted (listed: {count})"),
        "results": _("Results to hand out that you counted (listed: {count})"),
    }
    return texts[what].format(count=listed)


def _check_count(text: str) -> str:
    return "" if text.isdecimal() else _("Type a number.")
