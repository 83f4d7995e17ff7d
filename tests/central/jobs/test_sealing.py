"""A grant asks for its paper; the sweep seals it once, whatever happens in between."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

import pytest
from cryptography import x509

from central.db import audit, licence_papers, licences, meta, seals
from central.jobs.sealing import sweep_sealing
from central.licensing.digits import check_digits, fits
from central.seals.keeping import ADDRESS
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.command import Approve, Propose, ReleaseResult
from clerk.contract.proposal import ActUndone, CorrectPlan, DecisionAmendment
from exports.papers.checking import check_pdf
from tests.support.cases import CLERK, HANDLER, HEAD, MONDAY
from tests.support.central import MakeDesk
from tests.support.granting import Granted
from tests.support.seals import PASSPHRASE, install

RELEASE = ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="签")


@pytest.fixture
def town(central: Central, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> Granted:
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    return Granted(central, make_desk)


def bytes_of(central: Central, sha256: str, size: int) -> bytes:
    return central.blobs.read_blob(sha256, 0, size)


def test_a_granted_licence_is_sealed_and_reaches_the_window(town: Granted) -> None:
    central = town.central
    seal = install(central.database)
    central.database.commit(lambda one: meta.put(one, ADDRESS, "https://licences.example"))
    case_id = town.grant()
    case = town.case(case_id)
    assert (case.sealing, case.licence_paper) == (True, None)
    assert town.refused(town.window, case_id, RELEASE, CLERK) == "licence.being_sealed"
    assert sweep_sealing(central) == 1
    assert sweep_sealing(central) == 0
    case = town.case(case_id)
    paper = case.licence_paper
    assert paper is not None
    assert (case.sealing, paper.issue) == (False, 1)
    town.window.sign_in(CLERK.login)
    there = town.window.get(f"/blobs/{paper.sha256}")
    data = there.content
    assert (there.status_code, there.headers["content-type"]) == (200, "application/pdf")
    checked = check_pdf(data)
    assert (checked.faults, checked.sha256) == ((), paper.sha256)
    assert checked.certificate == seal.certificate
    assert checked.signed_at == central.clock.now()
    with central.database.read() as connection:
        code = check_digits(connection, "food-licence", case.licence)
        assert audit.find_break(connection) is None
    address = f"https://licences.example/verify?n={case.licence}&c={code}"
    assert (checked.office, checked.contact) == ("市市场监督管理局", address)
    assert case.applicant.id_number not in address
    town.act(town.window, case_id, RELEASE, CLERK)


def test_without_a_seal_nobody_waits_and_one_that_comes_later_seals(town: Granted) -> None:
    case_id = town.grant()
    assert not town.case(case_id).sealing
    assert sweep_sealing(town.central) == 0
    town.act(town.window, case_id, RELEASE, CLERK)
    install(town.central.database)
    assert sweep_sealing(town.central) == 1
    assert town.case(case_id).licence_paper is not None


def test_many_who_sweep_at_once_seal_once(town: Granted) -> None:
    install(town.central.database)
    cases = [town.grant() for _ in range(2)]
    done: list[int] = []
    sweeps = [
        threading.Thread(target=lambda: done.append(sweep_sealing(town.central))) for _ in range(3)
    ]
    for sweep in sweeps:
        sweep.start()
    for sweep in sweeps:
        sweep.join()
    assert sum(done) == 2
    numbers = [town.case(one).licence for one in cases]
    assert numbers == ["FOOD-LICENCE-2026-000001", "FOOD-LICENCE-2026-000002"]
    for one in cases:
        paper = town.case(one).licence_paper
        assert paper is not None
        assert not check_pdf(bytes_of(town.central, paper.sha256, paper.size)).faults


def test_a_crash_before_it_is_told_loses_nothing(
    town: Granted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Central ends between storing the bytes and writing that down."""
    install(town.central.database)
    case_id = town.grant()
    crashing = pytest.MonkeyPatch()
    crashing.setattr(town.central.database, "commit", _crash)
    with pytest.raises(KeyboardInterrupt):
        sweep_sealing(town.central)
    crashing.undo()
    assert town.case(case_id).sealing
    assert sweep_sealing(town.central) == 1
    paper = town.case(case_id).licence_paper
    assert paper is not None
    assert not check_pdf(bytes_of(town.central, paper.sha256, paper.size)).faults


def _crash(_act: object) -> None:
    raise KeyboardInterrupt


def test_a_key_that_is_away_stops_no_grant_and_is_tried_again(
    town: Granted, monkeypatch: pytest.MonkeyPatch, clock: SettableClock
) -> None:
    install(town.central.database)
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", "quite another one")
    case_id = town.grant()
    assert sweep_sealing(town.central) == 0
    assert town.case(case_id).sealing
    with town.central.database.read() as connection:
        licence = licences.find_of_case(connection, town.case(case_id).licence, case_id)
        assert licence is not None
        waiting = licence_papers.find_newest(connection, licence.id)
        assert waiting is not None
        assert (waiting.state, waiting.problem) == ("waiting", "seal.passphrase_wrong")
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    assert sweep_sealing(town.central) == 0  # it rests for a minute
    clock.put(clock.now() + timedelta(minutes=2))
    assert sweep_sealing(town.central) == 1


def test_a_corrected_validity_is_another_paper_and_one_taken_back_is_none(town: Granted) -> None:
    install(town.central.database)
    case_id = town.grant()
    sweep_sealing(town.central)
    first = town.case(case_id).licence_paper
    assert first is not None
    until = MONDAY.date().replace(year=2028)
    amendment = DecisionAmendment(opinion="准予", licence_until=until)
    plan = CorrectPlan(act=9, amendment=amendment, reason="笔误")
    town.act(town.department, case_id, Propose(plan=plan), HANDLER)
    town.act(town.department, case_id, Approve(proposal=11), HEAD)
    assert town.case(case_id).sealing
    assert sweep_sealing(town.central) == 1
    second = town.case(case_id).licence_paper
    assert second is not None
    assert (second.issue, second.sha256 != first.sha256) == (2, True)
    with town.central.database.read() as connection:
        old = licence_papers.find_by_hash(connection, first.sha256)
        assert old is not None
        assert old.state == "void"
    undo = CorrectPlan(act=9, amendment=ActUndone(), reason="核查有误")
    town.act(town.department, case_id, Propose(plan=undo), HANDLER)
    proposal = town.case(case_id).proposals[0].n
    town.act(town.department, case_id, Approve(proposal=proposal), HEAD)
    case = town.case(case_id)
    assert (case.licence, case.sealing, case.licence_paper) == ("", False, None)


def test_check_digits_belong_to_one_licence_however_they_are_typed(town: Granted) -> None:
    with town.central.database.read() as connection:
        code = check_digits(connection, "food-licence", "F-1")
        assert len(code) == 8
        assert fits(connection, "food-licence", "F-1", f" {code[:4].lower()} {code[4:]}")
        for other in (("food-licence", "F-2"), ("other", "F-1")):
            assert not fits(connection, *other, code)


def test_a_seal_in_use_is_one_per_department(town: Granted) -> None:
    seal = install(town.central.database)
    with town.central.database.read() as connection:
        assert seals.find_in_use(connection, "market") == seal
        assert seals.find_in_use(connection, "fire") is None
    retiring = partial(seals.retire, department="market", at=MONDAY)
    assert town.central.database.commit(retiring) == 1
    assert x509.load_der_x509_certificate(seal.certificate).serial_number
