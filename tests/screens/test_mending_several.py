"""Several refused acts at once: done once more as they were typed, cleared away."""

from __future__ import annotations

import pytest

from clerk.contract.proposal import ApplicantAmendment, CorrectPlan
from clerk.errors import RefusedError
from services.bootstrap import Desk
from tests.screens.story import accept, at, grant, receive
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk, type_walk_in
from tests.support.screens import LARGE

PLAN = CorrectPlan(act=1, amendment=ApplicantAmendment(name="张三丰"), reason="看错一行")


def withdraw_too_late(desk: Desk, market: Desk) -> None:
    """It is refused, and would be so for ever."""
    (case_id,) = accept(desk, FOOD, seed=1)
    grant(market, market, "market", case_id)
    with pytest.raises(RefusedError):
        desk.counter.withdraw(case_id, "申请人改期")


def propose_beside(desk: Desk, other: Desk) -> str:
    """It is refused for another's proposal that was taken back since."""
    (case_id,) = receive(desk, FOOD, seed=2)
    theirs = other.proposals.propose(case_id, PLAN).case.case
    assert theirs is not None
    with pytest.raises(RefusedError, match=r"proposal\.there"):
        desk.proposals.propose(case_id, PLAN)
    other.proposals.reject(case_id, theirs.proposals[0].n, "不必")
    return case_id


def receive_unknown_numbers(desk: Desk, hall: Hall) -> None:
    """A visit of two items whose numbers central knows no more."""
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD, SIGN, seed=3))
    hall.start()
    with hall.central.database.write() as connection:
        connection.exec_driver_sql("delete from number_leases")
    desk.sync.run_once()


async def test_what_was_refused_is_done_once_more_or_cleared_away_together(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    withdraw_too_late(desk, open_at("market", department="market"))
    case_id = propose_beside(desk, open_at("w1-2", window="w1", login="other"))
    receive_unknown_numbers(desk, hall)
    desk.sync.run_once()
    async with at(desk, "counter", LARGE) as person:
        await person.press("f5", "f6", "asterisk", "ctrl+a")
        assert "Cannot be done to 1 of 4" in person.text
        assert "Withdraw" in person.read("#batch-cases")
        await person.press("enter")
        assert "Do 3 refused acts once more" in person.text
        await person.type(PASSWORD)
        await person.press("enter")
        assert "3 of 4 went through" in person.text
        await person.press("enter")
        assert "The receipts are drafts again" in person.toasts
        assert [len(one.items) for one in desk.drafts.list()] == [2], "the visit is one draft"
        assert len(desk.cases.detail(case_id).case.proposals) == 1
        (left,) = desk.sync.outbox()
        assert left.is_refused
        receive_unknown_numbers(desk, hall)
        await person.press("f5", "asterisk", "ctrl+d")
        assert "Clear 3 refused acts away?" in person.text
        await person.press("y")
        assert "3 of 3 went through" in person.text
        await person.press("enter")
        assert "Nothing is waiting" in person.text
    assert not desk.sync.outbox()
    assert len(desk.drafts.list()) == 1
