"""What central refused, at the keyboard: seen spot by spot, and mended each way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from central import staff
from central.__main__ import main
from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, Stage, SupplementLine, Ticked
from clerk.contract.proposal import (
    AnyAmendment,
    ApplicantAmendment,
    CorrectPlan,
    TickAmendment,
)
from clerk.contract.user import Role, User
from clerk.errors import RefusedError
from clerk.locale import use_language
from clerk.rules.numbers import spaced
from services.bootstrap import Desk
from services.cases import CaseQuery
from tests.screens.story import accept, at, grant, receive
from tests.support.cases import FOOD, MONDAY, all_provided
from tests.support.desk import PASSWORD, Hall, OpenDesk, type_walk_in
from tests.support.people import a_person
from tests.support.screens import LARGE, SMALL

COLLEAGUE = User(
    id="", login="colleague", name="市监同事", roles=(Role.HANDLER,), department="market"
)


@pytest.fixture
def market(open_at: OpenDesk) -> Desk:
    """A desk of the department."""
    return open_at("market", department="market", login="market-handler")


def behind(open_at: OpenDesk, hall: Hall) -> Desk:
    """Another desk of the department, with a colleague of the handler."""
    hall.central.database.commit(lambda one: staff.add_user(one, COLLEAGUE, PASSWORD, MONDAY))
    return open_at("market-2", department="market", login=COLLEAGUE.login)


def withdrawn_too_late(desk: Desk, market: Desk, seed: int = 1) -> str:
    """The window withdraws what the department has granted meanwhile."""
    (case_id,) = accept(desk, FOOD, seed=seed)
    grant(market, market, "market", case_id)
    with pytest.raises(RefusedError):
        desk.counter.withdraw(case_id, "申请人改期")
    return case_id


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_both_sides_are_seen_and_theirs_is_taken(
    desk: Desk, market: Desk, size: tuple[int, int]
) -> None:
    case_id = withdrawn_too_late(desk, market)
    async with at(desk, "counter", size) as person:
        await person.press("f6", "enter")
        assert person.front == "MendScreen"
        assert "What central holds now has not come here yet" in person.text
        await person.press("f5")
        assert "Meanwhile 市监approver has changed the case." in " ".join(person.text.split())
        assert "It would be refused now too, for the same reason." in person.text
        (stage,) = (one for one in person.text.splitlines() if one.split()[:2] == ["!", "Stage"])
        assert [word for word in ("Accepted", "Withdrawn", "Decided") if word in stage] == [
            *("Accepted", "Withdrawn", "Decided")
        ]
        assert "! You both changed this, and not to the same." in person.text
        assert "市监approver, 2026-06-01" in person.text
        await person.press("ctrl+a")
        assert "That would be refused now too." in person.toasts
        await person.press("ctrl+c")
        assert "申请人改期" in person.app.clipboard
        await person.press("tab", "end")
        assert "申请人改期" in person.text
        await person.press("shift+tab", "ctrl+d")
        assert "as 市监approver left it" in person.text
        await person.press("n")
        assert desk.sync.status().refused == 1, "asked first"
        await person.press("ctrl+d", "y")
        assert person.front == "SyncScreen"
        assert "Nothing is waiting" in person.text
    assert desk.cases.detail(case_id).case.stage is Stage.DECIDED
    assert not desk.sync.outbox()


async def test_sent_again_in_other_words(
    hall: Hall, desk: Desk, market: Desk, open_at: OpenDesk, clock: SettableClock
) -> None:
    """The claim ran out while the opinion was typed, and a colleague had the case meanwhile."""
    (case_id,) = accept(desk, FOOD)
    other = behind(open_at, hall)
    async with at(market, "market-handler", LARGE) as person:
        await person.press("f5", "enter", "ctrl+o", "ctrl+g")
        await person.type("site seen")
        clock.put(clock.now() + timedelta(hours=3))
        other.sync.run_once()
        other.casework.claim(case_id)
        other.casework.unclaim(case_id)
        await person.press("ctrl+y")
        assert person.front == "ProblemDialog"
        await person.press("enter", "escape", "f5", "f6", "enter")
        assert person.front == "MendScreen"
        lines = person.text.splitlines()
        (opinion,) = (one for one in lines if one.split()[:2] == ["→", "Opinion:"])
        assert "site seen" in opinion
        (held,) = (one for one in lines if "Held by" in one)
        assert "市监handler" in held
        assert COLLEAGUE.name in held
        await person.press("ctrl+a")
        assert "That would be refused now too." in person.toasts
        await person.press("enter")
        assert person.front == "CaseScreen"
        await person.press("ctrl+o", "escape")
        assert "send it again (Ctrl+A)" in person.text
        await person.press("ctrl+a")
        assert person.front == "AskText"
        assert "site seen" in person.text
        await person.type(" twice")
        await person.press("ctrl+y")
        assert "It is done." in person.toasts
        assert person.front == "SyncScreen"
    case = market.cases.detail(case_id).case
    assert [one.opinion for one in case.done] == ["site seen twice"]
    assert not market.sync.outbox()


async def test_sent_again_as_it_was(hall: Hall, desk: Desk, open_at: OpenDesk) -> None:
    """What has no words is confirmed; its paper comes with it."""
    beside = open_at("w1-2", window="w1", login="other")
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    beside.sync.run_once()
    beside.counter.ask_supplement(case.case_id, (SupplementLine("m1", "申请书", "未签字"),))
    with pytest.raises(RefusedError):
        desk.counter.accept(case.case_id)
    tick = Ticked(key="m1", name="申请书", state=MaterialState.PROVIDED, originals=1)
    beside.counter.hand_in(case.case_id, (tick,))
    async with at(desk, "counter") as person:
        await person.press("f6", "f5", "enter")
        assert "窗口乙" in person.text
        await person.press("ctrl+a")
        assert "Send “Accept” again" in person.text
        await person.press("n")
        assert person.front == "MendScreen"
        await person.press("ctrl+a", "y")
        assert "The paper is at" in person.toasts
        assert "Nothing is waiting" in person.text
    assert desk.cases.detail(case.case_id).case.stage is Stage.ACCEPTED


def forget_numbers(hall: Hall) -> None:
    """Central knows no more which numbers it lent."""
    with hall.central.database.write() as connection:
        connection.exec_driver_sql("delete from number_leases")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_refused_receipt_is_received_after_all(
    hall: Hall, desk: Desk, language: str
) -> None:
    """The desk was moved while the line was down, and central lost the number it had lent."""
    use_language(language)
    hall.stop()
    draft = type_walk_in(desk, FOOD)
    (case,) = desk.intake.receive(draft).cases
    device = desk.enrolled.device
    assert main(["--database", hall.url, "desk", "move", device, "--window", "w2"]) == 0
    use_language(language)
    hall.start()
    forget_numbers(hall)
    desk.sync.run_once()
    desk.sync.run_once()
    async with at(desk, "counter", LARGE) as person:
        await person.press("f6")
        await person.press("enter")
        assert person.front == "MendScreen"
        assert a_person(1).name in person.text
        assert a_person(1).id_number not in person.text
        await person.press("enter")
        assert person.front == "MendScreen", "there is no such case to open"
        await person.press("ctrl+a")
        assert person.front == "IntakeScreen"
        assert a_person(1).name in person.text
        assert spaced(case.number) in person.toasts
        await person.press("ctrl+r")
        assert person.front == "ReceivedScreen"
        await person.press("escape", "f5", "f6")
        assert not desk.sync.status().refused
    (found,) = desk.cases.page(CaseQuery())
    assert found.number != case.number
    assert desk.cases.detail(found.id).case.window == "w2"
    assert hall.count("cases") == 1


async def test_a_department_reopens_no_receipt(hall: Hall, desk: Desk) -> None:
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD))
    device = desk.enrolled.device
    assert main(["--database", hall.url, "desk", "move", device, "--window", "w2"]) == 0
    use_language("en")
    hall.start()
    forget_numbers(hall)
    desk.sync.run_once()
    async with at(desk, "manager") as person:
        await person.press("f6", "ctrl+a")
        assert "That is for another role: Counter clerk." in person.toasts
    assert desk.sync.status().refused == 1


@pytest.mark.parametrize(
    ("amendment", "anew", "typed"),
    [
        (
            ApplicantAmendment(name="张三丰"),
            ApplicantAmendment(name="张三2"),
            ["张三丰", "name"],
        ),
        (
            TickAmendment((replace(all_provided()[0], originals=7),)),
            TickAmendment((replace(all_provided()[0], originals=7, state=MaterialState.MISSING),)),
            ["7", "1=Provided 2=Missing"],
        ),
    ],
)
async def test_a_correction_is_typed_anew_with_all_its_values(
    desk: Desk,
    open_at: OpenDesk,
    amendment: AnyAmendment,
    anew: AnyAmendment,
    typed: list[str],
) -> None:
    """A colleague proposed another one of the same act, and has taken it back since."""
    (case_id,) = receive(desk, FOOD)
    other = open_at("w1-2", window="w1", login="other")
    plan = CorrectPlan(act=1, amendment=amendment, reason="看错一行")
    theirs = other.proposals.propose(case_id, plan).case.case
    assert theirs is not None
    with pytest.raises(RefusedError, match=r"proposal\.there"):
        desk.proposals.propose(case_id, plan)
    other.proposals.reject(case_id, theirs.proposals[0].n, "不必")
    async with at(desk, "counter", LARGE) as person:
        await person.press("f5", "f6", "enter", "ctrl+a")
        for told in (*typed, "看错一行"):
            assert told in person.text
        await person.press("end", "backspace")
        await person.type("2")
        await person.press("ctrl+y")
        assert "It is done." in person.toasts
    (proposal,) = desk.cases.detail(case_id).case.proposals
    assert isinstance(proposal.plan, CorrectPlan)
    assert proposal.plan.reason == plan.reason
    assert proposal.plan.amendment == anew
    assert not desk.sync.outbox()
