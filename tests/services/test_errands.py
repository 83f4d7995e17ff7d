"""What is called off midway leaves nothing behind; past its last question it happens."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import pytest

from central.sync.sealed import take_in
from clerk.clock import OFFICE_ZONE
from clerk.contract.custody import Holder, HolderKind
from clerk.contract.report import Period
from clerk.contract.scan import BLOB_CHUNK_BYTES
from clerk.errand import Errand, Phase
from clerk.errors import CancelledError
from services.bootstrap import Desk
from services.scans import ScanState
from services.sync import Comparison
from storage.outbox import Status
from tests.screens.story import accept
from tests.services.scan_story import attached_and_sent, large_pdf
from tests.services.test_balance import copy_case
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk, open_paper, type_walk_in
from tests.support.scans import encoded, picture, put

DAY = MONDAY.astimezone(OFFICE_ZONE).date()


class Impatient(Errand):
    """Called off by somebody as soon as it comes to a phase."""

    def __init__(self, phase: Phase) -> None:
        super().__init__()
        self.phase = phase

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        if phase is self.phase:
            assert self.cancel()
        super().tell(phase, done, total)


@pytest.mark.parametrize("phase", [Phase.FETCHING, Phase.WRITING, Phase.PACKING])
def test_a_workbook_called_off_leaves_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, phase: Phase
) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD, SIGN))
    desk.sync.run_once()
    desk.session.sign_in("manager", "paper-and-seal")
    scratch, reports = tmp_path / "scratch", tmp_path / "reports"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path, period = reports / "report.xlsx", Period(DAY, DAY)
    with pytest.raises(CancelledError):
        desk.reports.export(period, path, errand=Impatient(phase))
    assert not list(scratch.iterdir())
    assert not reports.exists()
    sure = Errand()
    assert desk.reports.export(period, path, errand=sure) == path
    assert not sure.cancel(), "too late"
    assert [one.name for one in reports.iterdir()] == ["report.xlsx"]
    assert not list(scratch.iterdir())


@pytest.mark.parametrize("phase", [Phase.READING, Phase.SEALING])
def test_an_outbox_called_off_is_as_it_was(
    hall: Hall, desk: Desk, tmp_path: Path, phase: Phase
) -> None:
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD, SIGN))
    before = desk.sync.outbox()
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(CancelledError):
        desk.sealing.export(stick / "outbox.sealed", Impatient(phase))
    assert not list(stick.iterdir())
    assert desk.sync.outbox() == before, "all of it can still be taken back"
    assert desk.sealing.export(stick / "outbox.sealed") == 2
    assert {one.status for one in desk.sync.outbox()} == {Status.SENDING}


class AfterOne(Errand):
    """Called off when one of the cases is done."""

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        if (phase, done) == (Phase.CASES, 1):
            assert self.cancel()
        super().tell(phase, done, total)


def test_papers_called_off_between_two_cases_lie_where_the_slip_says(desk: Desk) -> None:
    for seed in (3, 4, 5):
        accept(desk, FOOD, seed=seed)
    papers = desk.custody.held().papers
    market = Holder(HolderKind.DEPARTMENT, "market")
    with pytest.raises(CancelledError):
        desk.custody.give(papers, market, Impatient(Phase.CASES))
    assert desk.custody.held().papers == papers
    handed = desk.custody.give(papers, market, AfterOne())
    (gone,) = handed.done
    number = {one.case.id: one.case.number for one in papers}
    assert {one.case.id for one in desk.custody.held().papers} == set(number) - {gone}
    assert [case.id for slip in desk.custody.given() for case, _part in slip.parts] == [gone]
    assert handed.paper is not None
    text = open_paper(handed.paper).replace(" ", "")
    assert [one for one in number if number[one] in text.replace("-", "")] == [gone]


@pytest.mark.parametrize(
    ("phase", "left"), [(Phase.SENDING, 1), (Phase.FETCHING, 0), (Phase.COMPARING, 0)]
)
def test_an_exchange_called_off_is_gone_on_with(desk: Desk, phase: Phase, left: int) -> None:
    desk.sync.compare()
    desk.intake.receive(type_walk_in(desk, FOOD))
    with pytest.raises(CancelledError):
        desk.sync.compare(Impatient(phase))
    assert desk.sync.status().waiting == left
    assert desk.sync.compare(Errand()) is Comparison.SAME
    assert not desk.sync.outbox()


def test_a_scan_called_off_between_two_pages_is_not_there(desk: Desk, tmp_path: Path) -> None:
    draft = type_walk_in(desk, FOOD)
    (line, *_others) = desk.intake.view(draft).lines
    pages = [picture(seed=2), picture(seed=3)]
    many = encoded(picture(), "TIFF", save_all=True, append_images=pages)
    path = put(tmp_path, "many.tif", many)
    for phase in (Phase.PAGES, Phase.PACKING):
        with pytest.raises(CancelledError):
            desk.scanner.add_to_draft(draft.id, line.key, path, Impatient(phase))
        assert not desk.scanner.of_draft(draft.id)
    assert desk.scanner.add_to_draft(draft.id, line.key, path, Errand()).pages == 3


class AfterOnePart(Errand):
    """Called off when one part of a scan has come."""

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        if phase is Phase.SCAN and done:
            assert self.cancel()
        super().tell(phase, done, total)


def test_a_look_at_a_scan_called_off_leaves_nothing_in_the_clear(
    desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    data = large_pdf(3 * BLOB_CHUNK_BYTES)
    case_id = attached_and_sent(desk, tmp_path / "s", data)
    market = open_at("market", department="market", login="market-handler")
    (listed,) = market.scans.of_case(case_id)
    with pytest.raises(CancelledError):
        market.scans.fetch(case_id, listed.scan.sha256, AfterOnePart())
    assert [one.state for one in market.scans.of_case(case_id)] == [ScanState.ELSEWHERE]
    assert market.scans.fetch(case_id, listed.scan.sha256).read_bytes() == data


def test_a_count_called_off_signs_nothing(desk: Desk) -> None:
    accept(desk, FOOD)
    journal = desk.journal
    for act in (partial(journal.hand_over, PASSWORD, 3, 0, ""), partial(journal.close_day, 3, "")):
        for phase in (Phase.CASES, Phase.SIGNING):
            with pytest.raises(CancelledError):
                act(Impatient(phase))
        assert not journal.entries()


def test_a_print_called_off_leaves_what_was_signed(desk: Desk) -> None:
    """Its length is told by a few of its lines; called off, nothing is recorded as printed."""
    (case_id,) = accept(desk, FOOD)
    copy_case(desk, case_id, 140)
    desk.session.sign_in("other", PASSWORD)
    desk.session.sign_in("counter", PASSWORD)
    journal = desk.journal
    handed = journal.hand_over(PASSWORD, 423, 0, "", Impatient(Phase.SETTING))
    taken = journal.take_over("other", PASSWORD, Impatient(Phase.PRINTING))
    closed = journal.close_day(423, "", Impatient(Phase.SETTING))
    assert (handed.paper, taken.paper, closed.paper) == (None, None, None)
    assert set(journal.entries()) == {taken.entry, closed.entry}
    assert not list(desk.profile.papers.glob("journal/*"))
    with pytest.raises(CancelledError):
        journal.print_again(closed.entry, Impatient(Phase.PRINTING))
    assert not desk.press.queue.reprints()
    errand = Errand()
    assert journal.print_again(closed.entry, errand).is_file()
    assert [one.nth for one in desk.press.queue.reprints()] == [1]
    assert not errand.cancel(), "it lies on paper"


def test_a_carried_outbox_called_off_is_taken_in_later(
    hall: Hall, desk: Desk, tmp_path: Path
) -> None:
    desk.intake.receive(type_walk_in(desk, FOOD))
    sealed, count = desk.sealing.seal()
    taking = partial(take_in, hall.central.database, sealed, hall.clock.now())
    with pytest.raises(CancelledError):
        taking(Impatient(Phase.ACTS))
    assert hall.count("cases") == 0
    assert len(taking()[0].answers) == count
    assert hall.count("cases") == 1
