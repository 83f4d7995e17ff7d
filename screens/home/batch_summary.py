"""What came of an act on several cases: which went through, which did not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from clerk.errors import ClerkError
from clerk.locale import _, in_a_row
from screens.dialog import Dialog
from screens.telling import explain
from screens.widgets.hint import Hint


class Told(NamedTuple):
    """One case by its number and applicant, and what came of it."""

    number: str
    name: str
    problem: ClerkError | None = None
    paper: Path | None = None


class BatchSummary(Dialog[None]):
    """Those that were refused come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "close", show=False, priority=True),
    ]
    AUTO_FOCUS = "#batch"

    def __init__(self, told: Sequence[Told]) -> None:
        """Tell of these cases."""
        super().__init__()
        self._told = sorted(told, key=lambda one: one.problem is None)

    def compose(self) -> ComposeResult:
        """How many, then each."""
        done = sum(one.problem is None for one in self._told)
        told = _("{done} of {count} went through").format(done=done, count=len(self._told))
        with Vertical(classes="dialog wide"):
            yield Label(told, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-scroll", id="batch"):
                yield Static(tell_each(self._told), id="batch-cases")
            yield Hint(_("Enter: go on"), "enter")

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)


def tell_each(told: Sequence[Told]) -> Content:
    """A line for each, and below it why nothing was done, or where its paper is."""
    lines = []
    for one in told:
        sign, style = ("✗", "$text-error") if one.problem else ("✓", "$text-success")
        lines.append(Content.assemble((sign, style), f" {one.number}  {one.name}"))
        below = _below(one)
        lines += [Content.styled(below, style if one.problem else "$text-muted")] if below else []
    return Content("\n").join(lines)


def _below(one: Told) -> str:
    if one.problem is None:
        return _("Its paper: {path}").format(path=one.paper) if one.paper else ""
    told = explain(one.problem.code, one.problem.parameters)
    return in_a_row(told.what, told.remedy)
