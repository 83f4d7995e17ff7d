"""A licence from the grant to the window: sealed at central, printed at the desk, checked there."""

from __future__ import annotations

import pytest

from central.jobs.sealing import sweep_sealing
from clerk.contract.case import DocumentKind
from clerk.contract.licence import LicenceStatus
from clerk.contract.licence_life import LicenceAct, LicenceGround, LicencePlan
from clerk.errors import ClerkError, InputError, RefusedError
from exports.papers.checking import check_pdf
from services.bootstrap import Desk
from services.release import Collector
from tests.services.test_whole_way import work_through
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, OpenDesk, open_paper, type_walk_in
from tests.support.people import a_person
from tests.support.seals import PASSPHRASE, install


def grant(desk: Desk, market: Desk) -> str:
    """A food licence, granted; the case, as both desks see it."""
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD, seed=2)).cases
    desk.sync.run_once()
    desk.counter.accept(case.case_id)
    market.sync.run_once()
    work_through(market, "market", case.case_id)
    desk.sync.run_once()
    return str(case.case_id)


def seal(hall: Hall) -> None:
    """Seal what waits, unless the hall's own sweep was faster."""
    sweep_sealing(hall.central)


def test_a_licence_is_printed_as_it_was_sealed(
    hall: Hall, desk: Desk, open_at: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(hall.central.database)
    market = open_at("market", department="market")
    case_id = grant(desk, market)
    collector = Collector(name=a_person(2).name, signature="本人签收")
    with pytest.raises(InputError, match=r"licence\.being_sealed"):
        desk.licences.print_licence(case_id)
    with pytest.raises(RefusedError, match=r"licence\.being_sealed"):
        desk.release.release([case_id], collector)
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    hall.clock.put(hall.clock.now().replace(hour=11))
    seal(hall)
    desk.sync.run_once()
    case = desk.cases.detail(case_id).case
    assert case is not None
    handover = desk.release.release([case_id], collector)
    (licence,), (proof,) = handover.licences, handover.papers
    assert "送达回证" in open_paper(proof).replace(" ", "")
    checked = check_pdf(licence.read_bytes())
    assert case.licence_paper is not None
    assert (checked.faults, checked.sha256) == ((), case.licence_paper.sha256)
    text = open_paper(licence)
    assert case.licence in text
    assert a_person(2).name in text
    assert a_person(2).id_number not in text
    assert hall.list_audit("licence.sealed") == [case_id]
    assert desk.licences.print_licence(case_id) == licence


def test_with_the_line_down_no_licence_no_handing_out(
    hall: Hall, desk: Desk, open_at: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    install(hall.central.database)
    market = open_at("market", department="market")
    case_id = grant(desk, market)
    seal(hall)
    desk.sync.run_once()
    hall.stop()
    with pytest.raises(ClerkError):
        desk.release.release([case_id], Collector(name="甲", signature="签"))
    assert desk.cases.detail(case_id).case.released_at is None


def test_revoked_by_two_on_paper_with_ground_and_remedies(
    hall: Hall, desk: Desk, open_at: OpenDesk
) -> None:
    market = open_at("market", department="market")
    case_id = grant(desk, market)
    desk.session.sign_in("counter", PASSWORD)
    desk.release.release([case_id], Collector(name=a_person(2).name, signature="本人签收"))
    market.sync.run_once()
    market.session.sign_in("market-handler", PASSWORD)
    plan = LicencePlan(
        act=LicenceAct.REVOKE, reason="申请材料系伪造", ground=LicenceGround.DECEPTION
    )
    market.proposals.propose(case_id, plan)
    market.session.sign_in("market-head", PASSWORD)
    case = market.cases.detail(case_id).case
    held = {one.key for one in market.cases.queues()}
    assert "to_approve" in held
    market.proposals.approve(case_id, case.proposals[-1].n)
    notice = market.papers.print_paper(case_id, DocumentKind.LICENCE)
    assert not notice.name.endswith("-licence.pdf"), "the sealed licence is called so"
    text = open_paper(notice).replace(" ", "")
    told = "".join(text.split())
    for words in (
        "撤销行政许可决定书",
        "市监证〔2026〕1号",
        "第六十九条第二款",
        "六十日",
        "六个月",
    ):
        assert words in told, words
    assert "赔偿" not in told  # Art. 69(4): what was obtained by deceit is not protected
    desk.sync.run_once()
    assert desk.cases.detail(case_id).case.licence_status is LicenceStatus.REVOKED
    draft = type_walk_in(desk, FOOD, seed=2)
    reading = desk.intake.view(draft).reading
    card = desk.lookup.card(reading.kind, reading.number, draft.id)
    status = next(one.status for one in card.licences if one.type == "food-licence")
    assert status is LicenceStatus.REVOKED
