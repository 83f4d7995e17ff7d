"""A paper is lost: reported with the line down, confirmed by the manager, told, found again."""

from __future__ import annotations

import pytest

from central.db import cases
from clerk.contract.case import DocumentKind
from clerk.contract.custody import Mishap, Remedy
from clerk.errors import InputError
from clerk.rules.case import Case, fold
from clerk.rules.custody.losing import open_losses
from screens.case.page import materials
from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, open_paper


def case_at(hall: Hall, case_id: str) -> Case:
    """As central has it."""
    with hall.central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    return fold(record)


async def test_a_lost_paper_from_the_report_to_its_end(desk: Desk, hall: Hall) -> None:
    (case_id,) = accept(desk, FOOD)
    hall.stop()
    async with at(desk, "counter") as window:
        await window.press("shift+f8", "ctrl+w", "enter")
        assert "申请书: lost. Somebody else confirms it." in window.text
        await window.type("柜中、桌上都找过")
        await window.press("enter")
        assert "Papers here 2" in window.text
        assert "Lost or damaged 1" in window.text
        await window.press("right", "right", "right")
        assert "to be confirmed" in window.text
    hall.start()
    desk.sync.run_once()
    desk.session.sign_in("manager", PASSWORD)
    (proposal,) = case_at(hall, case_id).proposals
    assert "1 reported lost or damaged" in materials(case_at(hall, case_id)).plain
    done = desk.proposals.approve(case_id, proposal.n)
    assert done.paper is not None
    told = materials(case_at(hall, case_id)).plain
    assert "Lies with lost original ×1" in told
    assert "notice 市监遗〔2026〕1号: not asked for again" in told
    assert "材料遗失告知书" in open_paper(done.paper)
    desk.session.sign_in("counter", PASSWORD)
    desk.sync.run_once()
    (due,) = desk.due_papers.list()
    assert due.kind is DocumentKind.LOSS, "printed, and to be handed over"
    shift, day = desk.journal.count_shift(), desk.journal.count_day()
    assert (shift.listed_papers, len(shift.losses), day.held) == (2, 1, 2)
    assert (sum(one.lost for one in day.lines), day.gaps) == (1, ())
    paper = desk.journal.close_day(2, "").paper
    assert paper is not None
    assert "柜中、桌上都找过" in "".join(open_paper(paper).split())
    async with at(desk, "counter") as window:
        await window.press("shift+f8", "right", "right", "right", "ctrl+u", "enter")
        await window.type("夹在另一卷里")
        await window.press("enter")
        assert "Lost or damaged 0" in window.text
    desk.sync.run_once()
    case = case_at(hall, case_id)
    assert open_losses(case) == ()
    told = open_paper(desk.papers.print_paper(case_id, DocumentKind.LOSS))
    assert "办理结果" in told


def test_what_is_reported_is_not_handed_on_and_may_be_made_good_once(desk: Desk) -> None:
    accept(desk, FOOD)
    papers = desk.custody.held().papers
    desk.custody.report_loss(papers[:1], Mishap.LOST, "找不到")
    assert [one.name for one in desk.custody.held().papers] == [one.name for one in papers[1:]]
    (lost,) = desk.custody.lost()
    assert (lost.notice, lost.reason) == ("", "找不到")
    with pytest.raises(InputError) as told:
        desk.custody.make_good(lost, Remedy.FOUND, "在抽屉里")
    assert told.value.code == "loss.not_open"
