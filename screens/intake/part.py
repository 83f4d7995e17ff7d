"""What the parts of the intake have in common: a frame, a title, and a way onward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from clerk.contract.draft import Draft
from clerk.locale import _
from clerk.rules.verdict import Visit
from screens.intake.lit import light
from screens.widgets.drawing import draw_anew


@dataclass(frozen=True)
class Stop:
    """A part as the rail shows it."""

    title: str
    done: bool
    needed: bool
    active: bool


class Part(Vertical):
    """One step of the walk-in. It shows what it is given and tells upward what was typed.

    A *place* names a field so that a draft can remember it: `name`, `line:营业执照`.
    """

    title: ClassVar[str]
    """English and marked; translated when shown."""

    @dataclass
    class Finished(Message):
        """Enter was pressed on the last field of a part: go on to the next."""

        part: Part

        @property
        def control(self) -> Part:
            """The part that is finished."""
            return self.part

    def stop(self, draft: Draft, visit: Visit, active: Part | None) -> Stop:
        """The part as the rail shows it."""
        done, needed = self.is_done(draft, visit), self.is_needed(visit)
        return Stop(_(self.title), done, needed, self is active)

    def on_mount(self) -> None:
        """Write the title into the frame."""
        self.border_title = _(self.title)

    def light(self, *, lit: bool) -> None:
        """Its frame is lit."""
        light(self, lit=lit)

    def show(self, draft: Draft, visit: Visit) -> None:
        """Show the draft as it is now."""
        raise NotImplementedError

    def is_done(self, draft: Draft, visit: Visit) -> bool:
        """Whether nothing is left to do here."""
        raise NotImplementedError

    def is_needed(self, _visit: Visit) -> bool:
        """Whether there is anything to do here at all."""
        return True

    def enter(self) -> None:
        """Put the cursor where work goes on."""
        raise NotImplementedError

    def find_place(self, place: str) -> Widget | None:
        """The widget of a place, ready to be focused; nothing where it is not of this part."""
        for widget in self.query("*"):
            if getattr(widget, "place", "") == place:
                return widget
        return None


class Note(Static):
    """A line that says what is wrong, odd or good to know; without words it takes no room."""

    DEFAULT_CSS = """
    Note {
        height: auto;
        color: $text-muted;
        &.wrong { color: $text-error; }
        &.odd { color: $text-warning; }
        &.good { color: $text-success; }
        &.silent { display: none; }
    }
    """

    TONES: ClassVar[tuple[str, ...]] = ("wrong", "odd", "good")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin silent."""
        super().__init__("", id=id, classes="silent", markup=False)
        self.text = ""

    def say(self, text: str, tone: str = "") -> None:
        """Say this, in the tone wrong, odd or good; nothing is silence."""
        for one in self.TONES:
            self.set_class(one == tone, one)
        self.set_class(not text, "silent")
        if text != self.text:
            self.text = text
            self.update(text, layout=False)
            draw_anew(self)
