"""Every report as a table and a chart; then as a workbook, or all the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label, Static

from clerk.contract.report import Period
from clerk.contract.report_template import ReportTemplate
from clerk.errand import Errand
from clerk.locale import _, _n, mark
from clerk.rules.reports.listing import get_report
from clerk.rules.reports.parts import Report
from screens.dialogs.choose import Choose
from screens.errands import run_errand
from screens.keymap import bindings
from screens.looks import PLAIN
from screens.narrowing import NarrowedScreen
from screens.report.bars import draw_rows, tell_rows
from screens.report.days import draw_days, tell_days
from screens.report.own import choose_own
from screens.report.sheets import Sheets
from screens.report.table import colour, list_columns, list_rows, weigh, write_row
from screens.widgets.chart import Chart
from screens.widgets.filter_box import FilterBox
from screens.widgets.key_bar import KeyBar
from screens.widgets.line_box import LineBox
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.report import Filled, Summary

_LINES = 3
"""How many lines about cells that were asked for in vain stand under the table."""


class ReportScreen(NarrowedScreen):
    """Choose a report and a period, read it by one thing or another, take it along."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "report", "refresh", "print", "export", "own_workbook", "arrange", "cases", "back"
        ),
        *bindings("copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "report": (mark("Report"), mark("Choose another report")),
        "refresh": (mark("Refresh"), mark("Ask central and count once more")),
        "print": (mark("Workbook"), mark("Write the figures into an Excel workbook")),
        "export": (mark("Detail"), mark("Write the cases behind the figures into a workbook")),
        **NarrowedScreen.SORT,
    }

    days_told = getters.query_one("#days-told", Static)
    chart = getters.query_one("#days", Chart)
    listing = getters.query_one("#figures", Listing)
    said = getters.query_one("#export-path", Static)
    sheets = getters.query_one(Sheets)

    def __init__(self) -> None:
        """Begin with the first report that is offered."""
        super().__init__()
        self._report: Report | None = None
        self._summary: Summary | None = None
        self._place = 0

    def compose(self) -> ComposeResult:
        """The report and the period, the chart, the table, and where the workbook went."""
        today = self.desk.today
        yield StatusBar()
        with Horizontal(id="period"):
            yield Label(_("From"))
            yield LineBox(today.replace(day=1).isoformat(), id="first", max_length=10)
            yield Label(_("to"))
            yield LineBox(today.isoformat(), id="last", max_length=10)
            yield Static(_hint(), id="period-hint")
        yield Sheets()
        yield Static("", id="days-told", markup=False)
        yield Chart(id="days")
        yield FilterBox(_("Type to narrow the table by its names"))
        yield Listing([], empty=_nothing, id="figures")
        yield Static("", id="export-path", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Count this month at once."""
        self._report = next(iter(self.desk.reports.offered()), None)
        self._count(self._show)

    @property
    def list_key(self) -> str:
        """Each report has its own figures to sort by."""
        return self._report.key if self._report else ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Count the period that was typed."""
        if event.input is not self.typing:
            self.action_refresh()

    def on_filter_box_sideways(self, event: FilterBox.Sideways) -> None:
        """In the empty box left and right: by something else."""
        self._turn(event.way)

    def on_listing_sideways(self, event: Listing.Sideways) -> None:
        """And so in the table."""
        self._turn(event.way)

    def on_sheets_chosen(self, event: Sheets.Chosen) -> None:
        """A click on one does so at once."""
        self._turn(event.place - self._place)

    def _turn(self, way: int) -> None:
        if self._summary is not None:
            count = len(self._summary.report.dimensions)
            self._place = (self._place + way) % count
            self._draw()

    async def recompose(self) -> None:
        """In another language everything is drawn anew."""
        await super().recompose()
        self._draw()

    def action_report(self) -> None:
        """Offer the reports."""
        offered = [(one.key, _(one.title)) for one in self.desk.reports.offered()]
        self.app.push_screen(Choose(_("Which report?"), offered), self._chosen)

    def action_refresh(self) -> None:
        """Fetch the facts and count them."""
        self._count(self._show_anew)

    def action_print(self) -> None:
        """Write the workbook."""
        self._write(self.desk.reports.export)

    def action_export(self) -> None:
        """Write the rows behind the figures, however many."""
        self._write(self.desk.reports.export_detail)

    def action_own_workbook(self) -> None:
        """Choose a workbook of the office's, and fill it."""
        period, report = self._period(), self._report
        if period is not None and report is not None:
            choose_own(self, report, partial(self._fill, period, report))

    def _fill(self, period: Period, report: Report, chosen: ReportTemplate | Path) -> None:
        reports = self.desk.reports

        def work(errand: Errand) -> Filled:
            if isinstance(chosen, Path):
                return reports.export_own(period, chosen, report=report, errand=errand)
            return reports.export_kept(period, chosen.name, report=report, errand=errand)

        run_errand(self, _("Filling the office's workbook"), work, self._filled)

    def _filled(self, filled: Filled) -> None:
        told, shown = _("The workbook is at {path}").format(path=filled.path), filled.told[:_LINES]
        more = len(filled.told) - len(shown)
        rest = (
            (
                _n(
                    "… and {count} more cell of this kind.",
                    "… and {count} more cells of this kind.",
                    more,
                ).format(count=more),
            )
            if more
            else ()
        )
        self.said.update("\n".join((told, *shown, *rest)))

    def _write(self, export: Callable[..., Path]) -> None:
        period, report = self._period(), self._report
        if period is not None and report is not None:
            run_errand(
                self,
                _("Writing the workbook"),
                lambda errand: export(period, report=report, errand=errand),
                self._exported,
            )

    def _chosen(self, key: str | None) -> None:
        if key is not None:
            self._report, self._place = get_report(key), 0
            self._count(self._show)

    def _count(self, done: Callable[[Summary], None]) -> None:
        period, report = self._period(), self._report
        if period is not None and report is not None:
            run_errand(
                self,
                _("Counting"),
                partial(self.desk.reports.summary, report, period),
                done,
                cancelled=_("Cancelled. The figures are the old ones."),
            )

    def _show_anew(self, summary: Summary) -> None:
        self._show(summary)
        self.app.say(_("Counted anew."))

    def _show(self, summary: Summary) -> None:
        self._summary = summary
        self.said.update("")
        self._draw()
        self.listing.focus()

    def _draw(self) -> None:
        if self._summary is None:
            return
        report, tally, days = self._summary
        dimension = report.dimensions[self._place]
        self.sheets.show(report, self._place)
        if days and self._place == 0:
            self.chart.show(*draw_days(days))
        else:
            self.chart.show(*draw_rows(report, dimension, tally))
        self._tell_chart()
        self.show_list()

    def reload(self) -> None:
        """What was counted stays; the words beside its bars go with the looks of the screen."""
        self._tell_chart()

    def _tell_chart(self) -> None:
        if self._summary is None:
            return
        report, tally, days = self._summary
        plain = self.app.has_class(PLAIN)
        by_day = days and self._place == 0
        told = tell_days(days, plain=plain) if by_day else tell_rows(report, tally, plain=plain)
        self.days_told.update(told)

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show the table: the total of all first, those of the other rows that are meant below."""
        if self._summary is None:
            return
        report, tally, _days = self._summary
        dimension = report.dimensions[self._place]
        total, *others = list_rows(report, dimension, tally)
        columns = list_columns(report, dimension)
        meant = [one for one in others if self.is_meant([one.name])]
        ordered = self.in_order(meant, columns, write_row, weigh(report, columns))
        rows = Rows([total, *ordered], write_row, colour, lambda one: one.name)
        self.put(rows, keep_cursor=keep_cursor)

    def _exported(self, path: Path) -> None:
        self.said.update(_("The workbook is at {path}").format(path=path))

    def _period(self) -> Period | None:
        """The period as typed; what is wrong with it is said and the field focused."""
        days = []
        for name in ("first", "last"):
            field = self.query_one(f"#{name}", Input)
            try:
                days.append(date.fromisoformat(field.value.strip()))
            except ValueError:
                self._complain(field, _("A date is written as 2026-06-01."))
                return None
        if days[0] > days[1]:
            first = self.query_one("#first", Input)
            self._complain(first, _("The first day comes after the last one."))
            return None
        return Period(days[0], days[1])

    def _complain(self, field: Input, text: str) -> None:
        self.said.update(text)
        field.focus()


def _hint() -> str:
    keys = _("Enter: count · Ctrl+L: workbook")
    others = _("F7: other report · ← →: by what")
    return f"{keys}\n{others}"


def _nothing() -> str:
    return _("Nothing counted yet. Choose a period and press Enter.")
