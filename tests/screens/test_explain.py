"""Why a date is what it is, on the screen and on paper."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from msgspec.structs import replace
from pypdf import PdfReader

from exports.papers.render import render
from screens.case.performer import context_of
from screens.explain.screen import ExplainScreen
from services.bootstrap import Desk
from services.case_sheet import sheet_of
from services.headings import Desktop
from tests.clerk.rules.bundle.test_handling import REVIEWED, received
from tests.screens.story import accept, at
from tests.support.cases import FOOD
from tests.support.desk import open_paper
from tests.support.screens import LARGE, SMALL, settle
from tests.support.work_calendar import REAL_CALENDAR


async def test_each_day_of_a_limit_and_until_any_day(desk: Desk) -> None:
    accept(desk, FOOD)
    async with at(desk, "counter", size=LARGE) as person:
        await person.press("enter", "enter")
        assert person.front == "ExplainScreen"
        assert "5 working days" in person.text
        await person.press("right")
        assert "Promised limit · 8 working days" in person.text
        assert "2026-06-06  Sat" in person.text
        assert "weekend" in person.text
        await person.press("tab")
        await person.type("2026-06-12")
        await person.press("enter")
        assert "after the due date" in person.text
        await person.press("escape", "ctrl+l", "enter")
        said = str(person.app.screen.query_one("#case-said").render())
        paper = open_paper(Path(said.partition("The paper is at ")[2].strip()))
        assert "承诺时限" in paper


async def test_the_limit_of_joint_handling_says_where_it_comes_from(desk: Desk) -> None:
    story = received(REVIEWED, "market")
    async with at(desk, "counter", size=SMALL) as person:
        context = replace(context_of(desk), calendar=REAL_CALENDAR, now=story.now)
        person.app.push_screen(ExplainScreen(story.case, context))
        await settle(person.pilot)
        await person.press("right")
        assert "Statutory limit · 45 working days" in person.text
        assert "joint handling (Art. 42), for" in person.text
        assert "the bundle “一件事” has one lead" in person.text


def test_the_sheet_says_it_too() -> None:
    story = received(REVIEWED, "market")
    assert story.record is not None
    at_window = Desktop(
        centre="中心", window="三号窗", clerk="甲", calendar=REAL_CALENDAR, now=story.now
    )
    (paper,) = PdfReader(BytesIO(render(sheet_of(story.record, at_window)))).pages[:1]
    told = "".join(paper.extract_text().split())
    assert "联合办理（行政许可法第四十二条第二款）：“一件事”由一个部门牵头" in told
