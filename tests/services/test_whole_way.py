"""From the window through two departments back to the window, and into the workbook."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk.clock import SettableClock
from clerk.contract.case import Delivery, DocumentKind, Outcome, Stage, SupplementLine
from clerk.contract.report import Period
from clerk.errors import InputError, RefusedError
from services.bootstrap import Desk
from services.cases import CaseQuery, ListedCase, key_of
from services.doctor import Grade
from services.queues import COUNTER_QUEUES, DEPARTMENT_QUEUES
from services.release import Collector
from tests.support.cases import FOOD
from tests.support.desk import (
    PASSWORD,
    SIGN,
    Hall,
    OpenDesk,
    on_both_servers,
    open_paper,
    type_walk_in,
)
from tests.support.people import a_person

pytestmark = on_both_servers


def work_through(desk: Desk, department: str, case_id: str) -> None:
    """Handle, review and grant, each by its own person at the department's desk."""
    for step in ("handler", "reviewer"):
        desk.session.sign_in(f"{department}-{step}", PASSWORD)
        desk.casework.claim(case_id)
        desk.casework.pass_step(case_id, "材料齐全，拟同意")
    desk.session.sign_in(f"{department}-approver", PASSWORD)
    desk.casework.claim(case_id)
    granted = desk.casework.grant(case_id, "准予")
    assert granted.paper is not None
    assert "准予" in open_paper(granted.paper)


def test_the_whole_way(hall: Hall, desk: Desk, open_at: OpenDesk, clock: SettableClock) -> None:
    market = open_at("market", department="market")
    construction = open_at("construction", department="construction")
    food, sign = desk.intake.receive(type_walk_in(desk, FOOD, SIGN, seed=2)).cases
    desk.sync.run_once()
    for case in (food, sign):
        desk.counter.accept(case.case_id)
    clock.put(clock.now() + timedelta(days=1))
    for there, department, case in ((market, "market", food), (construction, "construction", sign)):
        there.sync.run_once()
        work_through(there, department, case.case_id)
    assert construction.cases.detail(sign.case_id).case.delivery is Delivery.IN_PRODUCTION
    construction.casework.produce(sign.case_id)

    desk.session.sign_in("counter", PASSWORD)
    desk.sync.run_once()
    found = desk.release.ready(food.number)
    assert {case.number for case in found} == {food.number, sign.number}
    assert {case.id for case in desk.release.ready(a_person(2).id_number)} == {
        food.case_id,
        sign.case_id,
    }
    collector = Collector(name=a_person(2).name, signature="本人签收")
    handover = desk.release.release([case.id for case in found], collector)
    assert len(handover.papers) == 2
    assert not handover.failed
    assert "送达回证" in open_paper(handover.papers[0]).replace(" ", "")
    shown = desk.cases.detail(food.case_id)
    assert (shown.case.outcome, shown.case.delivery) == (Outcome.GRANTED, Delivery.RELEASED)

    draft = type_walk_in(desk, FOOD, seed=2)
    reading = desk.intake.view(draft).reading
    card = desk.lookup.card(reading.kind, reading.number, draft.id)
    assert "food-licence" in [one.type for one in card.licences], "the library holds it already"

    again = desk.release.release
    with pytest.raises(RefusedError, match=r"delivery\.already_released"):
        again([food.case_id], collector)

    desk.session.sign_in("manager", PASSWORD)
    period = Period(clock.now().date().replace(day=1), clock.now().date())
    tally = desk.reports.figures(period)
    assert [tally.total[key] for key in ("received", "decided", "on_time")] == [2, 2, 2]
    assert set(tally.groups["department"]) == {FOOD.department_name, SIGN.department_name}
    book = desk.reports.export(period)
    assert book.read_bytes().startswith(b"PK")


def test_a_supplement_goes_back_to_the_window(desk: Desk, open_at: OpenDesk) -> None:
    market = open_at("market", department="market", login="market-handler")
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    desk.counter.accept(case.case_id)
    market.sync.run_once()
    market.casework.claim(case.case_id)
    done = market.casework.send_back(case.case_id, (SupplementLine("m3", "布局图", "比例不符"),))
    assert done.paper is not None
    assert "比例不符" in open_paper(done.paper)
    desk.sync.run_once()
    assert desk.cases.detail(case.case_id).case.stage is Stage.SUPPLEMENTING


