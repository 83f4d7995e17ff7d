"""What is called off midway leaves nothing behind; past its last question it happens."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from clerk.clock import OFFICE_ZONE
from clerk.contract.custody import Holder, HolderKind
from clerk.contract.report import Period
from clerk.errand import CancelledError, Errand, Phase
from services.bootstrap import Desk
from storage.outbox import Status
from tests.screens.story import accept
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import SIGN, Hall, open_paper, type_walk_in

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
