"""A stop past its planned days ends by itself, once; its approval gave a numbered notice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy import select

from central.db import cases
from central.db.schema import audit
from central.jobs.lapsing import sweep_lapsed
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.case import CaseRecord, ClockState, DocumentKind
from clerk.contract.command import AcceptCase, Approve, ClaimCase, Propose
from clerk.contract.proposal import Procedure, StopLapsed, StopPlan
from clerk.rules.case import fold
from tests.support.cases import APPROVER, CLERK, HANDLER, receive_command
from tests.support.central import MakeDesk, TalkingDesk

RECEIVE = replace(receive_command(), number="")
PLAN = StopPlan(procedure=Procedure.TEST, basis="法第一条", planned_days=2, reason="抽样")


def stop(desk: TalkingDesk, there: TalkingDesk, plan: StopPlan = PLAN) -> str:
    """A case whose clock the department has stopped."""
    case_id, _ = desk.receive(RECEIVE)
    assert desk.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
    for command, user in (
        (ClaimCase(), HANDLER),
        (Propose(plan=plan), HANDLER),
        (Approve(proposal=4), APPROVER),
    ):
        assert there.act(case_id, command, user, base=9).refusal is None
    return case_id


def read(central: Central, case_id: str) -> CaseRecord:
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    return record


def test_an_approval_stops_the_clock_with_a_numbered_notice(
    central: Central, make_desk: MakeDesk
) -> None:
    case = fold(read(central, stop(make_desk(window="w1"), make_desk(department="market"))))
    assert case.clock is ClockState.STOPPED
    assert (case.documents[-1].kind, case.documents[-1].number) == (
        DocumentKind.STOP,
        "市监特〔2026〕1号",
    )


def test_a_stop_lapses_once(central: Central, make_desk: MakeDesk, clock: SettableClock) -> None:
    desk = make_desk(window="w1")
    case_id = stop(desk, make_desk(department="market"))
    clock.put(clock.now() + timedelta(days=2))  # the last planned day
    assert sweep_lapsed(central) == 0
    clock.put(clock.now() + timedelta(days=1))
    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(lambda _: sweep_lapsed(central), range(3))) == 1
    record = read(central, case_id)
    assert isinstance(record.events[-1], StopLapsed)
    assert fold(record).clock is ClockState.RUNNING
    with central.database.read() as connection:
        found = select(audit.c.action).where(audit.c.subject == case_id)
        assert "stop.ended" in set(connection.execute(found).scalars())


def test_the_auditor_sees_what_an_act_caused(central: Central, make_desk: MakeDesk) -> None:
    case_id = stop(make_desk(window="w1"), make_desk(department="market"))
    approved = (audit.c.subject == case_id) & (audit.c.action == "approve.1")
    with central.database.read() as connection:
        detail = connection.execute(select(audit.c.detail).where(approved)).scalar_one()
    assert '"events":"stopped"' in detail
