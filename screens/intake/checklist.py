"""The fifth part: one checklist for all items, ticked with single keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Blur, Click, Focus, Key
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from clerk.contract.draft import Draft, Tick
from clerk.locale import _, mark
from clerk.rules.checklist import Line, satisfied
from clerk.rules.verdict import Visit
from screens.intake.checklist_lines import LEAD, Shown, Widths, draw_header, draw_line
from screens.intake.part import Note, Part
from screens.intake.ticks import (
    correct,
    count,
    declare,
    defer,
    tick_whole,
    toggle,
    why_not_declared,
    why_not_deferred,
    why_not_ticked,
)
from screens.widgets.drawing import draw_anew
from screens.widgets.hint import Hint
from screens.widgets.pointing import place_at, placed

PLACE = "line:"
HEADER = 1
"""Rows above the first line."""
_COLUMNS = ("originals", "copies")
_Step = Callable[[Line, Tick | None], Tick | None]


class Checklist(Widget, can_focus=True):
    """Draws the lines and turns keys into ticks; the ticks themselves lie in the draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left,right", "turn", show=False),
        Binding("enter", "next", show=False),
        Binding("space", "tick", show=False),
        Binding("a", "tick_all", show=False),
        Binding("d", "defer", show=False),
        Binding("c", "correct", show=False),
        Binding("x", "declare", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]
    DEFAULT_CSS = """
    Checklist { height: auto; }
    """

    lines: reactive[tuple[Shown, ...]] = reactive((), repaint=False)
    cursor: reactive[int] = reactive(0, repaint=False)
    column: reactive[str] = reactive("originals")

    @dataclass
    class Ticked(Message):
        """Lines were ticked, or no longer where there is no tick."""

        ticks: dict[str, Tick | None]

    @dataclass
    class Moved(Message):
        """The cursor stands on another line, or something is to be said about it."""

        remark: str = ""

    @dataclass
    class Passed(Message):
        """Enter was pressed on the last line."""

    @property
    def place(self) -> str:
        """The place of the line under the cursor."""
        return PLACE + self.lines[self.cursor].line.key if self.lines else ""

    def find_line(self, key: str) -> int | None:
        """Where a line stands."""
        keys = [one.line.key for one in self.lines]
        return keys.index(key) if key in keys else None

    def validate_cursor(self, cursor: int) -> int:
        """Stay on a line."""
        return max(0, min(cursor, len(self.lines) - 1))

    def watch_lines(self) -> None:
        """Show them."""
        draw_anew(self)

    def watch_cursor(self) -> None:
        """Keep the line in sight and tell where the cursor is."""
        self._turn_to_asked()
        draw_anew(self)
        if self.has_focus:
            self.call_after_refresh(self.show_cursor)
            self.post_message(self.Moved())

    def on_focus(self, _event: Focus) -> None:
        """Light the cursor up."""
        self._turn_to_asked()
        draw_anew(self)
        self.call_after_refresh(self.show_cursor)

    def on_blur(self, _event: Blur) -> None:
        """Put the cursor out."""
        draw_anew(self)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """All lines with their remarks, and the header."""
        return HEADER + sum(len(rows) for rows in self._rows(width))

    def render(self) -> Content:
        """The header and the lines."""
        width = self.content_size.width
        rows = [row for line in self._rows(width) for row in line]
        return Content("\n").join([draw_header(self._widths(width)), *rows])

    def show_cursor(self) -> None:
        """Scroll what holds the list until the line under the cursor is in sight."""
        scroll = next((one for one in self.ancestors if isinstance(one, VerticalScroll)), None)
        if scroll is None or not self.lines:
            return
        rows = self._rows(self.content_size.width)
        above = HEADER + sum(len(one) for one in rows[: self.cursor])
        top = self.content_region.y - scroll.content_region.y + round(scroll.scroll_y)
        # With the first line the header comes into sight, and the frame's title.
        lead = 0 if self.cursor else HEADER + 1
        region = Region(0, top + above - lead, 1, len(rows[self.cursor]) + lead)
        scroll.scroll_to_region(region, animate=False, force=True, immediate=True)

    def on_key(self, event: Key) -> None:
        """A digit counts originals or copies, plus and minus change them."""
        pressed = event.character or ""
        if not self.lines or not (pressed.isascii() and pressed in "0123456789+-=" and pressed):
            return
        event.stop()
        shown = self.lines[self.cursor]
        have = getattr(shown.tick, self.column) if shown.tick else 0
        wanted = have + {"+": 1, "=": 1, "-": -1}.get(pressed, 0)
        self._count(shown, int(pressed) if pressed.isdecimal() else wanted)

    def on_click(self, event: Click) -> None:
        """A click on a name ticks its line, on its counts is where digits count."""
        place = place_at(event)
        if place is None:
            return
        self.cursor = place
        widths = self._widths(self.content_size.width)
        beyond = int(event.x) - LEAD - widths.name
        if beyond <= 0:
            self.action_tick()
        else:
            self.column = _COLUMNS[beyond > widths.originals + 1]

    def action_move(self, way: int) -> None:
        """Up or down; beyond the ends, out of the list."""
        target = self.cursor + way
        if target < 0:
            self.screen.focus_previous()
        elif target >= len(self.lines):
            self.screen.focus_next()
        else:
            self.cursor = target

    def action_turn(self) -> None:
        """From originals to copies and back."""
        self.column = _COLUMNS[1 - _COLUMNS.index(self.column)]

    def _turn_to_asked(self) -> None:
        """Digits count what is asked for: where only copies are, they begin there."""
        if self.lines:
            line = self.lines[self.cursor].line
            self.column = "copies" if line.copies and not line.originals else "originals"

    def action_next(self) -> None:
        """To the next line, after the last one onward."""
        if self.cursor + 1 < len(self.lines):
            self.cursor += 1
        else:
            self.post_message(self.Passed())

    def action_tick(self) -> None:
        """All originals and copies, or none."""
        self._step(toggle, why_not_ticked)

    def action_defer(self) -> None:
        """To be handed in later, where the item allows it."""
        self._step(defer, why_not_deferred)

    def action_declare(self) -> None:
        """A declaration, where the item allows it."""
        self._step(declare, why_not_declared)

    def action_correct(self) -> None:
        """Mended on the spot."""
        self._step(correct, why_not_ticked)

    def action_clear(self) -> None:
        """No tick."""
        self._step(lambda _line, _tick: None, why_not_ticked)

    def action_tick_all(self) -> None:
        """Tick what is still asked for, and stand on the last line, so that Enter goes on."""
        left = [one.line for one in self.lines if not satisfied(one.line, one.tick)]
        self.post_message(self.Ticked({line.key: tick_whole(line) for line in left}))
        self.cursor = len(self.lines) - 1

    def _step(self, step: _Step, why_not: Callable[[Line], str]) -> None:
        if not self.lines:
            return
        shown = self.lines[self.cursor]
        remark = why_not(shown.line)
        if remark:
            self.post_message(self.Moved(remark))
        else:
            self.post_message(self.Ticked({shown.line.key: step(shown.line, shown.tick)}))

    def _count(self, shown: Shown, wanted: int) -> None:
        remark = why_not_ticked(shown.line)
        if remark:
            self.post_message(self.Moved(remark))
            return
        original = self.column == "originals"
        tick = count(shown.tick, **({"originals": wanted} if original else {"copies": wanted}))
        self.post_message(self.Ticked({shown.line.key: tick}))

    def _rows(self, width: int) -> list[list[Content]]:
        widths = self._widths(width)
        return [
            [placed(row, place) for row in self._draw(place, shown, widths)]
            for place, shown in enumerate(self.lines)
        ]

    def _draw(self, place: int, shown: Shown, widths: Widths) -> list[Content]:
        lit = replace(shown, column=self.column) if self._is_lit(place) else shown
        return draw_line(lit, widths, focused=self.has_focus)

    def _is_lit(self, place: int) -> bool:
        return self.has_focus and place == self.cursor

    def _widths(self, width: int) -> Widths:
        return Widths.fit(width, max((len(one.serves) for one in self.lines), default=0))


