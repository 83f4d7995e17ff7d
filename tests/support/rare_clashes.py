"""Clashes over what only some cases see: the clock, bundles, joint review, supervision."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.bundle import Awaited, Place, Standing
from clerk.contract.case import Outcome, Stage, Stance
from clerk.contract.command import (
    AcceptCase,
    AnswerAsk,
    Approve,
    ChooseHandover,
    ClaimCase,
    Command,
    DecideOnSpot,
    GiveOpinion,
    Propose,
    Reject,
    ResumeClock,
    SuperviseCase,
    UrgeCase,
    Waive,
    WithdrawCase,
)
from clerk.contract.item import Act, Joint, Signer, Step
from clerk.contract.limits import Limit
from clerk.contract.proposal import AnyPlan, ExtendPlan, Procedure, StopPlan
from clerk.contract.user import Role, User
from clerk.rules.spot import Days, Facet, Mark
from tests.support.cases import (
    ALL_ROUND,
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    HEAD,
    CaseStory,
    receive_command,
)
from tests.support.clash import OTHER, Clash, take_over
from tests.support.custody_clashes import CUSTODY_CLASHES

MANAGER = User(id="u-m", login="m", name="主任", roles=(Role.MANAGER,))
SUPERVISOR = User(id="u-s", login="s", name="督查", roles=(Role.SUPERVISOR,))
FIRE = User(id="f", login="f", name="消防丙", roles=(Role.HANDLER,), department="fire")
FIRE_HEAD = User(id="g", login="g", name="消防长", roles=(Role.APPROVER,), department="fire")
PLACE = Place(
    project="p1",
    title="某中学教学楼",
    bundle="construction",
    version=2,
    bundle_name="工程建设项目审批",
    stage="works",
    stage_name="工程建设许可",
    main=True,
    after=(Awaited("land", "建设用地规划许可", main=True),),
)
INSTANT = replace(
    FOOD,
    promised=Limit(0),
    flow=(Step(key="decide", name="即办", act=Act.APPROVE, may_decide=True, at_window=True),),
)
JOINT = replace(
    FOOD,
    flow=(
        Step(
            key="joint",
            name="联审",
            act=Act.HANDLE,
            joint=Joint(signers=(Signer("fire", "消防"), Signer("water", "水务")), limit=Limit(5)),
        ),
        Step(key="approve", name="批准", act=Act.APPROVE, may_decide=True),
    ),
)


def stop_plan(days: int) -> StopPlan:
    """An inspection of so many days."""
    return StopPlan(
        procedure=Procedure.INSPECTION, basis="许可法第45条", planned_days=days, reason="需检测"
    )


def claimed(story: CaseStory) -> CaseStory:
    """In the hands of the handler."""
    return story.accepted().do(ClaimCase(), HANDLER)


def proposed(story: CaseStory, plan: AnyPlan) -> CaseStory:
    """The handler proposed something, and it waits."""
    return claimed(story).do(Propose(plan=plan), HANDLER)


def proposal_of(story: CaseStory) -> int:
    """The number of what waits."""
    return story.case.proposals[0].n


def stopped(story: CaseStory) -> CaseStory:
    """The clock stands for an inspection of ten days."""
    proposed(story, stop_plan(10))
    return story.do(Approve(proposal=proposal_of(story)), APPROVER)


def in_bundle(story: CaseStory) -> CaseStory:
    """Received into a bundle application, waiting for another item."""
    return story.do(replace(receive_command(), place=PLACE), CLERK)


def decide(outcome: Outcome, opinion: str, reason: str = "") -> DecideOnSpot:
    return DecideOnSpot(outcome=outcome, opinion=opinion, reason=reason)


RARE_CLASHES: dict[type[Command], Clash] = {
    Propose: Clash(
        claimed,
        HANDLER,
        Propose(plan=stop_plan(10)),
        lambda story: take_over(story).do(Propose(plan=stop_plan(20)), ALL_ROUND),
        {Facet.PROPOSED: (stop_plan(10), stop_plan(20))},
    ),
    Approve: Clash(
        lambda story: proposed(story, stop_plan(10)),
        APPROVER,
        Approve(proposal=4),
        lambda story: story.do(Reject(proposal=4, reason="无须检测"), ALL_ROUND),
        {
            Facet.PROPOSED: (None, None),
            Facet.STOP: (Mark.STANDS, None),
            Facet.PLANNED: (Days(10), None),
            Facet.REJECTED: (None, "无须检测"),
        },
    ),
    Reject: Clash(
        lambda story: proposed(story, ExtendPlan(days=5, reason="案情复杂")),
        HEAD,
        Reject(proposal=4, reason="不必"),
        lambda story: story.do(Approve(proposal=4), replace(HEAD, id="u-deputy")),
        {Facet.REJECTED: ("不必", None), Facet.EXTENSION: (None, Days(5))},
    ),
    ResumeClock: Clash(
        stopped,
        HANDLER,
        ResumeClock(stop=5, finding="检测合格"),
        lambda story: take_over(story).do(ResumeClock(stop=5, finding="缺一项"), ALL_ROUND),
        {Facet.STOP: (Mark.ENDED, Mark.ENDED), Facet.FINDING: ("检测合格", "缺一项")},
    ),
    Waive: Clash(
        lambda story: in_bundle(story).do(AcceptCase(), CLERK).do(ClaimCase(), HANDLER),
        HANDLER,
        Waive(item="land", reason="2024年已取得"),
        lambda story: take_over(story).do(Waive(item="land", reason="不在范围"), ALL_ROUND),
        {
            Facet.WAITS_FOR: (Standing.WAIVED, Standing.WAIVED),
            Facet.WAIVED: ("2024年已取得", "不在范围"),
        },
    ),
    GiveOpinion: Clash(
        claimed,
        FIRE,
        GiveOpinion(stance=Stance.AGREE, opinion="同意"),
        lambda story: story.do(GiveOpinion(stance=Stance.OBJECT, opinion="间距不足"), FIRE_HEAD),
        {Facet.STANCE: (Stance.AGREE, Stance.OBJECT), Facet.OPINION: ("同意", "间距不足")},
        JOINT,
    ),
    ChooseHandover: Clash(
        in_bundle,
        CLERK,
        ChooseHandover(together=True),
        lambda story: story.do(WithdrawCase(reason="停建"), OTHER),
        {
            Facet.HANDOVER: (Mark.TOGETHER, Mark.AS_READY),
            Facet.STAGE: (Stage.RECEIVED, Stage.WITHDRAWN),
        },
    ),
    DecideOnSpot: Clash(
        CaseStory.received,
        CLERK,
        decide(Outcome.GRANTED, "符合条件"),
        lambda story: story.do(decide(Outcome.REFUSED, "不符", "超出范围"), OTHER),
        {
            Facet.OUTCOME: (Outcome.GRANTED, Outcome.REFUSED),
            Facet.OPINION: ("符合条件", "不符"),
            Facet.REASON: (None, "超出范围"),
        },
        INSTANT,
    ),
    UrgeCase: Clash(
        CaseStory.accepted,
        CLERK,
        UrgeCase(note="申请人在等"),
        lambda story: story.do(UrgeCase(note="请抓紧", days=2), MANAGER),
        {Facet.ASK: ("申请人在等", "请抓紧")},
    ),
    SuperviseCase: Clash(
        CaseStory.accepted,
        MANAGER,
        SuperviseCase(reason="逾期", demand="说明原因"),
        lambda story: story.do(SuperviseCase(reason="投诉", demand="三日内办结"), SUPERVISOR),
        {Facet.ASK: ("逾期", "投诉"), Facet.DEMAND: ("说明原因", "三日内办结")},
    ),
    AnswerAsk: Clash(
        lambda story: story.accepted().do(UrgeCase(note="请抓紧"), MANAGER),
        HANDLER,
        AnswerAsk(ask=1, text="明日办结"),
        lambda story: story.do(AnswerAsk(ask=1, text="缺现场照片"), ALL_ROUND),
        {Facet.ANSWER: ("明日办结", "缺现场照片")},
    ),
    **CUSTODY_CLASHES,
}
