"""What is sent is enough: a terminal that takes nothing else shows what the screen shows."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from screens.changes import Sent, pieces_of
from services.bootstrap import Desk
from tests.screens.story import Person, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN
from tests.support.frames import counting
from tests.support.screens import LARGE, SMALL, screen_lines, settle

_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\|(\n)|(.)")


class Glass:
    """A terminal that knows what Textual sends: where to, in which colours, and text."""

    def __init__(self) -> None:
        self.lines: dict[int, dict[int, str]] = defaultdict(dict)

    def take(self, sent: str) -> None:
        """Put it where it belongs; whoever writes over half of a wide character breaks it."""
        y = x = 0
        for line, column, newline, character in _TOKEN.findall(sent):
            if line:
                y, x = int(line) - 1, int(column) - 1
            elif character:
                for cell in range(x, x + cell_len(character)):
                    self._clear(y, cell)
                self.lines[y][x] = character
                x += cell_len(character)
            else:
                assert not newline, "a line of its own begins by its place"

    def _clear(self, y: int, cell: int) -> None:
        before = self.lines[y].get(cell - 1, "")
        if cell_len(before) > 1:
            self.lines[y][cell - 1] = "?"
        if cell_len(self.lines[y].pop(cell, "")) > 1:
            self.lines[y][cell + 1] = "?"

    def shown(self, width: int, height: int) -> list[str]:
        """Line by line, as far as this size goes."""
        lines = [sorted(self.lines[y].items()) for y in range(height)]
        return ["".join(text for x, text in line if x < width) for line in lines]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_terminal_shows_what_the_screen_shows(desk: Desk, size: tuple[int, int]) -> None:
    receive(desk, FOOD, SIGN, seed=1)
    receive(desk, FOOD, seed=2)
    glass = Glass()
    with counting() as cost:
        async with at(desk, "counter", size=size) as person:
            for keys in (
                *("down", "tab", "right", "left", "2", "backspace", "space", "f1", "escape"),
                *("ctrl+underscore", "s", "p", "backspace", "down", "escape", "enter", "escape"),
                *("f2", "1", "tab", "张", "tab", "f12", "ctrl+p", "a", "escape", "escape"),
            ):
                await person.press(keys)
                _compare(glass, cost.frames, person)
            await person.pilot.resize_terminal(100, 30)
            await settle(person.pilot)
            _compare(glass, cost.frames, person)


async def test_the_first_frame_is_whole(desk: Desk) -> None:
    """What lies around the words of the sign-in box came one frame later."""
    glass = Glass()
    with counting() as cost:
        async with at(desk) as person:
            first, *later = cost.frames
            glass.take(first)
            assert glass.shown(*SMALL) == screen_lines(person.app)
            assert sum(map(len, later)) < len(first) / 4, "and little of it is sent again"


async def test_a_terminal_that_something_else_wrote_to_is_whole_again(desk: Desk) -> None:
    """A message of the system across the screen is gone after F5."""
    glass = Glass()
    with counting() as cost:
        async with at(desk, "counter", size=SMALL) as person:
            await settle(person.pilot)
            _compare(glass, cost.frames, person)
            glass.take("\x1b[3;1H" + "-" * SMALL[0])
            await person.press("f5")
            _compare(glass, cost.frames, person)


def _compare(glass: Glass, frames: list[str], person: Person) -> None:
    for frame in frames:
        glass.take(frame)
    frames.clear()
    wanted = screen_lines(person.app)
    assert glass.shown(*person.app.size) == wanted


def test_what_stands_there_is_not_sent_again() -> None:
    sent = Sent()
    name, place = _strip("王小明"), _strip("人民路 8 号")
    assert sent.take([(0, 3, name), (6, 3, place)]) == [(0, 3, name), (6, 3, place)]
    assert sent.take([(0, 3, _strip("王小明")), (6, 3, _strip("人民路 9 号"))]) == [
        (6, 3, _strip("人民路 9 号"))
    ]
    assert sent.take([(0, 3, _strip("王小明", bold=True))]), "a colour is a change"


def test_what_was_written_over_is_sent_again() -> None:
    sent = Sent()
    sent.take([(0, 0, _strip("0123456789"))])
    assert sent.take([(4, 0, _strip("xy"))])
    assert sent.take([(0, 0, _strip("0123456789"))])
    assert sent.take([(4, 0, _strip("xy"))])
    sent.forget()
    assert sent.take([(4, 0, _strip("xy"))])


def test_a_wide_character_across_the_end_of_what_changed_is_sent_whole() -> None:
    """As a dialog that ends on half of it becomes smaller."""
    line = _strip("时效  部门")
    for last, told in ((7, "时效  部"), (8, "时效  部"), (9, "时效  部门"), (10, "时效  部门")):
        (piece,) = pieces_of(ChopsUpdate([{0: line}], [(0, 2, last)], [[10]]))
        assert piece[2].text == told


def _strip(text: str, *, bold: bool = False) -> Strip:
    return Strip([Segment(text, Style(bold=bold))])
