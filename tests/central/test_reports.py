"""The facts of a report: late where the light on the screen is red."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from central.catalogue.publishing import publish
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.case import CaseRecord, MaterialState, Outcome
from clerk.contract.command import AcceptCase, ClaimCase, DecideCase, PassStep
from clerk.contract.limits import Limit, Unit
from clerk.contract.report import CaseFact
from clerk.rules.case.fold import fold
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import Light
from clerk.rules.reports.lateness import is_overdue
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    MONDAY,
    REVIEWER,
    receive_command,
    with_states,
)
from tests.support.central import MANAGER, MakeDesk, TalkingDesk, hold_licence, read
from tests.support.work_calendar import REAL_CALENDAR

RECEIVE = replace(receive_command(), number="")
IN_HOURS = replace(FOOD, version=FOOD.version + 1, promised=Limit(2, Unit.WORKING_HOURS))
"""Received and accepted at half past nine: due at half past eleven."""


def the_fact(desk: TalkingDesk) -> CaseFact:
    desk.sign_in(MANAGER.login)
    answer = desk.get("/reports/cases", since="2026-06-01", until="2026-06-30")
    (fact,) = read(answer, tuple[CaseFact, ...])
    return fact


def accepted(central: Central, desk: TalkingDesk) -> str:
    central.database.commit(partial(publish, items=[IN_HOURS], at=MONDAY))
    case_id, _ = desk.receive(replace(RECEIVE, item_version=IN_HOURS.version))
    assert desk.act(case_id, AcceptCase(), CLERK).refusal is None
    return case_id


def decide(desk: TalkingDesk, case_id: str) -> None:
    for user, act in (
        (HANDLER, PassStep(opinion="同意")),
        (REVIEWER, PassStep(opinion="同意")),
        (APPROVER, DecideCase(outcome=Outcome.GRANTED, opinion="准予")),
    ):
        assert desk.act(case_id, ClaimCase(), user).refusal is None
        assert desk.act(case_id, act, user).refusal is None


@pytest.mark.parametrize(
    ("minutes", "late"), [(119, False), (120, False), (121, True), (300, True)]
)
def test_a_limit_in_hours_is_late_when_its_light_is_red(
    central: Central,
    enrolled_device: TalkingDesk,
    make_desk: MakeDesk,
    clock: SettableClock,
    minutes: int,
    *,
    late: bool,
) -> None:
    case_id = accepted(central, enrolled_device)
    clock.put(MONDAY + timedelta(minutes=minutes))
    fact = the_fact(enrolled_device)
    light = timing_of(
        fold(read(enrolled_device.get(f"/cases/{case_id}"), CaseRecord)), REAL_CALENDAR, clock.now()
    )
    assert is_overdue(fact, clock.now()) is late is (light.light(clock.now()) is Light.RED)
    decide(make_desk(department="market"), case_id)
    done = the_fact(enrolled_device)
    assert done.decided_on == MONDAY.date() == done.promised_due
    assert is_overdue(done, clock.now() + timedelta(days=30)) is late


def test_papers_that_a_licence_stood_for_are_counted(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    central.database.commit(hold_licence)
    ticks = tuple(
        replace(one, evidence="licence-R-1") if one.key == "m2" else one
        for one in with_states(m2=MaterialState.EXEMPTED)
    )
    enrolled_device.receive(replace(RECEIVE, materials=ticks))
    assert the_fact(enrolled_device).papers_saved == 1, "the copy of the identity card"
