"""A day at a desk, against a real central over a socket."""

from __future__ import annotations

import logging
import os
from datetime import timedelta

import pytest
from argon2 import Type, extract_parameters

from central import staff
from clerk.clock import SettableClock
from clerk.contract.case import DocumentKind, MaterialState, Stage
from clerk.errors import InputError, RefusedError, StoreError, UnreachableError
from services.bootstrap import Desk, enrol_desk, open_desk
from services.cases import CaseQuery
from services.profile import get_profile
from storage import leases, sessions
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk, open_paper, type_walk_in


def test_a_desk_enrols_and_fetches_its_catalogue(desk: Desk) -> None:
    assert (desk.enrolled.window, desk.enrolled.window_number) == ("w1", 3)
    assert desk.catalogue.count() == 2
    assert [hit.id for hit in desk.catalogue.find("spjyxk")] == ["food"]
    status = desk.sync.status()
    assert status.online
    assert status.numbers_left == 200


def test_a_code_serves_one_desk(hall: Hall, clock: SettableClock) -> None:
    code = hall.give_code("w1")
    enrol_desk(get_profile("one"), address=hall.address, code=code, clock=clock)
    with pytest.raises(RefusedError, match=r"enrolment\.code_used"):
        enrol_desk(get_profile("two"), address=hall.address, code=code, clock=clock)
    with pytest.raises(StoreError, match=r"desk\.enrolled_already"):
        enrol_desk(get_profile("one"), address=hall.address, code=code, clock=clock)


def test_a_desk_that_is_not_enrolled_does_not_open() -> None:
    with pytest.raises(StoreError, match=r"desk\.not_enrolled"):
        open_desk(get_profile("new"))


def test_a_profile_is_open_once(desk: Desk) -> None:
    with pytest.raises(StoreError, match=r"store\.in_use"):
        open_desk(desk.profile, desk.clock)


def test_what_a_desk_keeps_of_a_password_is_dear(desk: Desk) -> None:
    profile, clock = desk.profile, desk.clock
    desk.close()
    as_people_run_it = open_desk(profile, clock)
    as_people_run_it.session.sign_in("counter", PASSWORD)
    with as_people_run_it._store.read() as connection:
        saved = sessions.find(connection, "counter")
    as_people_run_it.close()
    assert saved is not None
    cost = extract_parameters(saved.verifier)
    assert cost.type is Type.ID
    assert (cost.time_cost, cost.memory_cost, cost.parallelism) == (3, 65_536, 4)


def test_a_walk_in_is_received_and_accepted(desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD, SIGN)
    visit = desk.intake.view(draft)
    assert visit.verdict.complete
    assert [line.key for line in visit.lines].count("id-card") == 1, "asked for once"
    received = desk.intake.receive(draft)
    assert len(received.cases) == 2
    assert received.receipt is not None
    printed = open_paper(received.receipt).replace(" ", "")
    assert all(case.number in printed for case in received.cases)
    assert received.password in printed
    desk.sync.run_once()
    assert desk.sync.status().waiting == 0
    done = desk.counter.accept(received.cases[0].case_id)
    assert done.case.case is not None
    assert done.case.case.stage is Stage.ACCEPTED
    assert done.paper is not None
    assert "受理" in open_paper(done.paper)
    with pytest.raises(StoreError, match=r"draft\.unknown"):
        desk.drafts.get(draft.id)


def test_a_visit_is_received_once(desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD)
    desk.intake.receive(draft)
    with pytest.raises(StoreError, match=r"draft\.unknown"):
        desk.intake.receive(draft)
    assert len(desk.sync.outbox()) == 1


def test_what_cannot_be_received_is_told_before_anything_is_written(desk: Desk) -> None:
    draft = desk.drafts.new()
    with pytest.raises(InputError) as caught:
        desk.intake.receive(draft)
    assert caught.value.parameters["field"] == "id_text"
    assert not desk.sync.outbox()


