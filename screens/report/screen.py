"""Figures by department and by window: first as a table here, then as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label, Static

from clerk.contract.report import Period
from clerk.locale import _
from clerk.rules.figures import FIGURES, Figure, Figures
from screens.base import DeskScreen
from screens.errands import run_errand
from screens.keymap import bindings
from screens.report.days import draw_days, tell_days
from screens.widgets.chart import Chart
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Column, Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.report import Summary

_FIGURE_WIDTH = 9
_NAME_WIDTH = 20
_ALWAYS = {"received", "decided", "in_hand", "overdue_open", "papers_saved"}
"""Figures that a narrow window still shows; the others need a wider one or the workbook."""


class ReportScreen(DeskScreen):
    """The manager's screen: choose a period, read, export."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("refresh", "print", "cases", "back")]

    def compose(self) -> ComposeResult:
        """The period, the table, and where the workbook went."""
        today = self.desk.today
        yield StatusBar()
        with Horizontal(id="period"):
            yield Label(_("From"))
            yield Input(today.replace(day=1).isoformat(), id="first", max_length=10)
            yield Label(_("to"))
            yield Input(today.isoformat(), id="last", max_length=10)
            yield Static(_("Enter: count · Ctrl+L: Excel workbook"), id="period-hint")
        yield Static("", id="days-told", markup=False)
        yield Chart(id="days")
        yield Listing(_columns(), empty=_nothing, id="figures")
        yield Static("", id="export-path", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Count this month at once."""
        self._count(self._show)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Count the period that was typed."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Fetch the facts and count them."""
        self._count(self._show_anew)

    def action_print(self) -> None:
        """Write the workbook."""
        period = self._period()
        if period is not None:
            report = self.desk.report
            title = _("Writing the workbook")
            run_errand(self, title, lambda one: report.export(period, errand=one), self._exported)

    def _count(self, done: Callable[[Summary], None]) -> None:
        period = self._period()
        if period is not None:
            self.do(self.desk.report.summary, period, done=done)

    def _show_anew(self, summary: Summary) -> None:
        self._show(summary)
        self.app.say(_("Counted anew."))

    def _show(self, summary: Summary) -> None:
        tally, days = summary
        self.query_one("#days-told", Static).update(tell_days(days))
        self.query_one("#days", Chart).show(*draw_days(days))
        rows: list[tuple[str, Figures | None]] = [(_("All"), tally.total)]
        rows.append((_("— by department —"), None))
        rows.extend(tally.by_department.items())
        rows.append((_("— by window —"), None))
        rows.extend(tally.by_window.items())
        rows.append((_("— by item —"), None))
        rows.extend(tally.by_item.items())
        listing = self.query_one("#figures", Listing)
        listing.show(Rows(rows, _cells, _colour))
        listing.focus()

    def _exported(self, path: Path) -> None:
        self.query_one("#export-path", Static).update(
            _("The workbook is at {path}").format(path=path)
        )

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
        self.query_one("#export-path", Static).update(text)
        field.focus()


def _columns() -> list[Column]:
    titles = [_(figure.label) for figure in FIGURES]
    widths = [_width(title) for title in titles]
    room = _NAME_WIDTH + sum(widths) + len(widths)
    figures = [
        Column(title.rjust(len(title) + width - 1 - cell_len(title)), width, _from(figure, room))
        for figure, title, width in zip(FIGURES, titles, widths, strict=True)
    ]
    return [Column(_("Counted for")), *figures]


def _width(title: str) -> int:
    return max(_FIGURE_WIDTH, cell_len(title) + 1)


def _from(figure: Figure, room: int) -> int:
    return 0 if figure.key in _ALWAYS else room


def _cells(row: tuple[str, Figures | None]) -> list[str]:
    name, figures = row
    if figures is None:
        return [name, *("" for _figure in FIGURES)]
    return [name, *(_text(figures.value_of(one), _width(_(one.label))) for one in FIGURES)]


def _text(value: float | None, width: int) -> str:
    if value is None:
        return "–".rjust(width - 1)
    text = f"{value:,}" if isinstance(value, int) else f"{value:.1%}"
    return text.rjust(width - 1)


def _colour(row: tuple[str, Figures | None]) -> str:
    figures = row[1]
    if figures is None:
        return "listing--grey"
    return "listing--red" if figures.overdue_open else ""


def _nothing() -> str:
    return _("Nothing counted yet. Choose a period and press Enter.")
