"""One field to type on one line: its label, its box, and beside it what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from screens.intake.lit import light
from screens.intake.part import Note
from screens.widgets.line_box import LineBox


class Box(LineBox):
    """A box of one line that knows its place; up and down go to the boxes around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "leave(-1)", show=False),
        Binding("down", "leave(1)", show=False),
    ]

    def __init__(self, place: str, tidy: Callable[[str], str] = str) -> None:
        """An empty box for this place; what is typed or pasted stands there tidied."""
        super().__init__(compact=True, select_on_focus=False)
        self._tidy = tidy
        self.place = place
        self._shown = ""
        self._told: list[str] = []

    def replace(self, text: str, start: int, end: int) -> None:
        """Put what is typed or pasted in its place, tidied before anybody is told of it."""
        first, last = sorted((start, end))
        meant = f"{self.value[:first]}{text}{self.value[last:]}"
        tidied = self._tidy(meant)
        if tidied == meant:
            super().replace(text, start, end)
            return
        super().replace(tidied, 0, len(self.value))
        if len(tidied) == len(meant):
            self.cursor_position = first + len(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember what is told upward, until it comes back as the draft's."""
        self._told.append(event.value)

    def show_value(self, text: str) -> None:
        """Show a text that was not typed here; nobody is told of it.

        What was typed here comes back later, perhaps after more was typed: whoever types, or
        an input method that types a whole phrase, is faster than the screen.
        """
        if text in self._told:
            del self._told[: self._told.index(text) + 1]
        elif text != self._shown:
            self._told.clear()
            with self.prevent(Input.Changed):
                self.value = text
        self._shown = text

    def empty(self) -> None:
        """Begin anew, once what was typed is taken."""
        self._told.clear()
        self._shown = ""
        with self.prevent(Input.Changed):
            self.value = ""

    def action_leave(self, way: int) -> None:
        """To the field before or after."""
        if way < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()


class LabelledRow(Horizontal):
    """Label, something to fill in, and note. The label is lit where somebody works."""

    DEFAULT_CSS = """
    LabelledRow {
        height: auto;
        & > .row-label { width: 32%; min-width: 19; max-width: 30; padding: 0 1 0 0; }
        & > .row-label { color: $text-muted; }
        & > .row-label.lit { color: $text; text-style: bold; }
        & > Box, & > Choices { width: 38%; }
        & > Note { width: 1fr; padding: 0 0 0 1; }
    }
    """

    def __init__(self, label: str, field: Widget) -> None:
        """What is filled in, under this label."""
        super().__init__()
        self.label = label
        self.note = Note()
        self._field = field
        self._label = Static(label, classes="row-label", markup=False)

    def compose(self) -> ComposeResult:
        """Three columns."""
        yield self._label
        yield self._field
        yield self.note

    def light(self, *, lit: bool) -> None:
        """Its label is lit."""
        light(self._label, lit=lit)


class FieldRow(LabelledRow):
    """A box to type into. The note is for what is wrong; else it may hint."""

    @dataclass
    class Typed(Message):
        """The text of a field changed."""

        row: FieldRow
        text: str

        @property
        def control(self) -> FieldRow:
            """The field it happened in."""
            return self.row

    @dataclass
    class Entered(Message):
        """Enter was pressed: go on."""

        row: FieldRow

        @property
        def control(self) -> FieldRow:
            """The field it happened in."""
            return self.row

    def __init__(self, place: str, label: str, tidy: Callable[[str], str] = str) -> None:
        """A field under this label, for texts that are tidied so."""
        self.box = Box(place, tidy)
        self.place_name = place
        super().__init__(label, self.box)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell upward what was typed."""
        event.stop()
        self.post_message(self.Typed(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell upward that it is finished."""
        event.stop()
        self.post_message(self.Entered(self))
