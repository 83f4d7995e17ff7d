"""Two people on the papers of one case, for every kind of act with them."""

from __future__ import annotations

from clerk.contract.command import (
    Command,
    FilePapers,
    GivePapers,
    RecallPapers,
    ReturnPapers,
    TakePapers,
    WithdrawCase,
)
from clerk.rules.custody.ledger import SlipState
from clerk.rules.spot import Facet
from tests.support.cases import CLERK, HANDLER, REVIEWER, CaseStory
from tests.support.clash import OTHER, Clash
from tests.support.custody import ALL_PAPERS, FORM, a_slip, taken, to_market

_RECALL = RecallPapers(slip=a_slip(1))


def _given(story: CaseStory) -> CaseStory:
    return story.accepted().do(to_market(), CLERK)


def _over(story: CaseStory) -> CaseStory:
    return story.accepted().do(WithdrawCase(reason="搬迁"), CLERK)


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
}
