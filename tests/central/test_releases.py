"""What lies ready at the window, and whole numbers for a reason."""

from __future__ import annotations

import json

from msgspec.structs import replace

from central.service import Central
from clerk.contract.case import Outcome, Released
from clerk.contract.command import (
    AcceptCase,
    ClaimCase,
    DecideCase,
    PassStep,
    ReleaseResult,
)
from clerk.contract.identity import IdKind
from clerk.contract.report import CaseFact
from clerk.contract.session import Purpose, Ready, ReadyQuery
from tests.central.registers.test_lookup import looks_at
from tests.support.cases import APPROVER, CLERK, HANDLER, REVIEWER, receive_command
from tests.support.central import MANAGER, MakeDesk, TalkingDesk, read, read_problem
from tests.support.people import a_person

RECEIVE = replace(receive_command(), number="")


def decided(make_desk: MakeDesk, desk: TalkingDesk, outcome: Outcome = Outcome.GRANTED) -> str:
    case_id, _ = desk.receive(RECEIVE)
    assert desk.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
    office = make_desk(department="market")
    for user, act in (
        (HANDLER, PassStep(opinion="同意")),
        (REVIEWER, PassStep(opinion="同意")),
        (APPROVER, DecideCase(outcome=outcome, opinion="准予", reason="理由")),
    ):
        assert office.act(case_id, ClaimCase(), user).refusal is None
        assert office.act(case_id, act, user).refusal is None
    return case_id


def test_from_the_number_to_the_release(make_desk: MakeDesk, enrolled_device: TalkingDesk) -> None:
    case_id = decided(make_desk, enrolled_device)
    enrolled_device.receive(RECEIVE)
    person = ReadyQuery(id_kind=IdKind.RESIDENT, id_number=a_person().id_number)
    answer = enrolled_device.call("/cases/ready", person)
    (record,) = read(answer, Ready).cases
    assert record.id == case_id
    assert a_person().id_number.encode() not in answer.content
    number = record.events[0].number  # type: ignore[union-attr]
    receipt = ReadyQuery(case_number=number)
    assert read(enrolled_device.call("/cases/ready", receipt), Ready).cases == (record,)
    release = ReleaseResult(
        collector=a_person().name, collector_id="", collector_kind="self", signature="已签"
    )
    assert enrolled_device.act(case_id, release, CLERK).refusal is None
    assert read(enrolled_device.call("/cases/ready", person), Ready).cases == ()
    shown = enrolled_device.get(f"/cases/{case_id}").json()
    assert shown["events"][-1]["type"] == Released.__struct_config__.tag
    assert shown["events"][-1]["document"] == "市监送〔2026〕1号"


def test_a_search_by_number_is_on_record(
    central: Central, make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    case_id = decided(make_desk, enrolled_device)
    number = a_person().id_number
    before = len(looks_at(central, number))
    person = ReadyQuery(id_kind=IdKind.RESIDENT, id_number=number)
    (record,) = read(enrolled_device.call("/cases/ready", person), Ready).cases
    assert record.id == case_id
    receipt = ReadyQuery(case_number=record.events[0].number)  # type: ignore[union-attr]
    read(enrolled_device.call("/cases/ready", receipt), Ready)
    assert [one.purpose for one in looks_at(central, number)[before:]] == [Purpose.RELEASE]


def test_another_window_has_nothing_ready(
    make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    case_id = decided(make_desk, enrolled_device)
    other = make_desk(window="w2")
    other.sign_in(CLERK.login)
    person = ReadyQuery(id_kind=IdKind.RESIDENT, id_number=a_person().id_number)
    assert read(other.call("/cases/ready", person), Ready).cases == ()
    assert read_problem(other.get(f"/cases/{case_id}"), 404).code == "case.unknown"


def test_questions_that_cannot_be_answered(enrolled_device: TalkingDesk) -> None:
    enrolled_device.sign_in(CLERK.login)
    for ask, code in (
        (ReadyQuery(), "ready.nothing_asked"),
        (ReadyQuery(case_number="123"), "case_number.length"),
        (ReadyQuery(id_kind=IdKind.RESIDENT, id_number="1"), "applicant.number_invalid"),
    ):
        assert read_problem(enrolled_device.call("/cases/ready", ask), 422).code == code


def test_a_whole_number_takes_a_reason_and_is_on_record(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    enrolled_device.sign_in(CLERK.login)
    path = f"/cases/{case_id}/unmask"
    assert read_problem(enrolled_device.call(path, {"reason": " "}), 422).code == "reason.missing"
    assert not looks_at(central, a_person().id_number)
    whole = enrolled_device.call(path, {"reason": "核对证件"}).json()
    assert whole["id_number"] == a_person().id_number
    (look,) = looks_at(central, a_person().id_number)
    assert (look.subject, look.reason) == (case_id, "核对证件")


def test_the_facts_of_a_report_have_no_person_in_them(
    make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    decided(make_desk, enrolled_device, Outcome.REFUSED)
    enrolled_device.receive(RECEIVE)
    period = {"since": "2026-06-01", "until": "2026-06-30"}
    assert (
        read_problem(enrolled_device.get("/reports/cases", **period), 403).code
        == "user.role_needed"
    )
    enrolled_device.sign_in(MANAGER.login)
    answer = enrolled_device.get("/reports/cases", **period)
    first, second = read(answer, tuple[CaseFact, ...])
    assert (first.outcome, first.window_name) == (Outcome.REFUSED, "综合窗口一")
    assert first.promised_due is not None
    assert second.statutory_due is None
    assert a_person().name not in json.dumps(answer.json(), ensure_ascii=False)
    before = {"since": "2026-05-01", "until": "2026-05-31"}
    assert read(enrolled_device.get("/reports/cases", **before), list) == []
    for wrong in ({"since": "2026-06-02", "until": "2026-06-01"}, {"since": "x", "until": ""}):
        problem = read_problem(enrolled_device.get("/reports/cases", **wrong), 422)
        assert problem.code == "report.period"
