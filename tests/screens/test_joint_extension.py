"""Joint handling runs out of time: the government's head extends it, from any desk."""

from __future__ import annotations

from functools import partial

import pytest

from central.item_settings import change_item
from clerk.clock import SettableClock
from clerk.contract.proposal import Extended, ExtendPlan
from screens.case.screen import CaseScreen
from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.screens.test_supervision import events_of, open_board, open_case
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, OpenDesk
from tests.support.screens import LARGE


@pytest.fixture
def joint_case(desk: Desk, there: Desk, hall: Hall, clock: SettableClock) -> str:
    """A case of joint handling for which the department proposes fifteen days more."""
    change = partial(change_item, item_id=FOOD.id, wanted={"joint": True}, clock=clock)
    hall.central.database.commit(change)
    desk.sync.run_once()
    (case_id,) = accept(desk, FOOD)
    there.sync.run_once()
    there.session.sign_in("market-handler", PASSWORD)
    there.casework.claim(case_id)
    there.proposals.propose(case_id, ExtendPlan(days=15, reason="several bodies act"))
    return case_id


async def test_the_governments_head_extends_joint_handling_from_any_desk(
    there: Desk, open_at: OpenDesk, joint_case: str
) -> None:
    async with at(open_at("w2", window="w2"), "government-head", LARGE) as person:
        await open_board(person)
        assert "To approve 1" in person.text
        await person.press("left", "left", "enter")
        assert isinstance(person.app.screen, CaseScreen)
        await person.press("ctrl+a", "enter")
        assert "Approved." in person.text
        assert "The paper is at" in person.text
    assert events_of(there, joint_case)[-1] is Extended


async def test_where_the_case_is_it_stands_in_the_heads_own_list(
    desk: Desk, there: Desk, joint_case: str
) -> None:
    desk.sync.run_once()
    async with at(desk, "government-head", LARGE) as person:
        assert "To approve 1" in " ".join(person.text.split())
        await person.press("enter", "ctrl+a", "enter")
        assert "Approved." in person.text
        assert "The paper is at" in person.text
    assert events_of(there, joint_case)[-1] is Extended


async def test_no_other_head_extends_joint_handling(there: Desk, joint_case: str) -> None:
    async with at(there, "market-head", LARGE) as person:
        await open_case(person, joint_case)
        await person.press("ctrl+a", "enter")
        assert "Approved." not in person.text
    assert Extended not in events_of(there, joint_case)
