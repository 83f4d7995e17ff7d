"""A decision taken back at central: its licence is revoked, and the correction has its number."""

from __future__ import annotations

from msgspec.structs import replace

from central.db import cases, licences
from central.service import Central
from clerk.contract.case import DocumentKind, Outcome, Stage
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    Approve,
    ClaimCase,
    DecideCase,
    PassStep,
    Propose,
)
from clerk.contract.licence import LicenceStatus
from clerk.contract.proposal import ActUndone, CorrectPlan
from clerk.contract.user import User
from clerk.rules.case import fold
from tests.support.cases import APPROVER, CLERK, HANDLER, HEAD, REVIEWER, receive_command
from tests.support.central import MakeDesk


def test_a_wrong_grant_takes_its_licence_with_it(central: Central, make_desk: MakeDesk) -> None:
    desk, there = make_desk(window="w1"), make_desk(department="market")
    command = replace(receive_command(), number="")
    case_id, _ = desk.receive(command)
    assert desk.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
    claim = ClaimCase()
    acts: list[tuple[AnyCommand, User]] = [
        (claim, HANDLER),
        (PassStep(opinion="同意"), HANDLER),
        (claim, REVIEWER),
        (PassStep(opinion="同意"), REVIEWER),
        (claim, APPROVER),
        (DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER),
        (Propose(plan=CorrectPlan(act=9, amendment=ActUndone(), reason="核查有误")), HANDLER),
        (Approve(proposal=10), HEAD),
    ]
    for act, user in acts:
        assert there.act(case_id, act, user, base=99).refusal is None, act
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
        held = licences.list_held(connection, [command.applicant.id_number])
    assert record is not None
    case = fold(record)
    assert case.stage is Stage.HANDLING
    assert [one.status for one in held if one.case_id == case_id] == [LicenceStatus.REVOKED]
    assert (case.documents[-1].kind, case.documents[-1].number) == (
        DocumentKind.CORRECTION,
        "市监更〔2026〕1号",
    )