class ChecklistPart(Part):
    """The list, what is to be said about it, and its keys."""

    title = mark("5 · Checklist")

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__(id="checklist")
        self._list = Checklist()
        self._list.tooltip = _("A click on a name ticks it; on a count, digits count there.")

    def compose(self) -> ComposeResult:
        """The list, the remark, the keys."""
        yield self._list
        yield Note(id="checklist-scans")
        yield Note(id="checklist-remark")
        yield Hint(
            _("Space seen · a all · 0-9 + - count · d defer · x declare · c corrected · Enter on"),
            *("space", "a", "", "d", "x", "c", "enter"),
            of=self._list,
            id="checklist-keys",
            classes=None,
        )

    def show(self, draft: Draft, visit: Visit) -> None:
        """Show the lines with their ticks."""
        numbers = {item.id: str(n) for n, item in enumerate(visit.items, 1)}
        several = len(visit.items) > 1
        self._list.lines = tuple(
            Shown(
                line,
                draft.ticks.get(line.key),
                "+".join(dict.fromkeys(numbers[one.item] for one in line.serves))
                if several
                else "",
            )
            for line in visit.lines
        )
        self._list.cursor = min(self._list.cursor, max(0, len(visit.lines) - 1))
        self.display = bool(visit.lines)

    def say_scans(self, text: str) -> None:
        """Say which papers have been scanned."""
        self.query_one("#checklist-scans", Note).say(text)

    def find_here(self) -> Line | None:
        """The line under the cursor, while the cursor stands in the list."""
        if not self._list.has_focus or not self._list.lines:
            return None
        return self._list.lines[self._list.cursor].line

    def is_done(self, _draft: Draft, visit: Visit) -> bool:
        """Whether nothing more is to be handed in."""
        return bool(visit.items) and not visit.verdict.missing

    def is_needed(self, visit: Visit) -> bool:
        """Whether there is a line."""
        return bool(visit.lines)

    def enter(self) -> None:
        """To the first line that lacks something."""
        lacking = [n for n, one in enumerate(self._list.lines) if not satisfied(one.line, one.tick)]
        self._list.cursor = lacking[0] if lacking else 0
        self._list.focus()

    def find_place(self, place: str) -> Widget | None:
        """The list, with its cursor put on the line."""
        if not place.startswith(PLACE):
            return None
        line = self._list.find_line(place.removeprefix(PLACE))
        if line is None:
            return None
        self._list.cursor = line
        return self._list

    def on_checklist_moved(self, event: Checklist.Moved) -> None:
        """Say what is to be said; moving on silences it."""
        self.query_one("#checklist-remark", Note).say(event.remark, "odd")

    def on_checklist_passed(self, event: Checklist.Passed) -> None:
        """On to the next part."""
        event.stop()
        self.post_message(self.Finished(self))
