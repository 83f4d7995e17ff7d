"""Everything also works by mouse: a whole visit in which only data is typed."""

from __future__ import annotations

from rich.cells import cell_len

from clerk.contract.case import MaterialState, Stage
from screens.dialogs import Choose, Confirm, Line, MarkLines
from screens.home.screen import HomeScreen
from screens.intake.received import ReceivedScreen
from services.bootstrap import Desk
from tests.screens.story import Person, at
from tests.support.desk import PASSWORD
from tests.support.people import a_person
from tests.support.screens import LARGE, screen_lines, settle


class Hand:
    """A hand on the mouse: finds what it reads, and clicks it."""

    def __init__(self, person: Person) -> None:
        self.person = person

    async def click(self, text: str, *, nth: int = 0, right: int = 0, ctrl: bool = False) -> None:
        """Click on a text that the terminal shows, or so many cells right of its beginning."""
        spots = [
            (cell_len(line[:column]), row)
            for row, line in enumerate(screen_lines(self.person.app))
            for column in range(len(line))
            if line.startswith(text, column)
        ]
        assert spots, f"{text} is not to be seen:\n{self.person.text}"
        x, y = spots[nth]
        await self.person.pilot.click(offset=(x + right, y), control=ctrl)
        await settle(self.person.pilot)

    async def double_click(self, text: str, *, nth: int = 0) -> None:
        """Twice on the same spot."""
        await self.click(text, nth=nth)
        await self.click(text, nth=nth)


async def test_a_whole_visit_by_mouse(desk: Desk) -> None:
    async with at(desk, size=LARGE) as person:
        hand = Hand(person)
        await _sign_in(hand)
        await hand.click("New walk-in")
        assert person.front == "IntakeScreen"
        await _take_in(hand)
        await hand.click("Receive", nth=-1)
        screen = person.app.screen
        assert isinstance(screen, ReceivedScreen)
        case_id, number = screen.cases[0].case_id, screen.cases[0].number
        await hand.click("Accept", nth=-1)
        case = desk.cases.detail(case_id).case
        assert case.stage is Stage.ACCEPTED
        assert {one.key for one in case.materials if one.state is MaterialState.PROVIDED} >= {
            "form"
        }
        await hand.click("Esc Back")
        assert person.front == "HomeScreen"
        await _use_the_lists(hand, number)
        await hand.double_click(number[:6])
        assert person.front == "CaseScreen"
        await hand.click("Ctrl+L Print")
        assert isinstance(person.app.screen, Choose)
        await hand.click("The case itself")
        assert "sheet.pdf" in person.text
        await hand.click("Esc Back")
        assert person.front == "HomeScreen"


async def _sign_in(hand: Hand) -> None:
    person = hand.person
    await hand.click("Password", right=2)
    await person.pilot.click("#password")
    await person.type(PASSWORD)
    await hand.click("Enter: sign in")
    assert person.front == "HomeScreen"


async def _take_in(hand: Hand) -> None:
    person = hand.person
    await person.type(a_person(2).id_number)
    await hand.click("Phone", right=32)
    await person.type("15400001111")
    await hand.click("Name, pinyin initials")
    await person.type("gwyl")
    await hand.click("歌舞娱乐场所设立审批")
    await hand.click("✕")
    assert "Needed for a receipt: an item" in person.text, "taken back"
    await person.type("gwyl")
    await hand.click("歌舞娱乐场所设立审批")
    await hand.click("1 新办")
    await hand.click("1 使用")
    await hand.click("☐ 设立申请书")
    await hand.click("场所租赁合同")
    await hand.click("d defer")
    await hand.click("a all")
    await hand.click("使用面积", right=32)
    await person.type("120")
    await hand.click("1 歌舞厅")
    assert "✓ Complete" in person.text


async def _use_the_lists(hand: Hand, number: str) -> None:
    person = hand.person
    home = person.app.screen
    assert isinstance(home, HomeScreen)
    for one in (1, 6, len(home.queue_bar.counted) - 1):
        await hand.click(home.queue_bar.counted[one].queue.title[:20])
        assert home.queue_bar.shown == one
    for heading, sign in (("Item", "▲Item"), ("Applicant", "▲Applicant"), ("Number", "▼Number")):
        await hand.click(heading, nth=-1 if heading == "Number" else 0)
        assert sign in person.text
    await hand.click("▼Number")
    assert "▲Number" in person.text
    await hand.click("F1 Help")
    await hand.click("Arrange")
    await hand.click("Sort: as the list is")
    assert "▲" not in person.text


async def test_a_question_is_answered_by_mouse(desk: Desk) -> None:
    async with at(desk, size=LARGE) as person:
        hand = Hand(person)
        await _sign_in(hand)
        await hand.click("New walk-in")
        await person.type("abc")
        await hand.click("Discard")
        assert isinstance(person.app.screen, Confirm)
        await hand.click("N or Escape: no")
        assert person.front == "IntakeScreen"
        await hand.click("Discard")
        await hand.click("Y: yes")
        assert person.front == "HomeScreen"


async def test_lines_are_marked_by_mouse(desk: Desk) -> None:
    taken: list[tuple[str, ...] | None] = []
    async with at(desk, size=LARGE) as person:
        hand = Hand(person)
        lines = [Line("a", "布局图"), Line("b", "申请书"), Line("c", "承诺书")]
        person.app.push_screen(MarkLines("What came in?", lines), taken.append)
        await settle(person.pilot)
        await hand.click("[ ]", nth=1)
        await hand.click("[ ]", nth=1)
        assert "[×] 申请书" in person.text
        await hand.click("Enter: done")
    assert taken == [("b", "c")]
