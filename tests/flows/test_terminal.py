"""The real program in a real terminal: `make e2e`."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.decoding import decode
from services.demo.city import Told
from tests.flows.tmux import Terminal, children_of

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
_PLAIN = {"CLERK_LANGUAGE": "en", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
"""English, so that the test can be read."""

SEAT = (sys.executable, "-m", "clerk", "demo", "--seat", "window")


class Seat:
    """The window's seat of a demo city of its own."""

    def __init__(self, folder: Path) -> None:
        """Begin with an empty folder."""
        self.folder = folder
        surroundings = {**os.environ, **_PLAIN}
        self.terminal = Terminal(folder, surroundings | {"CLERK_DATA_DIR": str(folder / "data")})
        self.terminal.run(*SEAT)
        self.central = 0

    @property
    def told(self) -> Told:
        """What is known of the city."""
        known = self.folder / "data" / "demo-city" / "city.json"
        return decode(known.read_bytes(), Told)

    def sign_in(self) -> None:
        """As the first of the counter."""
        self.terminal.wait_for("Password")
        self.central = self.central or children_of(self.terminal.pid)[0]
        sign_in(self.terminal, self.told.counter[0], self.told.password)
        self.terminal.wait_for("F2 New walk-in")
        self.terminal.wait_for("● online")

    def begin(self) -> None:
        """A walk-in of the first firm, with its card."""
        firm = self.told.organisations[0]
        self.terminal.press("F2")
        self.terminal.wait_for("1 · ID number")
        self.terminal.type(firm.uscc)
        self.terminal.press("Enter")
        self.terminal.wait_for(f"{firm.name}")
        self.terminal.wait_for("✓ 营业执照")

    def choose(self, text: str, name: str) -> None:
        """Find an item and take it."""
        self.terminal.press("C-Down")
        self.terminal.wait_for("▸ ○ 3 · Items")
        self.terminal.type(text)
        self.terminal.wait_for(f"▸ {name}")
        self.terminal.press("Enter")
        self.terminal.wait_for(f"1 {name}")

    def kill_central(self) -> None:
        """As a power cut in the server room."""
        os.kill(self.central, signal.SIGKILL)

    def close(self) -> None:
        """End everything that was begun here."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.central, signal.SIGKILL)
        self.terminal.close()


def sign_in(terminal: Terminal, login: str, password: str) -> None:
    """Type both as fast as the box takes them."""
    terminal.wait_for("Enter: sign in")
    terminal.type(login)
    terminal.wait_for(login)
    terminal.press_and_look("Enter")
    terminal.type(password)
    terminal.press("Enter")


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """The program, waiting for somebody to sign in."""
    seat = Seat(tmp_path)
    yield seat
    seat.close()


def test_a_walk_in_in_a_real_terminal(seat: Seat) -> None:
    """Chinese typed, a smaller window, central killed: the receipt is given all the same."""
    seat.sign_in()
    seat.begin()
    seat.choose("食品经营许可", "食品经营许可")
    terminal = seat.terminal
    terminal.resize(80, 24)
    terminal.wait_for("Ctrl+R Receive")
    assert all(len(line) <= 80 for line in terminal.read().splitlines())
    terminal.press_and_look("Enter")
    terminal.wait_for("○ 1 新办")
    terminal.press("1")
    terminal.wait_for("○ 2 餐饮服务")
    terminal.press("2")
    terminal.wait_for("☐ 食品经营许可申请书")
    seat.kill_central()
    terminal.wait_for("○ line down")
    terminal.press("C-r")
    shown = terminal.wait_for("The line is down.")
    assert "Query password" in shown
    assert "1 waiting" in shown
    terminal.press("Escape")
    terminal.wait_for("Only on this machine yet 1")


def test_a_killed_program_goes_on_where_it_was(seat: Seat) -> None:
    """Its terminal is a dead one; started again, the draft is there to the last key."""
    seat.sign_in()
    seat.begin()
    seat.choose("spjyxk", "食品经营许可")
    seat.terminal.type("公共")
    seat.terminal.wait_for("▸ 公共")
    seat.terminal.press("Enter")
    seat.terminal.wait_for("2 公共")
    seat.terminal.press("BSpace")
    seat.terminal.wait_until_gone("2 公共")
    seat.terminal.press("F8")
    seat.terminal.wait_for("Password")
    seat.terminal.kill_program()
    seat.terminal.run_again()
    seat.sign_in()
    seat.terminal.wait_for("食品经营许可")
    seat.terminal.press("Enter")
    shown = seat.terminal.wait_for("1 食品经营许可")
    assert "2 公共" not in shown
    assert seat.told.organisations[0].name in shown


def test_a_day_is_played_before_anybody_sits_down(tmp_path: Path) -> None:
    """Whoever takes the manager's seat then finds cases there, not empty lists."""
    surroundings = {**os.environ, **_PLAIN}
    terminal = Terminal(tmp_path, surroundings | {"CLERK_DATA_DIR": str(tmp_path / "data")})
    papers = tmp_path / "papers"
    terminal.run(sys.executable, "-m", "clerk", "demo", "--out", str(papers), width=80, height=24)
    try:
        terminal.wait_for("Play one day first")
        assert "Escape: leave" in terminal.read(), "the foot is in sight on a small screen"
        terminal.press("Up", "Enter")
        terminal.wait_for("That was the day.")
        assert any(one.name.endswith("-workbook.xlsx") for one in papers.iterdir())
        terminal.press("Enter")
        terminal.wait_for("take a seat")
        assert "Play one day" not in terminal.read()
        terminal.press("Enter")
        sign_in(terminal, "sun.manager", "clerk-demo-city")
        terminal.wait_for("All cases of this desk 5")
    finally:
        terminal.close()
