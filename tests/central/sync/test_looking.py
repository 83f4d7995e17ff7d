"""Findings go to auditors' desks alone, and a look at one comes back once."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from central.db import findings
from central.restoring import mark_restored
from central.service import Central
from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.answer import Conclusion
from clerk.contract.command import LookInto
from clerk.contract.supervision import Finding
from clerk.contract.sync import Pushed
from tests.central.watching.test_findings import hurry
from tests.support.cases import MONDAY, receive_command
from tests.support.central import AUDITOR, MANAGER, MakeDesk, read, read_problem

LOOK = LookInto(note="已核查")


def only_finding(central: Central) -> Finding:
    with central.database.read() as connection:
        (found,) = findings.list_between(connection, MONDAY, MONDAY.replace(year=2027))
    return found


def test_the_feed_brings_findings_to_auditors_alone(central: Central, make_desk: MakeDesk) -> None:
    audit, window = make_desk(), make_desk(window="w1")
    for desk in (audit, window):
        desk.pull()
    hurry(make_desk, 1)
    sweep_watched(central)
    found = only_finding(central)
    assert [one.id for one in audit.pull().items] == [found.id]
    assert found.id not in [one.id for one in window.pull().items]
    assert found.id in [one.id for one in make_desk().bootstrap()]
    assert found.id not in [one.id for one in window.bootstrap()]
    sweep_watched(central)
    assert not audit.pull().items, "found again is no news"


def test_a_look_is_taken_once(central: Central, make_desk: MakeDesk) -> None:
    hurry(make_desk, 1)
    sweep_watched(central)
    audit, found = make_desk(), only_finding(central)
    audit.sign_in(AUDITOR.login)
    envelope = audit.envelope(LOOK, AUDITOR, found.id, found.version)
    first, second = audit.send(envelope), audit.send(envelope)
    assert first == second
    assert first[0].conclusion is Conclusion.APPLIED
    assert [one.note for one in only_finding(central).looks] == ["已核查"]
    (put,) = [one for one in audit.pull().items if one.id == found.id]
    assert put.version == 2


def test_who_may_not_look(central: Central, make_desk: MakeDesk) -> None:
    hurry(make_desk, 1)
    sweep_watched(central)
    window, found = make_desk(window="w1"), only_finding(central)
    refused = window.act(found.id, LOOK, MANAGER).refusal
    assert refused is not None
    assert refused.code == "user.role_needed"
    unknown = make_desk().act("R04|nobody|1", LOOK, AUDITOR).refusal
    assert unknown is not None
    assert unknown.code == "finding.unknown"
    assert not only_finding(central).looks


def test_after_a_restore_a_look_waits_for_its_finding(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    (case_id,) = hurry(make_desk, 1)
    central.database.commit(partial(mark_restored, now=clock.now()))
    audit = make_desk()
    audit.sign_in(AUDITOR.login)
    with central.database.read() as connection:
        assert not findings.is_about(connection, case_id)
    envelope = audit.envelope(LOOK, AUDITOR, f"R04|{case_id}|9", 1)
    pushed = read(audit.push(envelope), Pushed)
    assert (pushed.answers, pushed.mending) == ((), True)
    sweep_watched(central)
    assert only_finding(central).id == envelope.case_id
    assert audit.send(envelope)[0].conclusion is Conclusion.APPLIED


def test_an_auditor_reads_what_something_was_found_in(
    central: Central, make_desk: MakeDesk
) -> None:
    (case_id,) = hurry(make_desk, 1)
    other = make_desk(window="w1")
    sweep_watched(central)
    audit = make_desk()
    audit.session = audit.sign_in(AUDITOR.login).token
    assert audit.get(f"/cases/{case_id}").is_success
    unsuspicious, _answer = other.receive(replace(receive_command(), number=""))
    assert read_problem(audit.get(f"/cases/{unsuspicious}"), 404).code == "case.unknown"
