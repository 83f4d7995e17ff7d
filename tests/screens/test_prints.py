"""The print queue on the screen: where to print, what failed, and what is to be handed over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from central.jobs.deemed import sweep_deemed
from clerk.clock import SettableClock
from clerk.contract.printing import Outlet, PrintState
from screens.dialogs.ask import AskText
from screens.prints.screen import PrintsScreen
from services.bootstrap import Desk
from tests.screens.story import at, receive
from tests.services.test_printing import SHEET
from tests.support.cases import FOOD
from tests.support.desk import Hall
from tests.support.screens import settle


async def test_where_a_seat_prints_is_set_by_the_palette_and_by_a_click(desk: Desk) -> None:
    """It has no key of its own: none of them means that."""
    async with at(desk, "counter") as person:
        person.app.ways.to_prints()
        await settle(person.pilot)
        await person.press("ctrl+p")
        await person.type("dayinji")
        await person.press("down", "enter")
        assert isinstance(person.app.screen, AskText)
        await person.type("window-3")
        await person.press("ctrl+y")
        assert "Prints to: window-3" in person.text
        await person.pilot.click("#outlet")
        await settle(person.pilot)
        assert isinstance(person.app.screen, AskText)
        assert "window-3" in person.text
    assert desk.printing.outlet.printer == "window-3"


async def test_a_notice_is_printed_and_a_failed_job_tried_again(
    desk: Desk, hall: Hall, clock: SettableClock, tmp_path: Path
) -> None:
    (case_id,) = receive(desk, FOOD)
    desk.sync.run_once()
    clock.put(clock.now() + timedelta(days=10))
    sweep_deemed(hall.central)
    tray = tmp_path / "tray"
    tray.mkdir()
    desk.printing.settle(Outlet(folder=str(tray)))
    tray.rmdir()
    for _job in range(2):
        desk.printing.add([SHEET], "窗口甲")
        desk.printing.wait()
    async with at(desk, "counter") as person:
        await person.press("f5", "f3", "ctrl+p")
        await person.type("Print queue")
        await person.press("down", "enter")
        await settle(person.pilot)
        assert isinstance(person.app.screen, PrintsScreen)
        assert "Notice of acceptance" in person.text
        assert "To hand over 1" in person.text
        await person.press("right")
        assert "failed" in person.text
        assert "No such file" in person.text, "why"
        tray.mkdir()
        await person.press("asterisk", "ctrl+a")
        assert "2 of 2 went through" in person.text
        await person.press("enter")
        desk.printing.wait()
        await person.press("left", "ctrl+l")
        desk.printing.wait()
        await person.press("f5")
        assert "To hand over 1" in person.text
        assert "to deliver" in person.text
        await person.press("f4", "down", "enter")
        assert "Number of the mail" in person.text
        await person.press("ctrl+y")
        assert isinstance(person.app.screen, AskText), "the number of the mail is asked for"
        await person.type("EMS 1")
        await person.press("ctrl+y")
        assert "To hand over 0" in person.text
        person.app.open_case(case_id)
        await settle(person.pilot)
        await person.press("4")
        assert "By mail" in person.text
    assert [one.state for one in desk.printing.jobs()] == [PrintState.PRINTED] * 3
    assert len(list(tray.iterdir())) == 3
