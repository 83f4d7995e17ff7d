"""What may be done to a licence that is out, by whom, on what ground, from what it is."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.case import Outcome
from clerk.contract.command import (
    Approve,
    ClaimCase,
    DecideCase,
    PassStep,
    Propose,
    ReleaseResult,
)
from clerk.contract.licence import LicenceStatus
from clerk.contract.licence_life import LicenceAct, LicenceGround, LicencePlan
from clerk.contract.user import CLOCK_ACTOR, Role, User
from clerk.rules.case import Context
from clerk.rules.case.licence_life import FROM, GROUNDS, end_by_time, possible_statuses
from tests.support.cases import APPROVER, CLERK, HANDLER, HEAD, MONDAY, REVIEWER, CaseStory

RELEASE = ReleaseResult(collector="甲", collector_id="", collector_kind="self", signature="签")
CLOCK = User(id=CLOCK_ACTOR.user, login="clock", name="clock", roles=())
REVOKE = LicencePlan(act=LicenceAct.REVOKE, reason="以虚假材料取得", ground=LicenceGround.DECEPTION)
SUSPEND = LicencePlan(act=LicenceAct.SUSPEND, reason="责令整改", basis="某法第十条")
RESUME = LicencePlan(act=LicenceAct.RESUME, reason="整改完成")
CANCEL = LicencePlan(act=LicenceAct.CANCEL, reason="终止", ground=LicenceGround.DISSOLVED)
CORRECT = LicencePlan(act=LicenceAct.CORRECT, reason="姓名有误", holder="王小明")
REISSUE = LicencePlan(act=LicenceAct.REISSUE, reason="遗失")


class Story(CaseStory):
    """A case up to its licence, which central would have numbered."""

    def granted(self) -> Story:
        self.accepted()
        for user in (HANDLER, REVIEWER):
            self.do(ClaimCase(), user).do(PassStep(opinion="同意"), user)
        self.do(ClaimCase(), APPROVER)
        decision = self.ask(DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER)
        assert isinstance(decision, tuple)
        numbered = replace(decision[-1], licence="F-1", licence_until=date(2027, 5, 31))
        self.take(*decision[:-1], numbered)
        return self

    def out(self) -> Story:
        self.granted().do(RELEASE, CLERK)
        return self

    def carried(self, plan: LicencePlan, by: User = HANDLER, head: User = HEAD) -> Story:
        self.do(Propose(plan=plan), by)
        self.do(Approve(proposal=self.case.proposals[-1].n), head)
        return self

    def status(self) -> LicenceStatus:
        return self.case.licence_status

    def ended_as(self) -> LicenceStatus | None:
        return self.case.licence_ended_as

    def by_time(self) -> int:
        context = Context(now=self.now, calendar=self.calendar, user=CLOCK)
        events = end_by_time(self.case, context)
        self.take(*events)
        return len(events)


@pytest.fixture
def story() -> Story:
    return Story()


def test_revoking_takes_two_people_of_whom_one_is_the_head(story: Story) -> None:
    story.out().do(Propose(plan=REVOKE), HANDLER)
    proposal = story.case.proposals[-1].n
    assert story.status() is LicenceStatus.VALID
    assert story.refused(Approve(proposal=proposal), APPROVER) == "proposal.not_yours"
    assert story.refused(Approve(proposal=proposal), HANDLER) == "proposal.own"
    story.do(Approve(proposal=proposal), HEAD)
    assert story.status() is LicenceStatus.REVOKED
    assert not story.case.proposals
    head = replace(HEAD, roles=(Role.HEAD, Role.HANDLER))
    story.do(Propose(plan=CANCEL), head)
    again = story.case.proposals[-1].n
    assert story.refused(Approve(proposal=again), head) == "proposal.own"


def test_the_window_proposes_only_what_the_holder_comes_for(story: Story) -> None:
    story.out()
    assert story.refused(Propose(plan=REVOKE), CLERK) == "licence.not_yours"
    elsewhere = replace(HANDLER, department="culture")
    assert story.refused(Propose(plan=REISSUE), elsewhere) == "licence.not_yours"
    story.carried(REISSUE, CLERK, APPROVER).carried(CORRECT, CLERK, APPROVER)
    assert (story.case.licence_status, story.case.applicant.name) == (
        LicenceStatus.VALID,
        "王小明",
    )


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(REVOKE, ground=None), "licence.ground"),
        (replace(REVOKE, ground=LicenceGround.DISSOLVED), "licence.ground"),
        (replace(CANCEL, ground=LicenceGround.DECEPTION), "licence.ground"),
        (replace(CANCEL, ground=LicenceGround.NOT_RENEWED), "licence.not_over"),
        (replace(SUSPEND, ground=LicenceGround.ABUSE), "licence.ground"),
        (replace(SUSPEND, basis=" "), "basis.missing"),
        (replace(SUSPEND, until=date(2026, 5, 1)), "licence.until"),
        (replace(REVOKE, reason=" "), "reason.missing"),
        (replace(CORRECT, holder=""), "correction.nothing"),
        (replace(CORRECT, fields={"x": "1"}), "correction.not_its"),
        (RESUME, "licence.wrong_status"),
    ],
)
def test_what_is_refused(story: Story, plan: LicencePlan, code: str) -> None:
    assert story.out().refused(Propose(plan=plan), HANDLER) == code


def test_nothing_befalls_a_licence_that_is_not_out_or_not_there(story: Story) -> None:
    story.granted()
    assert story.refused(Propose(plan=REVOKE), HANDLER) == "licence.not_out"
    assert Story().accepted().refused(Propose(plan=REVOKE), HANDLER) == "licence.none"


def test_suspended_it_holds_again_when_it_is_resumed_or_its_day_is_over(story: Story) -> None:
    story.out().carried(SUSPEND)
    assert story.status() is LicenceStatus.SUSPENDED
    assert story.refused(Propose(plan=REISSUE), HANDLER) == "licence.wrong_status"
    story.carried(RESUME)
    assert story.status() is LicenceStatus.VALID
    story.carried(replace(SUSPEND, until=date(2026, 6, 10)))
    assert story.by_time() == 0
    story.later(days=10)
    assert story.by_time() == 1
    assert story.by_time() == 0
    assert story.status() is LicenceStatus.VALID


def test_it_is_over_after_its_last_day_and_is_cancelled_for_it(story: Story) -> None:
    story.out().later(days=364)
    assert story.now.date() == date(2027, 5, 31)
    assert story.by_time() == 0
    story.later(days=1)
    assert story.refused(Propose(plan=SUSPEND), HANDLER) == "licence.wrong_status"
    assert story.by_time() == 1
    assert story.by_time() == 0
    assert story.status() is LicenceStatus.EXPIRED
    story.carried(replace(CANCEL, ground=LicenceGround.NOT_RENEWED))
    assert story.status() is LicenceStatus.CANCELLED
    assert story.by_time() == 0


def test_what_is_being_renewed_in_time_is_not_cancelled_for_not_being_renewed(
    story: Story,
) -> None:
    story.out().later(days=365).by_time()
    not_renewed = replace(CANCEL, ground=LicenceGround.NOT_RENEWED)
    story.renewed_by = "20270401-001-00015"
    assert story.refused(Propose(plan=not_renewed), HANDLER) == "licence.renewal_undecided"
    story.renewed_by = ""
    story.do(Propose(plan=not_renewed), HANDLER)
    story.renewed_by = "20270401-001-00015"
    approve = Approve(proposal=story.case.proposals[-1].n)
    assert story.refused(approve, HEAD) == "licence.renewal_undecided"
    story.carried(CANCEL)
    assert story.status() is LicenceStatus.CANCELLED, "other grounds stay open"


def test_what_counts_as_renewed_is_suspended_and_revoked_though_it_is_over(story: Story) -> None:
    story.out().later(days=365).by_time()
    assert story.refused(Propose(plan=SUSPEND), HANDLER) == "licence.wrong_status"
    story.renewed_by = "20270401-001-00015"
    assert story.refused(Propose(plan=RESUME), HANDLER) == "licence.wrong_status"
    story.carried(replace(SUSPEND, until=date(2027, 6, 10)))
    assert story.status() is LicenceStatus.EXPIRED, "its last day stays over"
    assert story.ended_as() is LicenceStatus.SUSPENDED
    assert story.refused(Propose(plan=SUSPEND), HANDLER) == "licence.wrong_status"
    story.later(days=30)
    assert (story.by_time(), story.by_time()) == (1, 0)
    assert story.ended_as() is LicenceStatus.VALID
    story.carried(REVOKE)
    assert (story.status(), story.ended_as()) == (LicenceStatus.REVOKED, None)


def test_a_desk_that_cannot_know_of_renewals_leaves_it_to_central(story: Story) -> None:
    story.out().later(days=365).by_time()
    unknown = Context(now=story.now, calendar=story.calendar, user=HANDLER)
    assert LicenceStatus.VALID in possible_statuses(story.case, LicenceAct.SUSPEND, unknown)
    assert possible_statuses(story.case, LicenceAct.REISSUE, unknown) == {LicenceStatus.EXPIRED}


def test_every_act_has_its_states_and_the_lists_of_grounds_are_the_laws() -> None:
    assert set(FROM) == set(LicenceAct)
    listed = [one for grounds in GROUNDS.values() for one in grounds]
    assert sorted(listed) == sorted(LicenceGround)
    assert MONDAY.date() < date(2026, 6, 10)
