"""An applicant asks after a case with what stands on the receipt."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.case import ClockState, MaterialState, Stage, SupplementLine
from clerk.contract.command import AcceptCase, AskSupplement
from clerk.contract.progress import AskProgress, Progress
from tests.support.cases import CLERK, FOOD, receive_command
from tests.support.central import TalkingDesk, read, read_problem
from tests.support.people import a_person

PASSWORD = "204816"
RECEIVE = replace(receive_command(), number="", query_password=PASSWORD)


def number_of(desk: TalkingDesk, case_id: str) -> str:
    return str(desk.get(f"/cases/{case_id}").json()["events"][0]["number"])


def problem_of(desk: TalkingDesk, ask: AskProgress) -> str:
    answer = desk.call("/progress", ask)
    return read_problem(answer, answer.status_code).code


def received(desk: TalkingDesk) -> tuple[str, str]:
    case_id, answer = desk.receive(RECEIVE)
    assert answer.refusal is None
    desk.sign_in(CLERK.login)
    return case_id, number_of(desk, case_id)


def test_the_receipt_opens_how_a_case_stands(enrolled_device: TalkingDesk) -> None:
    case_id, number = received(enrolled_device)
    ask = AskProgress(number=number, password=PASSWORD)
    stood = read(enrolled_device.call("/progress", ask), Progress)
    assert (stood.stage, stood.clock) == (Stage.RECEIVED, ClockState.NOT_STARTED)
    assert (stood.item, stood.accepted_on) == (FOOD.name, None)
    assert enrolled_device.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
    answer = enrolled_device.call("/progress", ask)
    stands = read(answer, Progress)
    assert (stands.stage, stands.clock) == (Stage.ACCEPTED, ClockState.RUNNING)
    assert stands.accepted_on is not None
    assert stands.due is not None
    person = a_person()
    for told in (person.name, person.id_number, person.id_number[-4:], case_id):
        assert told.encode() not in answer.content


def test_what_is_awaited_is_named(enrolled_device: TalkingDesk) -> None:
    missing = (replace(RECEIVE.materials[0], state=MaterialState.MISSING), *RECEIVE.materials[1:])
    case_id, answer = enrolled_device.receive(replace(RECEIVE, materials=missing))
    assert answer.refusal is None
    key = RECEIVE.materials[0].key
    line = SupplementLine(key, RECEIVE.materials[0].name, "未提交")
    assert enrolled_device.act(case_id, AskSupplement(lines=(line,)), CLERK, 1).refusal is None
    number = number_of(enrolled_device, case_id)
    ask = AskProgress(number=number, password=PASSWORD)
    stands = read(enrolled_device.call("/progress", ask), Progress)
    assert [one.key for one in stands.awaited] == [key]


def test_without_the_password_nothing_is_told(enrolled_device: TalkingDesk) -> None:
    _, number = received(enrolled_device)
    told = set()
    for wrong in (
        AskProgress(number=number, password="204817"),
        AskProgress(number=number, password=""),
        AskProgress(number=number[:6] + "001999994", password=PASSWORD),
    ):
        told.add(problem_of(enrolled_device, wrong))
    assert told <= {"progress.unknown", "case_number.check_digit"}
    assert "progress.unknown" in told


def test_a_case_without_a_password_is_never_told(enrolled_device: TalkingDesk) -> None:
    case_id, _ = enrolled_device.receive(replace(RECEIVE, query_password=""))
    enrolled_device.sign_in(CLERK.login)
    ask = AskProgress(number=number_of(enrolled_device, case_id), password="")
    assert problem_of(enrolled_device, ask) == "progress.unknown"


def test_nobody_tries_all_passwords(enrolled_device: TalkingDesk) -> None:
    _, number = received(enrolled_device)
    for guess in range(10):
        ask = AskProgress(number=number, password=f"{guess:06d}")
        assert problem_of(enrolled_device, ask) == "progress.unknown"
    spaced = AskProgress(number=f" {number} ", password=PASSWORD)
    answer = enrolled_device.call("/progress", spaced)
    assert read_problem(answer, 429).code == "session.too_many_attempts"


@pytest.mark.parametrize("number", ["", "1", "x" * 15, "２６０６０１００１００００４２"])
def test_what_is_no_number_is_explained(enrolled_device: TalkingDesk, number: str) -> None:
    ask = AskProgress(number=number, password=PASSWORD)
    assert problem_of(enrolled_device, ask).startswith("case_number.")
