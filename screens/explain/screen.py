"""Why a date is what it is: each day of a limit, what it counted for, and until any day typed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from clerk.locale import _, mark
from clerk.rules.case import Case, Context
from clerk.rules.case.explaining import Explained, explain_case
from clerk.rules.clock import DayCount
from screens.dialog import Dialog
from screens.explain.words import name_clock, name_weekday, tell_day
from screens.lights import name_day
from screens.widgets.column import Column
from screens.widgets.hint import Hint
from screens.widgets.line_box import LineBox
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.words import name_limit


class ExplainScreen(Dialog[None]):
    """Lies over the case; ← → go from one limit to the next."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("tab", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "#explain-days"

    listing = getters.query_one("#explain-days", Listing)

    def __init__(self, case: Case, context: Context) -> None:
        """Explain the limits of this case as they stand now."""
        super().__init__()
        self._case = case
        self._asked = context
        self._until: date | None = None
        self._place = 0
        self._explained: tuple[Explained, ...] = ()

    def compose(self) -> ComposeResult:
        """The limit, its days, and a line for another last day."""
        columns = [
            Column(mark("Day"), 11),
            Column("", 4),
            Column(mark("Counted"), 9),
            Column(mark("Why")),
        ]
        with Vertical(classes="dialog wide"):
            yield Static("", id="explain-clock", classes="dialog-title", markup=False)
            yield Static("", id="explain-dates", markup=False)
            yield Listing(columns, empty=lambda: _("No limit runs."), id="explain-days")
            yield Static(_("Explain until this day, such as 2026-06-30:"), markup=False)
            yield LineBox("", id="explain-until", select_on_focus=False)
            yield Static("", id="explain-wrong", markup=False)
            hint = _("← →: other limit · Tab: type a day · Escape: back")
            yield Hint(hint, "right", "tab", "escape")

    def on_mount(self) -> None:
        """Explain up to the due dates."""
        self._explain()

    def on_listing_sideways(self, event: Listing.Sideways) -> None:
        """Go to another limit."""
        if self._explained:
            self._place = (self._place + event.way) % len(self._explained)
            self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Explain up to the day that was typed; nothing is up to the due date again."""
        text = event.value.strip()
        try:
            self._until = date.fromisoformat(text) if text else None
        except ValueError:
            wrong = _("Type a date, such as 2026-06-01.")
            self.query_one("#explain-wrong", Static).update(wrong)
            return
        self.query_one("#explain-wrong", Static).update("")
        self._explain()
        self.listing.focus()

    def action_close(self) -> None:
        """Back to the case."""
        self.dismiss(None)

    def _explain(self) -> None:
        context = self._asked
        self._explained = explain_case(self._case, context.calendar, context.now, self._until)
        self._show()

    def _show(self) -> None:
        if not self._explained:
            self.listing.show(Rows((), _cells))
            return
        one = self._explained[self._place]
        title = f"{name_clock(one.kind)} · {name_limit(one.limit)}"
        place = f"{self._place + 1}/{len(self._explained)}"
        self.query_one("#explain-clock", Static).update(f"{title}  {place}")
        self.query_one("#explain-dates", Static).update(_tell_dates(one))
        self.listing.show(Rows(one.days, _cells), keep_cursor=False)


def _tell_dates(one: Explained) -> str:
    text = _("began on {started}, due on {due}")
    told = text.format(started=name_day(one.started_on), due=name_day(one.deadline.due_on))
    parts = [told]
    if one.deadline.forecast:
        parts.append(_("a forecast"))
    if one.joint:
        parts.append(_tell_joint(one.bundle))
    return " · ".join(parts)


def _tell_joint(bundle: str) -> str:
    if not bundle:
        return _("joint handling (Art. 42), as the item says")
    return _("joint handling (Art. 42), for the bundle “{bundle}” has one lead").format(
        bundle=bundle
    )


def _cells(day: DayCount) -> tuple[str, str, str, str]:
    if day.minutes is not None:
        counted = _("{minutes} min").format(minutes=day.minutes) if day.counted else ""
    else:
        counted = str(day.nth or "")
    return (day.day.isoformat(), name_weekday(day.day), counted, tell_day(day.reason))
