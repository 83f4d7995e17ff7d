"""Two people on the papers of one case, for every kind of act with them."""

from __future__ import annotations

from clerk.contract.command import (
    Approve,
    Command,
    FilePapers,
    GivePapers,
    RecallPapers,
    ReturnPapers,
    TakePapers,
    WithdrawCase,
)
from clerk.contract.custody import LossPlan, Mishap, Remedy
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.contract.user import Role, User
from clerk.rules.custody.ledger import SlipState
from clerk.rules.spot import Facet, Mark
from tests.support.cases import CLERK, HANDLER, REVIEWER, CaseStory
from tests.support.clash import OTHER, Clash
from tests.support.custody import (
    ALL_PAPERS,
    FORM,
    WINDOW,
    a_slip,
    made_good,
    missed,
    taken,
    to_market,
)

LEADER = User(id="u-lead", login="l", name="主任庚", roles=(Role.MANAGER,))
_RECALL = RecallPapers(slip=a_slip(1))


def _given(story: CaseStory) -> CaseStory:
    return story.accepted().do(to_market(), CLERK)


def _over(story: CaseStory) -> CaseStory:
    return story.accepted().do(WithdrawCase(reason="搬迁"), CLERK)


def _report(mishap: Mishap) -> LossPlan:
    told = missed(FORM, mishap)
    return LossPlan(
        holder=WINDOW, papers=(FORM,), mishap=mishap, reason=told.reason, names=("申请书",)
    )


def _lost(story: CaseStory) -> CaseStory:
    story.accepted().do(missed(FORM), CLERK)
    return story.do(Approve(proposal=story.case.proposals[0].n), LEADER)


CUSTODY_CLASHES: dict[type[Command], Clash] = {
    GivePapers: Clash(
        CaseStory.accepted,
        CLERK,
        to_market(1),
        lambda story: story.do(to_market(2, (FORM,)), OTHER),
        {Facet.SLIP: (SlipState.OPEN, None)},
    ),
    TakePapers: Clash(
        _given,
        HANDLER,
        taken(1),
        lambda story: story.do(taken(1, FORM), REVIEWER),
        {Facet.SLIP: (SlipState.TAKEN, SlipState.TAKEN), Facet.SHORT: (None, "袋中没有")},
    ),
    RecallPapers: Clash(
        _given,
        CLERK,
        _RECALL,
        lambda story: story.do(taken(1), HANDLER),
        {Facet.SLIP: (SlipState.RECALLED, SlipState.TAKEN)},
    ),
    ReturnPapers: Clash(
        CaseStory.accepted,
        CLERK,
        ReturnPapers(slip=a_slip(1), papers=(FORM,), receiver="本人", signature="签"),
        lambda story: story.do(to_market(2), OTHER),
        {Facet.SLIP: (SlipState.RETURNED, None)},
    ),
    FilePapers: Clash(
        _over,
        CLERK,
        FilePapers(papers=ALL_PAPERS),
        lambda story: story.do(FilePapers(papers=(FORM,)), OTHER),
        {},
    ),
    DeclareLoss: Clash(
        CaseStory.accepted,
        CLERK,
        missed(FORM),
        lambda story: story.do(missed(FORM, Mishap.DAMAGED), OTHER),
        {Facet.PROPOSED: (_report(Mishap.LOST), _report(Mishap.DAMAGED))},
    ),
    MakeGood: Clash(
        _lost,
        CLERK,
        made_good(FORM, Remedy.FOUND),
        lambda story: story.do(made_good(FORM, Remedy.FOUND), HANDLER),
        {Facet.LOSS: (Mark.MADE_GOOD, Mark.MADE_GOOD)},
    ),
}