def test_received_with_the_line_down(hall: Hall, desk: Desk) -> None:
    hall.stop()
    received = desk.intake.receive(type_walk_in(desk, FOOD))
    case_id, number = received.cases[0].case_id, received.cases[0].number
    assert received.receipt is not None
    assert number in open_paper(received.receipt).replace(" ", "")
    with pytest.raises(UnreachableError, match=r"line\.down"):
        desk.sync.run_once()
    status = desk.sync.status()
    assert (status.online, status.waiting, status.error) == (False, 1, "line.down")
    (row,) = desk.cases.page(CaseQuery())
    assert (row.number, row.stage, row.waiting) == (number, Stage.RECEIVED, True)
    detail = desk.cases.detail(case_id)
    assert detail.waiting
    assert detail.timing.promised_due is not None
    with pytest.raises(UnreachableError, match=r"line\.down"):
        desk.counter.accept(case_id)
    assert len(desk.sync.outbox()) == 1, "the act is not queued"

    hall.start()
    desk.sync.run_once()
    assert desk.sync.status().waiting == 0
    (row,) = desk.cases.page(CaseQuery())
    assert not row.waiting
    assert desk.counter.accept(case_id).paper is not None
    assert desk.cases.detail(case_id).case.stage is Stage.ACCEPTED


def test_numbers_come_from_the_lease_and_end_with_it(
    hall: Hall, desk: Desk, clock: SettableClock
) -> None:
    hall.stop()
    cases = desk.intake.receive(type_walk_in(desk, FOOD, SIGN)).cases
    assert len({case.number for case in cases}) == 2
    with desk._store.begin() as connection:
        taken = [leases.take_next(connection, 3, clock.now().date()) for _ in range(197)]
    assert len(set(taken)) == 197
    draft = type_walk_in(desk, FOOD, SIGN)
    with pytest.raises(InputError, match=r"numbers\.exhausted"):
        desk.intake.receive(draft)
    assert desk.drafts.get(draft.id) == draft, "what was typed is still there"
    assert desk.sync.status().numbers_left == 1, "and so is the one number"
    hall.start()
    desk.sync.run_once()
    desk.sync.run_once()
    assert desk.sync.status().numbers_left == 201
    assert len(desk.intake.receive(draft).cases) == 2


def test_signing_in_with_the_line_down(hall: Hall, desk: Desk, clock: SettableClock) -> None:
    desk.session.sign_out()
    hall.stop()
    with pytest.raises(InputError, match=r"session\.wrong_password"):
        desk.session.sign_in("counter", "guess-and-guess")
    with pytest.raises(UnreachableError, match=r"session\.unknown_here"):
        desk.session.sign_in("other", PASSWORD)
    assert desk.session.sign_in("counter", PASSWORD).name == "窗口甲"
    assert not desk.session.online
    received = desk.intake.receive(type_walk_in(desk, FOOD))
    with pytest.raises(RefusedError, match=r"session\.needed"):
        desk.counter.accept(received.cases[0].case_id)
    clock.put(clock.now() + timedelta(hours=25))
    desk.session.sign_out()
    with pytest.raises(InputError, match=r"session\.wrong_password"):
        desk.session.sign_in("counter", "guess-and-guess")
    assert desk.session.sign_in("counter", PASSWORD).name == "窗口甲", "applicants wait"
    with pytest.raises(StoreError, match=r"cases\.locked"):
        desk.cases.page(CaseQuery())
    assert len(desk.intake.receive(type_walk_in(desk, FOOD)).cases) == 1, "intake still works"


def test_signing_in_anew_after_the_session_ran_out(desk: Desk, clock: SettableClock) -> None:
    received = desk.intake.receive(type_walk_in(desk, FOOD))
    clock.put(clock.now() + timedelta(hours=13))
    desk.sync.run_once()
    with pytest.raises(RefusedError, match=r"session\.needed"):
        desk.counter.accept(received.cases[0].case_id)
    desk.session.sign_in("counter", PASSWORD)
    assert desk.counter.accept(received.cases[0].case_id).paper is not None


def test_a_wrong_password_is_refused_by_central(desk: Desk) -> None:
    with pytest.raises(RefusedError, match=r"session\.wrong_password"):
        desk.session.sign_in("counter", "guess-and-guess")
    assert desk.session.user is not None, "who was there is there still"


def test_a_disabled_user_does_not_come_in_by_pulling_the_cable(
    hall: Hall, desk: Desk, clock: SettableClock
) -> None:
    hall.central.database.commit(
        lambda connection: staff.disable_user(connection, "counter", clock.now())
    )
    with pytest.raises(RefusedError, match=r"session\.wrong_password"):
        desk.session.sign_in("counter", PASSWORD)
    hall.stop()
    with pytest.raises(UnreachableError, match=r"session\.unknown_here"):
        desk.session.sign_in("counter", PASSWORD)