def test_a_stale_act_is_told_who_was_faster(desk: Desk, open_at: OpenDesk) -> None:
    market = open_at("market", department="market", login="market-handler")
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    desk.counter.accept(case.case_id)
    market.sync.run_once()
    desk.counter.withdraw(case.case_id, "改期办理")
    with pytest.raises(RefusedError) as caught:
        market.casework.claim(case.case_id)
    assert (caught.value.code, caught.value.parameters["changed_by"]) == (
        "case.wrong_stage",
        "窗口甲",
    )


def test_queues_hold_what_their_names_say(desk: Desk, open_at: OpenDesk) -> None:
    market = open_at("market", department="market", login="market-handler")
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    held = {one.key for one in COUNTER_QUEUES if desk.cases.count(desk.cases.query_of(one))}
    assert held == {"to_decide", "waiting", "all"}
    desk.sync.run_once()
    desk.counter.accept(case.case_id)
    held = {one.key for one in COUNTER_QUEUES if desk.cases.count(desk.cases.query_of(one))}
    assert held == {"in_hand", "all"}
    market.sync.run_once()
    handlers = tuple(one for one in DEPARTMENT_QUEUES if not one.to_approve)
    assert market.cases.queues() == handlers, "a handler approves nothing"
    held = {one.key for one in DEPARTMENT_QUEUES if market.cases.count(market.cases.query_of(one))}
    assert held == {"to_do", "in_hand", "all"}
    market.casework.claim(case.case_id)
    held = {one.key for one in DEPARTMENT_QUEUES if market.cases.count(market.cases.query_of(one))}
    assert held == {"to_do", "mine", "in_hand", "all"}
    found = market.cases.find_by_number(case.number)
    assert found is not None
    assert found.claim_name == "市监handler"


def test_pages_follow_each_other_with_waiting_cases_among_them(hall: Hall, desk: Desk) -> None:
    for seed in range(3):
        desk.intake.receive(type_walk_in(desk, FOOD, seed=seed))
    desk.sync.run_once()
    hall.stop()
    for seed in range(2):
        desk.intake.receive(type_walk_in(desk, SIGN, seed=seed))
    query = CaseQuery(limit=2)
    seen: list[ListedCase] = []
    while rows := desk.cases.page(query):
        seen += rows
        query = CaseQuery(limit=2, after=key_of(rows[-1], query.order))
    assert len({row.id for row in seen}) == len(seen) == desk.cases.count(CaseQuery()) == 5
    assert sorted(seen, key=lambda row: (row.received_at, row.id), reverse=True) == seen
    assert sum(row.waiting for row in seen) == 2


def test_release_asks_for_what_can_be_read(desk: Desk) -> None:
    for text, code in (
        ("260601001000427", "case_number.check_digit"),
        ("260601 001 00042 7", "case_number.check_digit"),
        ("26060100100042", "case_number.length"),
        ("110101199003070000", "identifier.check_digit"),
        ("130503670401001", "identifier.old_resident"),
        ("😀" * 40, "release.text_unreadable"),
        ("receipt", "release.text_unreadable"),
    ):
        with pytest.raises(InputError, match=code.replace(".", r"\.")):
            desk.release.ready(text)
    assert desk.release.ready(a_person(3).id_number) == ()


def test_the_doctor_finds_a_desk_well_and_a_line_down(hall: Hall, desk: Desk) -> None:
    found = {one.code: one.grade for one in desk.doctor.examine()}
    assert set(found.values()) == {Grade.WELL}
    assert {"store.whole", "line.up", "keyring.there", "fonts.there", "versions"} <= set(found)
    hall.stop()
    assert {one.code: one.grade for one in desk.doctor.examine()}["line.down"] is Grade.WARNING


def test_a_receipt_is_printed_again_with_its_whole_visit(desk: Desk) -> None:
    cases = desk.intake.receive(type_walk_in(desk, FOOD, SIGN)).cases
    desk.sync.run_once()
    text = open_paper(desk.papers.print_paper(cases[1].case_id, DocumentKind.RECEIPT))
    assert all(case.number in text.replace(" ", "") for case in cases)
