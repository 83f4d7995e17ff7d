"""Everything also works by mouse: what a key does to a list or a report, a click does, too."""

from __future__ import annotations

from screens.report.screen import ReportScreen
from services.bootstrap import Desk
from tests.screens.intake.test_mouse import Hand
from tests.screens.story import Person, accept, at
from tests.support.cases import FOOD
from tests.support.screens import LARGE, settle


async def test_all_lines_are_marked_over_their_marks(desk: Desk) -> None:
    accept(desk, FOOD)
    accept(desk, FOOD, seed=2)
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f8")
        papers = person.text.count("[ ]")
        assert papers > 1
        await _click_heading(person, "#papers")
        assert person.text.count("[×]") == papers
        await _click_heading(person, "#papers")
        assert person.text.count("[ ]") == papers
        await person.pilot.click("#papers", offset=(25, 2), control=True)
        await settle(person.pilot)
        assert person.text.count("[×]") == 1, "and a row, wherever on it"
        await person.press("escape", "end", "down")
        await person.pilot.click("#cases", offset=(5, 1), control=True)
        await settle(person.pilot)
        assert person.text.count("✓") == 1
        await _click_heading(person, "#cases")
        assert person.text.count("✓") == 2
        await person.press("asterisk")
        assert not person.text.count("✓"), "and so the key"


async def test_a_report_is_read_by_what_is_clicked(desk: Desk) -> None:
    accept(desk, FOOD)
    async with at(desk, "manager", LARGE) as person:
        await person.press("f7")
        report = person.app.screen
        assert isinstance(report, ReportScreen)
        await Hand(person).click("By item")
        assert FOOD.name in person.text
        await Hand(person).click("By department")
        assert FOOD.name not in person.text


async def _click_heading(person: Person, selector: str) -> None:
    """Where the marks are, in the heading."""
    await person.pilot.click(selector, offset=(1, 0))
    await settle(person.pilot)
