"""Commands arrive once, whatever happens on the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from central.db import audit, cases, licences
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.answer import Conclusion
from clerk.contract.case import Accepted, Decided, MaterialState, Outcome, Received, Ticked
from clerk.contract.command import (
    AcceptCase,
    ClaimCase,
    DecideCase,
    HandInSupplement,
    PassStep,
    WithdrawCase,
)
from clerk.contract.sync import Directive, Pushed
from clerk.rules.case import fold
from clerk.rules.exemption import Flaw
from tests.support.cases import (
    APPROVER,
    CLERK,
    HANDLER,
    REVIEWER,
    receive_command,
    with_states,
)
from tests.support.central import (
    MANAGER,
    OTHER_CLERK,
    PASSWORD,
    STRANGER,
    MakeDesk,
    TalkingDesk,
    hold_licence,
    read,
    read_problem,
)
from tests.support.people import a_person

RECEIVE = replace(receive_command(), number="")


def count_events(central: Central, case_id: str) -> int:
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    return record.version if record else 0


def test_a_repeat_gets_the_identical_answer(central: Central, enrolled_device: TalkingDesk) -> None:
    envelope = enrolled_device.envelope(replace(RECEIVE, number=enrolled_device.next_number()))
    first = enrolled_device.push(envelope)
    second = enrolled_device.push(envelope)
    assert first.content == second.content
    assert read(first, Pushed).answers[0].conclusion is Conclusion.APPLIED
    assert count_events(central, envelope.case_id) == 1


def test_sent_twice_at_once_takes_effect_once(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    for _ in range(5):
        envelope = enrolled_device.envelope(replace(RECEIVE, number=enrolled_device.next_number()))
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _, e=envelope: enrolled_device.send(e)[0], range(4)))
        assert len(set(map(msgspec.json.encode, answers))) == 1
        assert answers[0].conclusion is Conclusion.APPLIED
        assert count_events(central, envelope.case_id) == 1


def test_central_stops_at_a_gap(enrolled_device: TalkingDesk) -> None:
    one, two, three = (
        enrolled_device.envelope(replace(RECEIVE, number=enrolled_device.next_number()))
        for _ in range(3)
    )
    pushed = read(enrolled_device.push(one, three), Pushed)
    assert [answer.n for answer in pushed.answers] == [1]
    assert pushed.last_n == 1
    assert [answer.n for answer in enrolled_device.send(two, three)] == [2, 3]


def test_another_command_under_the_same_n_is_a_clones(enrolled_device: TalkingDesk) -> None:
    _, answer = enrolled_device.receive(RECEIVE)
    assert answer.conclusion is Conclusion.APPLIED
    enrolled_device.n = 0
    other = enrolled_device.envelope(replace(RECEIVE, number=enrolled_device.next_number()))
    assert read_problem(enrolled_device.push(other), 403).code == "device.quarantined"
    assert read_problem(enrolled_device.get("/sync/pull"), 401).code == "token.expired"
    assert enrolled_device.hello().directive is Directive.QUARANTINED


def test_a_stale_command_is_decided_again(
    make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    other = make_desk(window="w1")
    assert other.act(case_id, AcceptCase(), OTHER_CLERK, base=1).conclusion is Conclusion.APPLIED
    stale = enrolled_device.act(case_id, AcceptCase(), CLERK, base=1)
    assert stale.conclusion is Conclusion.CONFLICT
    assert stale.changed_by == OTHER_CLERK.name
    assert stale.refusal is not None
    assert stale.refusal.code == "case.wrong_stage"
    allowed = enrolled_device.act(case_id, WithdrawCase(reason="不办了"), CLERK, base=1)
    assert allowed.conclusion is Conclusion.APPLIED


def test_a_fresh_command_is_refused_plainly(enrolled_device: TalkingDesk) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    answer = enrolled_device.act(case_id, WithdrawCase(reason=" "), CLERK, base=1)
    assert answer.conclusion is Conclusion.REFUSED
    assert answer.changed_by == ""
    assert answer.version == 1


def test_receiving_needs_no_session_and_accepting_does(enrolled_device: TalkingDesk) -> None:
    case_id, answer = enrolled_device.receive(RECEIVE)
    assert answer.conclusion is Conclusion.APPLIED
    accept = enrolled_device.envelope(AcceptCase(), CLERK, case_id, 1)
    problem = read_problem(enrolled_device.push(accept), 401)
    assert problem.code == "session.expired"
    assert problem.parameters["n"] == "2"
    enrolled_device.sign_in(OTHER_CLERK.login)
    assert read_problem(enrolled_device.push(accept), 401).code == "session.expired"
    enrolled_device.sign_in(CLERK.login)
    assert enrolled_device.send(accept)[0].conclusion is Conclusion.APPLIED


def test_a_stored_answer_is_repeated_after_the_session(enrolled_device: TalkingDesk) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    enrolled_device.sign_in(CLERK.login)
    accept = enrolled_device.envelope(AcceptCase(), CLERK, case_id, 1)
    first = enrolled_device.send(accept)
    enrolled_device.session = ""
    assert enrolled_device.send(accept) == first


def test_an_unknown_kind_is_kept_for_later(enrolled_device: TalkingDesk) -> None:
    envelope = enrolled_device.envelope(AcceptCase())
    envelope = replace(envelope, body=msgspec.Raw(b'{"kind":"urge.7","why":"late"}'))
    assert enrolled_device.send(envelope)[0].conclusion is Conclusion.NEEDS_UPGRADE
    _, after = enrolled_device.receive(RECEIVE)
    assert after.conclusion is Conclusion.APPLIED


@pytest.mark.parametrize(
    "body", [b'{"kind":"receive.1"}', b"[]", b'{"kind":"receive.1","x":"\\u0000"}']
)
def test_a_malformed_command_blocks_nothing(enrolled_device: TalkingDesk, body: bytes) -> None:
    envelope = replace(enrolled_device.envelope(AcceptCase()), body=msgspec.Raw(body))
    answer = enrolled_device.send(envelope)[0]
    assert answer.conclusion in {Conclusion.REFUSED, Conclusion.NEEDS_UPGRADE}
    assert enrolled_device.receive(RECEIVE)[1].conclusion is Conclusion.APPLIED


@pytest.mark.parametrize("name", ["\x1b[31m王", "王\x9b", "王\x7f", "\\\x00"])
def test_a_text_that_steers_terminals_is_refused(enrolled_device: TalkingDesk, name: str) -> None:
    applicant = replace(RECEIVE.applicant, name=name)
    _, answer = enrolled_device.receive(replace(RECEIVE, applicant=applicant))
    assert answer.refusal is not None
    assert answer.refusal.code == "command.malformed"


def test_a_typed_backslash_is_a_backslash(enrolled_device: TalkingDesk) -> None:
    applicant = replace(RECEIVE.applicant, name=r"王\u001b\\u0000")
    _, answer = enrolled_device.receive(replace(RECEIVE, applicant=applicant))
    assert answer.conclusion is Conclusion.APPLIED


def test_a_number_must_be_lent_and_is_given_once(
    make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    number = enrolled_device.next_number()
    assert enrolled_device.receive(replace(RECEIVE, number=number))[1].refusal is None
    again = enrolled_device.receive(replace(RECEIVE, number=number))[1].refusal
    assert again is not None
    assert again.code == "case_number.taken"
    stranger = make_desk(window="w1")
    foreign = stranger.receive(replace(RECEIVE, number=enrolled_device.next_number()))[1].refusal
    assert foreign is not None
    assert foreign.code == "case_number.not_lent"


@pytest.mark.parametrize(
    ("window", "code"), [("w1", "case_number.not_lent"), ("w9", "window.not_yours")]
)
def test_a_desk_receives_under_numbers_of_its_own(
    make_desk: MakeDesk, window: str, code: str
) -> None:
    desk = make_desk(window="w2")
    refusal = desk.receive(replace(RECEIVE, window=window))[1].refusal
    assert refusal is not None
    assert refusal.code == code


def test_documents_are_numbered_without_gaps_by_many_at_once(
    central: Central, make_desk: MakeDesk
) -> None:
    desks = [make_desk(window="w1") for _ in range(4)]

    def accept_five(desk: TalkingDesk) -> list[str]:
        made = [desk.receive(RECEIVE)[0] for _ in range(5)]
        for case_id in made:
            assert desk.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
        return made

    with ThreadPoolExecutor(4) as pool:
        made = [one for some in pool.map(accept_five, desks) for one in some]
    numbers = []
    with central.database.read() as connection:
        for case_id in made:
            record = cases.find_record(connection, case_id)
            assert record is not None
            (accepted,) = (one for one in record.events if isinstance(one, Accepted))
            numbers.append(accepted.document)
    assert sorted(numbers) == sorted(f"市监受〔2026〕{n}号" for n in range(1, 21))


def test_a_granted_case_puts_its_licence_into_the_library(
    central: Central, make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    assert enrolled_device.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
    office = make_desk(department="market")
    for user, act in (
        (HANDLER, PassStep(opinion="同意")),
        (REVIEWER, PassStep(opinion="同意")),
        (APPROVER, DecideCase(outcome=Outcome.GRANTED, opinion="准予")),
    ):
        assert office.act(case_id, ClaimCase(), user).refusal is None
        assert office.act(case_id, act, user).refusal is None
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
        (held,) = licences.list_held(connection, [a_person().id_number])
    assert record is not None
    decided = record.events[-1]
    assert isinstance(decided, Decided)
    assert decided.document == "市监准〔2026〕1号"
    assert decided.licence == held.number == "FOOD-LICENCE-2026-000001"
    assert decided.licence_until == held.valid_until
    assert held.case_id == case_id


def test_nobody_acts_from_a_desk_that_does_not_see_the_case(
    make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    stranger = make_desk(department="culture")
    refusal = stranger.act(case_id, ClaimCase(), STRANGER).refusal
    assert refusal is not None
    assert refusal.code == "case.unknown"


def test_nobody_signs_in_where_they_have_no_work(
    make_desk: MakeDesk, enrolled_device: TalkingDesk
) -> None:
    culture = make_desk(department="culture")
    for desk, user in ((enrolled_device, HANDLER), (culture, CLERK), (culture, HANDLER)):
        asked = {"login": user.login, "password": PASSWORD}
        assert read_problem(desk.call("/session", asked), 403).code == "session.elsewhere"
    for desk, user in ((enrolled_device, CLERK), (culture, STRANGER), (culture, MANAGER)):
        assert desk.sign_in(user.login).user == user


def exempted(evidence: str) -> tuple[Ticked, ...]:
    ticks = with_states(m2=MaterialState.EXEMPTED)
    return tuple(replace(one, evidence=evidence) if one.key == "m2" else one for one in ticks)


@pytest.mark.parametrize(
    ("held", "evidence", "state"),
    [
        ("resident-id", "R-1", MaterialState.EXEMPTED),
        ("resident-id", "licence-R-1", MaterialState.EXEMPTED),
        ("resident-id", "R-2", MaterialState.MISSING),
        ("food-licence", "R-1", MaterialState.MISSING),
    ],
)
def test_exemptions_are_checked_again(
    central: Central, enrolled_device: TalkingDesk, held: str, evidence: str, state: MaterialState
) -> None:
    central.database.commit(lambda c: hold_licence(c, type_id=held))
    case_id, answer = enrolled_device.receive(replace(RECEIVE, materials=exempted(evidence)))
    assert answer.refusal is None
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    ticked = {one.key: one for one in fold(record).materials}
    assert ticked["m2"].state is state
    assert (ticked["m2"].note == Flaw.NOT_HELD) == (state is MaterialState.MISSING)


@pytest.mark.parametrize(
    ("evidence", "code"),
    [("R-1", ""), ("R-2", "material.not_held")],
)
def test_what_stands_for_a_paper_handed_in_later_is_looked_at(
    central: Central, enrolled_device: TalkingDesk, evidence: str, code: str
) -> None:
    central.database.commit(hold_licence)
    missing = with_states(m2=MaterialState.MISSING)
    case_id, _ = enrolled_device.receive(replace(RECEIVE, materials=missing))
    tick = exempted(evidence)[1]
    answer = enrolled_device.act(case_id, HandInSupplement(materials=(tick,)), CLERK, base=1)
    assert (answer.refusal.code if answer.refusal else "") == code
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    state = fold(record).materials[1].state
    assert state is (MaterialState.MISSING if code else MaterialState.EXEMPTED)


def test_a_receipt_of_the_offline_hours_keeps_its_time(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    envelope = enrolled_device.envelope(replace(RECEIVE, number=enrolled_device.next_number()))
    taken_at = clock.now()
    clock.put(taken_at + timedelta(hours=5))
    assert enrolled_device.send(envelope)[0].refusal is None
    with central.database.read() as connection:
        record = cases.find_record(connection, envelope.case_id)
    assert record is not None
    assert record.events[0].at == taken_at


def test_a_fast_clock_receives_nothing_tomorrow(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    envelope = enrolled_device.envelope(replace(RECEIVE, number=enrolled_device.next_number()))
    ahead = replace(envelope, at=clock.now() + timedelta(days=1))
    assert enrolled_device.send(ahead)[0].refusal is None
    with central.database.read() as connection:
        record = cases.find_record(connection, envelope.case_id)
    assert record is not None
    assert record.events[0].at == clock.now()


def test_what_is_kept_of_a_receipt_has_no_password(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    case_id, _ = enrolled_device.receive(replace(RECEIVE, query_password="482913"))
    with central.database.read() as connection:
        row = cases.find_row(connection, case_id)
        record = cases.find_record(connection, case_id)
    assert row is not None
    assert len(row.query_password_hash) == 64
    assert record is not None
    received = record.events[0]
    assert isinstance(received, Received)
    assert b"482913" not in msgspec.json.encode(record)


def test_the_audit_record_holds_together(central: Central, enrolled_device: TalkingDesk) -> None:
    enrolled_device.receive(RECEIVE)
    enrolled_device.receive(replace(RECEIVE, item="unknown"))
    with central.database.read() as connection:
        assert audit.find_break(connection) is None
    tamper(central)
    with central.database.read() as connection:
        assert audit.find_break(connection) == 2


def tamper(central: Central) -> None:
    with central.database.write() as connection:
        connection.exec_driver_sql("update audit set actor = 'somebody' where seq = 2")


def test_an_item_that_is_unknown_is_refused(enrolled_device: TalkingDesk) -> None:
    _, answer = enrolled_device.receive(replace(RECEIVE, item="unknown"))
    assert answer.refusal is not None
    assert answer.refusal.code == "case.item_unknown"
