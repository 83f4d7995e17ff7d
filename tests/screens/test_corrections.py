"""A mistake at the window, put right by a manager: on paper, and nothing is edited away."""

from __future__ import annotations

from pathlib import Path

from clerk.contract.case import Stage
from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.screens.test_case_stops import fill
from tests.support.cases import FOOD
from tests.support.desk import open_paper
from tests.support.screens import LARGE


async def test_a_wrong_acceptance_is_put_right_by_a_manager(desk: Desk) -> None:
    (case_id,) = accept(desk, FOOD)
    async with at(desk, "counter", size=LARGE) as person:
        await person.press("enter", "ctrl+w", "down", "down", "down", "enter")
        await fill(person, "wrong applicant")
        assert "Proposed; somebody else has to approve it." in person.text
        await person.press("f8")
        await person.sign_in("manager")
        await person.press("enter", "ctrl+a", "enter")
        assert "Approved." in person.text
        assert "(put right later)" in person.text
        assert desk.cases.detail(case_id).case.stage is Stage.RECEIVED
        said = str(person.app.screen.query_one("#case-said").render())
        paper = open_paper(Path(said.partition("The paper is at ")[2].strip()))
        assert "更正通知书" in paper
        assert "wrong applicant" in paper