def test_a_locked_screen_opens_to_its_own_password(desk: Desk) -> None:
    desk.session.lock()
    with pytest.raises(InputError, match=r"session\.wrong_password"):
        desk.session.unlock("guess-and-guess")
    assert desk.session.locked
    desk.session.unlock(PASSWORD)
    assert not desk.session.locked


def test_a_refused_command_is_kept_until_dismissed(desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD, m1=MaterialState.MISSING)
    (case,) = desk.intake.receive(draft).cases
    desk.sync.run_once()
    with pytest.raises(InputError, match=r"case\.materials_missing"):
        desk.counter.accept(case.case_id)
    assert not desk.sync.outbox(), "known here already: nothing was sent"
    with pytest.raises(RefusedError, match=r"delivery\.wrong_state"):
        desk.casework.produce(case.case_id)
    (entry,) = desk.sync.outbox()
    assert entry.is_refused
    assert desk.cases.detail(case.case_id).problems == (entry,)
    assert desk.sync.status().refused == 1
    desk.sync.dismiss(entry.n)
    assert not desk.sync.outbox()


def test_papers_are_printed_again_as_copies(desk: Desk) -> None:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    again = desk.papers.print_paper(case.case_id, DocumentKind.RECEIPT)
    assert "补打" in open_paper(again)
    with pytest.raises(InputError, match=r"paper\.not_given"):
        desk.papers.print_paper(case.case_id, DocumentKind.DECISION)


def test_a_lookup_is_audited_and_exempts(hall: Hall, desk: Desk) -> None:
    before = hall.count("audit")
    draft = type_walk_in(desk, FOOD, seed=2)
    reading = desk.intake.view(draft).reading
    card = desk.lookup.card(reading.kind, reading.number, draft.id)
    assert card.found
    assert reading.number not in repr(card)
    assert [one.type for one in card.licences] == ["resident-id"]
    assert hall.count("lookups") == 1
    assert hall.count("audit") > before
    hall.stop()
    with pytest.raises(UnreachableError, match=r"line\.down"):
        desk.lookup.card(reading.kind, reading.number, draft.id)


def test_two_desks_see_each_their_own(desk: Desk, open_at: OpenDesk) -> None:
    other = open_at("w2", window="w2", login="other")
    market = open_at("market", department="market", login="market-handler")
    mine = desk.intake.receive(type_walk_in(desk, FOOD)).cases[0]
    theirs = other.intake.receive(type_walk_in(other, SIGN, seed=3)).cases[0]
    for one in (desk, other, market):
        one.sync.run_once()
    assert [row.id for row in desk.cases.page(CaseQuery())] == [mine.case_id]
    assert [row.id for row in other.cases.page(CaseQuery())] == [theirs.case_id]
    market.sync.run_once()
    assert [row.id for row in market.cases.page(CaseQuery())] == [mine.case_id]


def test_old_prints_are_deleted_at_the_next_start(desk: Desk) -> None:
    old, new = desk.profile.papers / "1-receipt.pdf", desk.profile.papers / "2-receipt.pdf"
    for path, days in ((old, 8), (new, 6)):
        path.write_bytes(b"%PDF")
        at = (desk.clock.now() - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))
    desk.close()
    open_desk(desk.profile, desk.clock).close()
    assert (old.exists(), new.exists()) == (False, True)


def test_a_forecast_moves_with_the_day(hall: Hall, desk: Desk, clock: SettableClock) -> None:
    (_case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    (before,) = desk.cases.page(CaseQuery())
    clock.put(clock.now() + timedelta(days=1))
    desk.sync.run_once()
    (after,) = desk.cases.page(CaseQuery())
    assert before.forecast
    assert before.promised_due is not None
    assert after.promised_due is not None
    assert after.promised_due > before.promised_due


def test_the_log_names_nobody(hall: Hall, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    draft = type_walk_in(desk, FOOD, seed=2)
    reading = desk.intake.view(draft).reading
    desk.lookup.card(reading.kind, reading.number, draft.id)
    (case,) = desk.intake.receive(draft).cases
    desk.sync.run_once()
    desk.counter.accept(case.case_id)
    hall.stop()
    with pytest.raises(UnreachableError):
        desk.release.ready(reading.number)
    told = "\n".join(f"{vars(record)} {record.getMessage()}" for record in caplog.records)
    assert "visit.received" in told
    assert reading.number not in told
    assert draft.name not in told
    assert PASSWORD not in told
