"""A second supplement notice: only where the item allows it, and a supervisor has (local)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.case import MaterialState, Stage, SupplementLine
from clerk.contract.command import Approve, AskSupplement, HandInSupplement, Propose
from clerk.contract.item import Item
from clerk.contract.proposal import SupplementPlan
from clerk.contract.user import Role, User
from tests.support.cases import APPROVER, CLERK, FOOD, CaseStory, all_provided, with_states

ALLOWING = replace(FOOD, second_supplement=True)
MANAGER = User(id="u-m", login="m", name="主任", roles=(Role.MANAGER,))
SUPERVISOR = User(id="u-s", login="s", name="督查", roles=(Role.SUPERVISOR,))
ASK = AskSupplement(lines=(SupplementLine("m1", "申请书", "未签字"),))
AGAIN = Propose(plan=SupplementPlan(reason="第一次漏告"))


def asked_once(item: Item = ALLOWING) -> CaseStory:
    """Asked, and everything came in."""
    story = CaseStory(item)
    story.received(with_states(m1=MaterialState.MISSING)).do(ASK, CLERK)
    return story.later(days=1).do(HandInSupplement(materials=all_provided()), CLERK)


def test_by_default_there_is_none() -> None:
    story = asked_once(FOOD)
    assert story.refused(ASK, CLERK) == "case.supplement_once"
    assert story.refused(AGAIN, CLERK) == "supplement.second_never"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER])
def test_where_the_item_allows_it_a_supervisor_has_to_approve(role: Role) -> None:
    story = asked_once()
    assert story.refused(ASK, CLERK) == "supplement.needs_approval"
    story.do(AGAIN, CLERK)
    n = story.case.proposals[0].n
    assert story.refused(ASK, CLERK) == "supplement.needs_approval"
    assert story.refused(Approve(proposal=n), APPROVER) == "proposal.not_yours"
    elsewhere = replace(SUPERVISOR, department="market")
    assert story.refused(Approve(proposal=n), elsewhere) == "proposal.not_yours"
    story.do(Approve(proposal=n), replace(SUPERVISOR, roles=(role,))).do(ASK, CLERK)
    assert story.case.stage is Stage.SUPPLEMENTING
    assert story.case.supplements_asked == 2


def test_there_is_no_third() -> None:
    story = asked_once().do(AGAIN, CLERK)
    story.do(Approve(proposal=story.case.proposals[0].n), MANAGER).do(ASK, CLERK)
    story.do(HandInSupplement(materials=all_provided()), CLERK)
    assert story.refused(ASK, CLERK) == "case.supplement_once"
    assert story.refused(AGAIN, CLERK) == "supplement.no_third"


def test_it_has_a_reason_and_comes_second() -> None:
    story = asked_once()
    without = Propose(plan=SupplementPlan(reason=" "))
    assert story.refused(without, CLERK) == "reason.missing"
    first = CaseStory(ALLOWING).received(with_states(m1=MaterialState.MISSING))
    assert first.refused(AGAIN, CLERK) == "supplement.first_is_free"
