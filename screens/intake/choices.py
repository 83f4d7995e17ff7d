"""A few options side by side, taken with their number keys or with the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Focus, Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from clerk.locale import _
from screens.intake.cells import wrap_cells
from screens.widgets.pointing import place_at, placed

GAP = 3


class Choices(Widget, can_focus=True):
    """Shows options as `● 1 New  ○ 2 Renewal`; what is chosen is told upward."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down", "move(1)", show=False),
        Binding("left,up", "move(-1)", show=False),
        Binding("space", "take", show=False),
        Binding("enter", "finish", show=False),
    ]
    DEFAULT_CSS = """
    Choices { height: auto; }
    """

    value: reactive[str] = reactive("")
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """An option was taken; `onward` tells that the next field is wanted."""

        choices: Choices
        key: str
        onward: bool

        @property
        def control(self) -> Choices:
            """Where it was chosen."""
            return self.choices

    @dataclass
    class Passed(Message):
        """Enter was pressed where nothing is answered yet: the next field is wanted."""

        choices: Choices

        @property
        def control(self) -> Choices:
            """What was passed by."""
            return self.choices

    def __init__(
        self, place: str, options: Sequence[tuple[str, str]] = (), *, enter_takes: bool = False
    ) -> None:
        """Offer these keys with their labels. Enter alone answers only where it is asked to."""
        super().__init__()
        self._enter_takes = enter_takes
        self.place = place
        self.options = tuple(options)
        self._pointed = False
        self.tooltip = _("A click takes this one, as its number key does.")

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer others."""
        if tuple(options) != self.options:
            self.options = tuple(options)
            self.cursor = 0
            self.refresh(layout=True)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as the options need at this width."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """All options, as many on a line as fit."""
        return Content("\n").join(self._lines(self.content_size.width))

    def on_focus(self, _event: Focus) -> None:
        """Begin at what is chosen."""
        self._pointed = False
        keys = [key for key, _label in self.options]
        self.cursor = keys.index(self.value) if self.value in keys else 0

    def on_key(self, event: Key) -> None:
        """A number key takes its option and goes on."""
        if event.character and event.character in "123456789":
            place = int(event.character) - 1
            if place < len(self.options):
                event.stop()
                self.cursor = place
                self._tell(onward=True)

    def on_click(self, event: Click) -> None:
        """A click on an option is its number key."""
        place = place_at(event)
        if place is not None:
            self.cursor = place
            self._tell(onward=True)

    def action_move(self, way: int) -> None:
        """To the option before or after, round and round."""
        self._pointed = True
        self.cursor = (self.cursor + way) % max(1, len(self.options))

    def action_take(self) -> None:
        """Take the option under the cursor and stay."""
        self._tell(onward=False)

    def action_finish(self) -> None:
        """Go on, with the option that the arrows went to.

        Whoever presses Enter from field to field must not answer what nobody was asked.
        """
        if self._enter_takes or self._pointed or self.value:
            self._tell(onward=True)
        else:
            self.post_message(self.Passed(self))

    def _tell(self, *, onward: bool) -> None:
        if self.options:
            self.post_message(self.Chosen(self, self.options[self.cursor][0], onward))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        used = 0
        for place in range(len(self.options)):
            for chunk in self._drawn(place, width):
                if not lines or used + GAP + chunk.cell_length > width:
                    lines.append(chunk)
                    used = chunk.cell_length
                else:
                    lines[-1] = Content.assemble(lines[-1], " " * GAP, chunk)
                    used += GAP + chunk.cell_length
        return lines

    def _drawn(self, place: int, width: int) -> list[Content]:
        """One option; a label longer than the line runs over several."""
        key, label = self.options[place]
        sign = "●" if key == self.value else "○"
        lead = f"{sign} {place + 1} "
        texts = wrap_cells(label, width - cell_len(lead))
        style = self._style(place, key)
        leads = [lead, *(" " * cell_len(lead) for _more in texts[1:])]
        return [
            placed(Content.styled(before + text, style), place)
            for before, text in zip(leads, texts, strict=True)
        ]

    def _style(self, place: int, key: str) -> str:
        if self.has_focus and place == self.cursor:
            return "bold $text on $primary"
        return "bold $text-success" if key == self.value else "$foreground"
