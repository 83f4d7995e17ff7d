"""A mistake put right at the screen: proposed, approved, on paper, both acts in the timeline."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from textual.content import Content
from textual.widgets import Static

from central.db import cases, licences
from central.db.schema import audit
from clerk.contract.case import Delivery, DocumentKind, Stage
from clerk.contract.proposal import ActUndone, CorrectPlan, DecisionAmendment
from services.bootstrap import Desk
from services.release import Collector
from tests.screens.story import Person, accept, at, grant, receive
from tests.screens.test_case_counter import open_only, paper_of
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, OpenDesk, open_paper
from tests.support.screens import LARGE, SMALL


async def fill(person: Person, *answers: str) -> None:
    """Type the answers of a dialog, each over what stands there."""
    for one in answers:
        await person.press(*["backspace"] * 12)
        await person.type(one)
        await person.press("enter")


async def choose_act(person: Person, *downs: str) -> None:
    """Open what is proposed and choose to put a mistake right, then the act."""
    await person.press("ctrl+w", *["down"] * 3, "enter", *downs, "enter")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_wrong_tick_after_the_receipt(
    desk: Desk, hall: Hall, size: tuple[int, int]
) -> None:
    (case_id,) = receive(desk, FOOD)
    before = desk.cases.detail(case_id).record.events
    async with at(desk, "counter", size=size) as person:
        await open_only(person)
        await choose_act(person)
        assert "What was wrong?" in person.text
        await person.press("enter", "down", "enter")
        await fill(person, "0", "0", "read the wrong line")
        assert "Proposed; somebody else has to approve it." in person.text
        assert not desk.cases.detail(case_id).case.missing
        await person.press("f8")
        await person.sign_in("manager")
        await open_only(person)
        await person.press("ctrl+a", "enter")
        assert "Approved." in person.text
        paper = open_paper(paper_of(person))
        for told in ("更正通知书", "市监更〔2026〕1号", "read the wrong line", "已提交", "未提交"):
            assert told in paper
        shown = person.app.screen.query_one("#case-timeline", Static).content
        assert isinstance(shown, Content)
        timeline = shown.plain
        struck = [timeline[one.start : one.end] for one in shown.spans if one.style == "strike"]
        assert struck == ["Received at the window"]
        assert "№3" in timeline
        assert "№1 is put right" in timeline
        assert "申请书 · state: Provided → Missing" in timeline
        assert "↳ Put right by №3, 主任" in timeline
    detail = desk.cases.detail(case_id)
    assert [one.key for one in detail.case.missing] == ["m1"]
    assert detail.record.events[: len(before)] == before
    approved = (audit.c.subject == case_id) & (audit.c.action == "approve.1")
    with hall.central.database.read() as connection:
        detail_of = connection.execute(select(audit.c.detail).where(approved)).scalar_one()
    assert '"events":"corrected:1"' in detail_of


async def test_a_wrong_decline_is_reopened_with_notice(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD)
    async with at(desk, "counter", size=LARGE) as person:
        await open_only(person)
        await person.press("ctrl+n")
        await person.press(*["down"] * 3, "enter")
        await person.type("not eligible")
        await person.press("enter")
        assert desk.cases.detail(case_id).case.stage is Stage.DECLINED
        await choose_act(person)
        await person.press("enter")
        await fill(person, "it was ours")
        await person.press("f8")
        await person.sign_in("manager")
        assert "▸ To approve " in person.text
        await open_only(person)
        await person.press("ctrl+a", "enter")
        assert "恢复办理" in open_paper(paper_of(person))
        assert "void" in person.text
    case = desk.cases.detail(case_id).case
    assert case.stage is Stage.RECEIVED
    declined = next(one for one in case.documents if one.kind is DocumentKind.DECLINE)
    assert declined.void
    assert "作废" in open_paper(desk.papers.print_paper(case_id, DocumentKind.DECLINE))


def test_a_slip_in_a_decision_reaches_the_paper_and_the_library(
    desk: Desk, open_at: OpenDesk, hall: Hall
) -> None:
    (case_id,) = accept(desk, FOOD)
    market = open_at("market", department="market")
    grant(desk, market, "market", case_id)
    market.session.sign_in("market-handler", PASSWORD)
    amended = DecisionAmendment(opinion="热食类、冷食类", licence_until=date(2029, 5, 31))
    case = market.cases.detail(case_id).case
    act = case.acts[-1]
    assert act.kind == "decided"
    market.proposals.propose(case_id, CorrectPlan(act=act.n, amendment=amended, reason="漏写一类"))
    market.session.sign_in("market-approver", PASSWORD)
    proposal = market.cases.detail(case_id).case.proposals[0]
    done = market.proposals.approve(case_id, proposal.n)
    assert done.paper is not None
    text = open_paper(done.paper)
    for told in ("更正并代替市监准〔2026〕1号", "市监准〔2026〕2号", "冷食类"):
        assert told in "".join(text.split())
    old = open_paper(market.papers.print_paper(case_id, DocumentKind.DECISION, act.document))
    assert "作废" in old
    assert "冷食类" not in old
    with hall.central.database.read() as connection:
        record = cases.find_record(connection, case_id)
        assert record is not None
        found = licences.find_held(connection, case.licence, record.events[0].applicant.id_number)  # type: ignore[union-attr]
    assert found is not None
    assert found.valid_until == date(2029, 5, 31)


def test_released_by_mistake_lies_at_the_window_again(desk: Desk, open_at: OpenDesk) -> None:
    (case_id,) = accept(desk, FOOD)
    grant(desk, open_at("market", department="market"), "market", case_id)
    desk.session.sign_in("counter", PASSWORD)
    number = desk.cases.detail(case_id).case.number
    ready = desk.release.ready(number)
    desk.release.release([one.id for one in ready], Collector(name="本人", signature="已签"))
    act = desk.cases.detail(case_id).case.acts[-1]
    plan = CorrectPlan(act=act.n, amendment=ActUndone(), reason="点错一行")
    desk.proposals.propose(case_id, plan)
    desk.session.sign_in("manager", PASSWORD)
    desk.proposals.approve(case_id, desk.cases.detail(case_id).case.proposals[0].n)
    assert desk.cases.detail(case_id).case.delivery is Delivery.AT_WINDOW
