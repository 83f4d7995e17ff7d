"""Textual's own table with fifty rows: the peer of moving and scrolling in a long list."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from bench._seat import number_of
from clerk.rules.numbers import spaced

ROWS = 50
_TITLES = ("Number", "Item", "Applicant", "Stands at", "Promised", "Light")


class Fifty(App[None]):
    """A table with the texts of the worklist."""

    def compose(self) -> ComposeResult:
        """Nothing but the table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns(*_TITLES)
        for place in range(ROWS):
            told = ("食品经营许可", "任英安", "In handling", "≈06-15", "■ Overdue")
            table.add_row(spaced(number_of(ROWS - 1 - place)), *told)


if __name__ == "__main__":
    Fifty().run()
