"""By what a report can be read: which of its tables is shown, and a click on another one."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from clerk.locale import _
from clerk.rules.reports.parts import Report
from screens.widgets.pointing import place_at, placed


class Sheets(Static):
    """One line; the table that is shown stands out."""

    @dataclass
    class Chosen(Message):
        """Another table was clicked."""

        place: int

    def __init__(self) -> None:
        """Begin without a report."""
        super().__init__("", id="report-sheets", markup=False)
        self.tooltip = _("A click counts by this, as ← and → do.")

    def show(self, report: Report, shown: int) -> None:
        """The report, and by what it can be read."""
        parts: list[Content | str | tuple[str, str]] = [(_(report.title), "bold $accent"), "  "]
        for place, dimension in enumerate(report.dimensions):
            style = "bold $text on $primary" if place == shown else "$text-muted"
            parts.append(placed(Content.styled(f" {_(dimension.title)} ", style), place))
        self.update(Content.assemble(*parts))

    def on_click(self, event: Click) -> None:
        """A click shows it at once."""
        place = place_at(event)
        if place is not None:
            self.post_message(self.Chosen(place))
