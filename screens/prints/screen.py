"""The print queue: what is to be handed over, what is at the printer, what was printed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual import getters, on
from textual.app import ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.events import Click
from textual.widgets import Static

from clerk.contract.command import DeliverNotice
from clerk.contract.printing import Outlet, PrintJob, PrintState, Reprint
from clerk.locale import Plural, _, _n, in_a_row, mark, mark_n
from clerk.locale.printing import tell_reason
from screens.dialogs import AskText, Question
from screens.errands import run_errand
from screens.home.queue_bar import QueueBar
from screens.in_memory import InMemoryScreen
from screens.keymap import bindings
from screens.prints import rows
from screens.prints.notices import ask_deliveries, ask_delivery
from screens.telling import explain
from screens.together import SharedAct, Together
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.due_papers import DuePaper

_PRINTER = mark("Printer")


class _Found(NamedTuple):
    """All that the lists show, and where this seat prints."""

    due: tuple[DuePaper, ...] = ()
    jobs: tuple[PrintJob, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    outlet: Outlet = Outlet()


class PrintsScreen(InMemoryScreen):
    """Left and right change the list; the keys act on the job under the cursor."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("print", "hand_out", "deal", "discard", "back"),
        *bindings("refresh", "sync", "cases", "arrange", "copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "print": (
            mark("Print all"),
            mark("Print every notice that is not printed yet, or those that are marked"),
        ),
        "hand_out": (
            mark("Delivered"),
            mark("Record how the applicant got the marked notices, or the one under the cursor"),
        ),
        "deal": (
            mark("Try again"),
            mark("Print failed jobs once more: all that are marked, or the one here"),
        ),
        "discard": (
            mark("Cancel"),
            mark("Take jobs out of the queue: all that are marked, or the one here"),
        ),
        **InMemoryScreen.SORT,
    }
    AUTO_FOCUS = "#jobs"

    outlet = getters.query_one("#outlet", Static)
    listing = getters.query_one("#jobs", Listing)
    reason = getters.query_one("#reason", Static)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._found = self._shown = _Found()

    def compose(self) -> ComposeResult:
        """Where it prints, the lists, and why the job under the cursor failed."""
        yield StatusBar()
        yield QueueBar()
        outlet = Static("", id="outlet", markup=False)
        outlet.tooltip = _("A click says where this seat prints.")
        yield outlet
        yield FilterBox(_("Type to narrow the list: a number, the name of a paper, a name"))
        yield Listing(rows.due_columns(), empty=self._nothing, id="jobs")
        yield Static("", id="reason", markup=False)
        yield KeyBar()

    def reload(self) -> None:
        """Read what there is."""
        self.load(self._fetch, self._show, group="prints")

    def on_listing_moved(self, _event: Listing.Moved) -> None:
        """Tell why the job under the cursor failed."""
        self._tell_reason()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Open the case of a notice."""
        if self.tabs.shown == rows.DUE:
            self.app.open_case(self._shown.due[event.index].record.id)

    def action_print(self) -> None:
        """Print all that is to be handed over, as one job."""
        marked = self.several(DuePaper) if len(self.marked) else None
        if all(one.printed for one in (self._found.due if marked is None else marked)):
            self.app.warn(_("There is nothing to print."))
            return
        stopped = _("Stopped. What is not printed yet still stands in the list.")
        act, title = partial(self.desk.due_papers.print_all, wanted=marked), _("Printing notices")
        run_errand(self, title, act, self._say_printed, cancelled=stopped)

    def action_hand_out(self) -> None:
        """Record how the applicant got the notice under the cursor."""
        due = self.several(DuePaper)
        if not due:
            self.app.warn(_("Choose a notice in the first list."))
        elif len(due) == 1:
            ask_delivery(self, due[0], partial(self._deliver, due[0]))
        else:
            ask_deliveries(self, due, self.end_several)

    def _deliver(self, due: DuePaper, command: DeliverNotice) -> None:
        self.do(self.desk.due_papers.deliver, due, command, done=self._say_delivered)

    def _say_delivered(self, _none: None) -> None:
        self.app.say(_("It is recorded in the case."))
        self.reload()

    def action_deal(self) -> None:
        """Try the job under the cursor again, or all that are marked."""
        title = mark_n("Print {count} job once more", "Print {count} jobs once more")
        self._act_on(title, self.desk.printing.retry, PrintState.FAILED)

    def action_discard(self) -> None:
        """Cancel the job under the cursor, or all that are marked."""
        title = mark_n("Take {count} job out of the queue", "Take {count} jobs out of the queue")
        cancel = self.desk.printing.cancel
        self._act_on(title, cancel, PrintState.FAILED, PrintState.WAITING)

    def offered(self) -> Iterator[SystemCommand]:
        """Where this seat prints: set once, and so without a key of its own."""
        yield SystemCommand(_(_PRINTER), _("Say where this seat prints"), self.ask_outlet)

    @on(Click, "#outlet")
    def ask_outlet(self) -> None:
        """Ask where this seat prints."""
        now = self._found.outlet
        questions = [
            Question("printer", _("Printer, as the system calls it"), now.printer, required=False),
            Question("folder", _("Or a folder"), now.folder, required=False),
        ]
        self.app.push_screen(AskText(_("Where this seat prints"), questions), self._settle)

    def _settle(self, answers: dict[str, str] | None) -> None:
        if answers is not None:
            printer, folder = answers["printer"].strip(), answers["folder"].strip()
            outlet = Outlet(printer=printer, folder="" if printer else folder)
            self.do(self.desk.printing.settle, outlet, done=lambda _none: self.reload())

    def _act_on(self, title: Plural, act: Callable[[int], None], *states: PrintState) -> None:
        jobs = self.several(PrintJob)
        if not any(one.state in states for one in jobs):
            self.app.warn(_("Choose a job for which that can be done: right leads to the queue."))
        elif len(jobs) == 1:
            self.do(act, jobs[0].n, done=lambda _none: self.end_several())
        else:
            shared = SharedAct[PrintJob](title, lambda one, _told: act(one.n), rows.name_job)
            Together(self, shared, jobs, self.end_several).begin({})

    def _say_printed(self, paths: tuple[Path, ...]) -> None:
        if paths:
            told = _n(
                "{count} notice is printed; it lies in {folder}",
                "{count} notices are printed; they lie in {folder}",
                len(paths),
            )
            self.app.say(told.format(count=len(paths), folder=paths[0].parent))
        self.end_several()

    def _fetch(self) -> _Found:
        printing = self.desk.printing
        due = self.desk.due_papers.list()
        return _Found(due, printing.jobs(), printing.reprints(), printing.outlet)

    def _show(self, found: _Found) -> None:
        self._found = found
        self.tabs.show(rows.count_tabs([len(found.due), len(found.jobs), len(found.reprints)]))
        lines = [_("Prints to: {outlet}").format(outlet=found.outlet.name)]
        if not found.outlet.name:
            way = _("No printer, papers are files. A click here, or Ctrl+P “{printer}”, sets one.")
            lines = [way.format(printer=_(_PRINTER))]
        fault = self.desk.press.fault
        if fault is not None:
            told = explain(fault.code, fault.parameters)
            lines.append(in_a_row(told.what, told.remedy))
        self.outlet.update("\n".join(lines))
        self.show_list(keep_cursor=True)

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show one of the three lists, narrowed and in order."""
        found, shown = self._found, _Found()
        source: Rows[Any]
        if self.tabs.shown == rows.JOBS:
            source = self.rows_of(
                found.jobs,
                rows.job_columns(),
                rows.job_cells,
                rows.job_colour,
                identify=lambda one: str(one.n),
            )
            shown = _Found(jobs=tuple(source.things))
        elif self.tabs.shown == rows.REPRINTS:
            source = self.rows_of(found.reprints, rows.reprint_columns(), rows.reprint_cells)
        else:
            source = self.rows_of(
                found.due, rows.due_columns(), rows.due_cells, identify=rows.identify_due
            )
            shown = _Found(due=tuple(source.things))
        self._shown = shown
        self.put(source, keep_cursor=keep_cursor)
        self._tell_reason()

    def _tell_reason(self) -> None:
        at, jobs = self.listing.cursor, self._shown.jobs
        there = self.tabs.shown == rows.JOBS and at < len(jobs)
        self.reason.update(tell_reason(jobs[at]) if there else "")

    def _nothing(self) -> str:
        if self.typing.value:
            return _("Nothing like that in this list.")
        if self.tabs.shown == rows.JOBS:
            return _("Nothing is at the printer. Ctrl+L on a case prints one of its papers.")
        if self.tabs.shown == rows.REPRINTS:
            return _("Nothing was printed again. Ctrl+L on a case prints one of its papers.")
        return _("No notice waits to be handed over. F5 asks central for what is new.")
