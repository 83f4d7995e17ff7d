"""A loss is reported by one and confirmed by another; the applicant is asked for nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.case import DocumentKind, SupplementLine
from clerk.contract.command import (
    AnyCommand,
    Approve,
    AskSupplement,
    GivePapers,
    Reject,
    WithdrawCase,
)
from clerk.contract.custody import Holder, Mishap, PaperForm, PaperLine, PapersLost, Remedy
from clerk.contract.loss_command import MakeGood
from clerk.contract.user import User
from clerk.rules.case import Case
from clerk.rules.custody.ledger import NOBODY
from clerk.rules.custody.losing import open_losses
from clerk.rules.custody.lost_lines import lost_lines
from clerk.rules.custody.places import custody_of
from tests.support.cases import APPROVER, CLERK, HANDLER, HEAD, REVIEWER, CaseStory
from tests.support.central import MANAGER
from tests.support.clash import OTHER
from tests.support.corrections import decided
from tests.support.custody import (
    FORM,
    MARKET,
    PLAN,
    WINDOW,
    a_slip,
    made_good,
    missed,
    taken,
    to_market,
)
from tests.support.people import a_person

ASK_PLAN = AskSupplement(lines=(SupplementLine("m3", "布局图", "看不清"),))


def lost(story: CaseStory, by: User = CLERK, over: User = MANAGER) -> CaseStory:
    """The plan is lost, and somebody else has confirmed it."""
    story.do(missed(PLAN), by)
    return story.do(Approve(proposal=story.case.proposals[-1].n), over)


def held(case: Case, holder: Holder) -> int:
    return sum(one.count for one in custody_of(case).held_by(holder))


def test_it_is_the_holders_until_somebody_else_confirms() -> None:
    story = CaseStory().accepted().do(missed(PLAN), CLERK)
    assert (held(story.case, WINDOW), held(story.case, NOBODY)) == (3, 0)
    (reported,) = lost_lines(story.case, WINDOW)
    assert (reported.name, reported.document) == ("布局图", "")
    n = story.case.proposals[0].n
    assert story.refused(Approve(proposal=n), replace(MANAGER, id=CLERK.id)) == "proposal.own"
    for user in (OTHER, APPROVER):
        assert story.refused(Approve(proposal=n), user) == "proposal.not_yours"
    story.do(Approve(proposal=n), MANAGER)
    assert (held(story.case, WINDOW), held(story.case, NOBODY)) == (2, 1)
    assert story.case.proposals == ()
    (loss,) = open_losses(story.case)
    assert loss.proposed_by is not None
    assert (loss.by.user, loss.proposed_by.user) == (MANAGER.id, CLERK.id)


def test_what_a_department_lost_its_approver_confirms() -> None:
    story = CaseStory().accepted().do(to_market(), CLERK).do(taken(), HANDLER)
    story.window = ""
    story.do(missed(PLAN), APPROVER)
    n = story.case.proposals[0].n
    for user, code in ((APPROVER, "own"), (REVIEWER, "not_yours"), (MANAGER, "not_yours")):
        assert story.refused(Approve(proposal=n), user) == f"proposal.{code}"
    story.do(Approve(proposal=n), HEAD)
    assert [one.holder for one in open_losses(story.case)] == [MARKET]


def test_rejected_it_lies_where_it_lay() -> None:
    story = CaseStory().accepted().do(missed(PLAN), CLERK)
    assert story.refused(to_market(1, (PLAN,)), CLERK) == "papers.not_held", "it is reported"
    story.do(Reject(proposal=story.case.proposals[0].n, reason="在抽屉里"), MANAGER)
    story.do(to_market(1, (PLAN,)), CLERK)
    assert open_losses(story.case) == ()


def test_the_applicant_is_not_asked_for_what_the_office_lost() -> None:
    """行政许可法 Art. 31, 32(4)."""
    story = CaseStory().received()
    lost(story)
    assert story.refused(ASK_PLAN, CLERK) == "loss.ours"
    story.do(made_good(PLAN, Remedy.REPLACED), CLERK)
    story.do(ASK_PLAN, CLERK)


def test_found_again_ends_it() -> None:
    story = lost(CaseStory().accepted()).do(made_good(PLAN, Remedy.FOUND), HANDLER)
    assert open_losses(story.case) == ()
    assert (held(story.case, NOBODY), held(story.case, WINDOW) + held(story.case, MARKET)) == (0, 3)
    assert story.refused(made_good(PLAN, Remedy.FOUND), CLERK) == "loss.not_open"


def test_replaced_and_found_after_all_there_are_two() -> None:
    story = lost(CaseStory().accepted()).do(made_good(PLAN, Remedy.REPLACED), CLERK)
    assert story.refused(made_good(PLAN, Remedy.REPLACED), CLERK) == "loss.not_open"
    story.do(made_good(PLAN, Remedy.FOUND), CLERK)
    assert held(story.case, WINDOW) == 4


def test_what_is_damaged_lies_where_it_lay_until_it_is_replaced() -> None:
    story = CaseStory().accepted().do(missed(PLAN, Mishap.DAMAGED), CLERK)
    story.do(Approve(proposal=story.case.proposals[0].n), MANAGER)
    assert (held(story.case, WINDOW), len(open_losses(story.case))) == (3, 1)
    assert story.refused(made_good(PLAN, Remedy.FOUND), CLERK) == "loss.not_open"
    story.do(made_good(PLAN, Remedy.REPLACED), CLERK)
    assert (held(story.case, WINDOW), open_losses(story.case)) == (4, ())


def test_a_report_outlives_what_becomes_of_the_case() -> None:
    story = CaseStory().accepted().do(missed(PLAN), CLERK).do(WithdrawCase(reason="撤"), CLERK)
    story.do(Approve(proposal=story.case.proposals[0].n), MANAGER)
    assert len(open_losses(story.case)) == 1
    over = lost(decided())
    assert [one.kind for one in over.case.documents].count(DocumentKind.LOSS) == 0, "unnumbered"
    assert over.case.stage == "decided"


def test_no_number_of_anybody_is_kept() -> None:
    person = a_person(seed=77).id_number
    told = replace(missed(PLAN), reason=f"夹在{person}的卷里")
    story = CaseStory().accepted().do(told, CLERK)
    story.do(Approve(proposal=story.case.proposals[0].n), MANAGER)
    assert story.record is not None
    assert person not in str(story.record.events)
    (event,) = (one for one in story.record.events if isinstance(one, PapersLost))
    assert event.reason.startswith("夹在")


REFUSED: list[tuple[AnyCommand, User, str]] = [
    (missed(FORM), CLERK, "papers.not_held"),
    (missed(replace(PLAN, count=2)), CLERK, "papers.not_held"),
    (missed(PLAN), HANDLER, "papers.not_held"),
    (missed(PLAN), replace(HANDLER, department="tax"), "papers.not_your_place"),
    (missed(PLAN), replace(CLERK, disabled=True), "user.disabled"),
    (replace(missed(PLAN), papers=()), CLERK, "papers.none"),
    (replace(missed(PLAN), papers=(PLAN, PLAN)), CLERK, "papers.none"),
    (replace(missed(PLAN), reason=" "), CLERK, "loss.reason_missing"),
    (made_good(PLAN, Remedy.FOUND), CLERK, "loss.not_open"),
    (MakeGood(papers=(), remedy=Remedy.FOUND, note="x"), CLERK, "papers.none"),
    (replace(made_good(PLAN, Remedy.FOUND), note=""), CLERK, "loss.note_missing"),
    (
        MakeGood(papers=(PaperLine("m9", PaperForm.COPY, 1),), remedy=Remedy.REPLACED, note="x"),
        CLERK,
        "loss.not_open",
    ),
]


@pytest.mark.parametrize(("command", "user", "code"), REFUSED)
def test_what_may_not_be(command: AnyCommand, user: User, code: str) -> None:
    """The form is on a slip, and the giver's to answer for until somebody confirms it."""
    story = CaseStory().accepted().do(GivePapers(slip=a_slip(1), to=MARKET, papers=(FORM,)), CLERK)
    assert story.refused(command, user) == code


def test_what_was_handed_on_meanwhile_is_not_confirmed() -> None:
    """A desk without the line gave the paper away before the report reached central."""
    story = CaseStory().accepted().do(to_market(1, (PLAN,)), CLERK)
    before = story.record
    story.record = CaseStory().accepted().do(missed(PLAN), CLERK).record
    assert before is not None
    assert story.record is not None
    story.take(*before.events[-1:])
    assert story.refused(Approve(proposal=story.case.proposals[0].n), MANAGER) == "papers.not_held"
