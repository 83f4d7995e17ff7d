"""What nobody answered goes up once, however many workers look; not while desks still report."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy import select

from central.db import audit, cases, feed, schema
from central.jobs.escalation import sweep_escalations
from central.restoring import mark_restored
from central.service import Central
from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.answer import Conclusion
from clerk.contract.asking import Escalated
from clerk.contract.case import (
    CaseRecord,
)
from clerk.contract.command import AcceptCase, ClaimCase, SuperviseCase, UrgeCase
from tests.support.cases import APPROVER, CLERK, HANDLER, receive_command
from tests.support.central import MANAGER, MakeDesk, TalkingDesk, read

RECEIVE = replace(receive_command(), number="")


def escalations(central: Central, case_id: str) -> list[str]:
    """To whom a case went up."""
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    return [one.to for one in record.events if isinstance(one, Escalated)]


def looks(central: Central) -> list[str]:
    """The cases that somebody read from another place."""
    with central.database.read() as connection:
        statement = select(schema.audit.c.subject).where(schema.audit.c.action == "case.watched")
        return list(connection.execute(statement).scalars())


def urged(desk: TalkingDesk) -> str:
    """An accepted case that was urged; the answer is due the next working day."""
    case_id, _ = desk.receive(RECEIVE)
    desk.act(case_id, AcceptCase(), CLERK)
    assert desk.act(case_id, UrgeCase(note="请抓紧"), MANAGER).refusal is None
    return case_id


def test_many_who_sweep_escalate_once(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    case_ids = [urged(enrolled_device) for _ in range(3)]
    sweep_watched(central)
    clock.put(clock.now() + timedelta(days=2))
    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(lambda _: sweep_escalations(central), range(3)))
    assert sum(counts) == 3
    assert [escalations(central, one) for one in case_ids] == [["approver"]] * 3
    assert sweep_escalations(central) == 0
    with central.database.read() as connection:
        assert audit.find_break(connection) is None


def test_after_a_restore_the_desks_speak_first(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    case_id = urged(enrolled_device)
    sweep_watched(central)
    central.database.commit(lambda connection: mark_restored(connection, clock.now()))
    clock.put(clock.now() + timedelta(hours=20))
    assert sweep_escalations(central) == 0
    clock.put(clock.now() + timedelta(days=2))
    assert sweep_escalations(central) == 1
    assert escalations(central, case_id) == ["approver"]


def test_whoever_watches_asks_from_anywhere_and_does_nothing_else(make_desk: MakeDesk) -> None:
    window, elsewhere = make_desk(window="w1"), make_desk(window="w2")
    there = make_desk(department="culture")
    case_id, _ = window.receive(RECEIVE)
    window.act(case_id, AcceptCase(), CLERK)
    for desk in (elsewhere, there):
        refused = desk.act(case_id, ClaimCase(), MANAGER)
        assert refused.refusal is not None
        assert refused.refusal.code == "case.unknown"
    asked = elsewhere.act(case_id, UrgeCase(note="请抓紧"), MANAGER)
    assert asked.conclusion is Conclusion.APPLIED
    supervised = there.act(case_id, SuperviseCase(reason="慢", demand="说明"), MANAGER)
    assert supervised.conclusion is Conclusion.APPLIED
    unseen = elsewhere.act(case_id, UrgeCase(note="我也问"), CLERK)
    assert unseen.refusal is not None
    assert unseen.refusal.code == "case.unknown"


def test_whoever_watches_reads_a_case_masked_and_a_stranger_does_not(
    central: Central, make_desk: MakeDesk
) -> None:
    window, elsewhere = make_desk(window="w1"), make_desk(window="w2")
    case_id, _ = window.receive(RECEIVE)
    elsewhere.sign_in(MANAGER.login)
    shown = read(elsewhere.get(f"/cases/{case_id}"), CaseRecord)
    assert RECEIVE.applicant.id_number not in str(shown)
    assert looks(central) == [case_id]
    elsewhere.sign_in(CLERK.login)
    assert elsewhere.get(f"/cases/{case_id}").status_code == 404
    department = make_desk(department="market")
    department.sign_in(APPROVER.login)
    assert department.get(f"/cases/{case_id}").status_code == 200
    assert looks(central) == [case_id], "what one's desk sees is nothing out of the way"
    department.sign_in(HANDLER.login)
    assert department.get(f"/cases/{case_id}").status_code == 200


def test_an_escalation_reaches_the_desks(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    case_id = urged(enrolled_device)
    sweep_watched(central)
    enrolled_device.bootstrap()
    clock.put(clock.now() + timedelta(days=2))
    sweep_escalations(central)
    enrolled_device.hello()
    assert [one.id for one in enrolled_device.pull().items] == [case_id]
    with central.database.read() as connection:
        assert feed.head(connection) >= enrolled_device.cursor
