"""Two people on one case, for every kind of act: what was, what one wanted, what is now."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import (
    DeclineGround,
    Delivery,
    MaterialState,
    Outcome,
    Stage,
    SupplementLine,
    Ticked,
)
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    AskSupplement,
    AttachScan,
    ClaimCase,
    Command,
    DecideCase,
    DeclineCase,
    DeliverNotice,
    HandInSupplement,
    LookInto,
    MatterCommand,
    NotePrint,
    PassStep,
    ProduceResult,
    RateVisit,
    ReceiveCase,
    ReleaseResult,
    ReturnStep,
    UnclaimCase,
    WithdrawCase,
)
from clerk.contract.journal_command import JournalCommand
from clerk.contract.proposal import DecisionAmendment
from clerk.contract.scan import MediaType, Scan
from clerk.rules.conflict import Difference, at_version, compare, since
from clerk.rules.overlay import extend
from clerk.rules.spot import Facet, Mark
from tests.support.cases import (
    ALL_ROUND,
    APPROVER,
    CASE,
    CLERK,
    HANDLER,
    HEAD,
    REVIEWER,
    CaseStory,
    receive_command,
)
from tests.support.clash import OTHER, Clash, take_over
from tests.support.corrections import correct, decided, number_of, record_of
from tests.support.rare_clashes import RARE_CLASHES

SCAN = Scan(sha256="a" * 64, material="m1", media_type=MediaType.PDF, size=9, name="申请书扫描")


def to_review(story: CaseStory) -> CaseStory:
    handled = story.accepted().do(ClaimCase(), HANDLER).do(PassStep(opinion="同意"), HANDLER)
    return handled.do(ClaimCase(), REVIEWER)


def to_decision(story: CaseStory) -> CaseStory:
    return to_review(story).do(PassStep(opinion="同意"), REVIEWER).do(ClaimCase(), APPROVER)


def granted(story: CaseStory) -> CaseStory:
    return to_decision(story).do(DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER)


def asked(story: CaseStory) -> CaseStory:
    lines = (SupplementLine("m1", "申请书", "未签字"), SupplementLine("m2", "身份证", "过期"))
    return story.received().do(AskSupplement(lines=lines), CLERK)


def provided(key: str, copies: int) -> Ticked:
    return Ticked(key=key, name=key, state=MaterialState.PROVIDED, originals=1, copies=copies)


def released(collector: str) -> ReleaseResult:
    return ReleaseResult(
        collector=collector, collector_id="", collector_kind="self", signature=f"{collector}签"
    )


def decline(reason: str, ground: DeclineGround = DeclineGround.NOT_ELIGIBLE) -> DeclineCase:
    return DeclineCase(ground=ground, reason=reason)


CLASHES: dict[type[Command], Clash] = {
    **RARE_CLASHES,
    AcceptCase: Clash(
        CaseStory.received,
        CLERK,
        AcceptCase(),
        lambda story: story.do(WithdrawCase(reason="改期"), OTHER),
        {Facet.STAGE: (Stage.ACCEPTED, Stage.WITHDRAWN), Facet.REASON: (None, "改期")},
    ),
    AskSupplement: Clash(
        CaseStory.received,
        CLERK,
        AskSupplement(lines=(SupplementLine("m1", "申请书", "未签字"),)),
        lambda story: story.do(
            AskSupplement(lines=(SupplementLine("m1", "申请书", "缺第二页"),)), OTHER
        ),
        {
            Facet.ASKED: ("未签字", "缺第二页"),
            Facet.STAGE: (Stage.SUPPLEMENTING, Stage.SUPPLEMENTING),
        },
    ),
    HandInSupplement: Clash(
        asked,
        CLERK,
        HandInSupplement(materials=(provided("m1", 1),)),
        lambda story: story.do(
            HandInSupplement(materials=(provided("m1", 2), provided("m2", 1))), OTHER
        ),
        {
            Facet.MATERIAL: (provided("m1", 1), provided("m1", 2)),
            Facet.AWAITED: (Mark.AWAITED, None),
        },
    ),
    DeclineCase: Clash(
        asked,
        CLERK,
        decline("主体不符"),
        lambda story: story.do(decline("逾期", DeclineGround.NOT_CORRECTED), OTHER),
        {
            Facet.REASON: ("主体不符", "逾期"),
            Facet.GROUND: (DeclineGround.NOT_ELIGIBLE, DeclineGround.NOT_CORRECTED),
        },
    ),
    ClaimCase: Clash(
        CaseStory.accepted,
        HANDLER,
        ClaimCase(),
        lambda story: story.do(ClaimCase(), ALL_ROUND),
        {Facet.HELD_BY: (HANDLER.name, ALL_ROUND.name)},
    ),
    UnclaimCase: Clash(
        lambda story: story.accepted().do(ClaimCase(), HANDLER),
        HANDLER,
        UnclaimCase(),
        take_over,
        {Facet.HELD_BY: (None, ALL_ROUND.name)},
    ),
    PassStep: Clash(
        lambda story: story.accepted().do(ClaimCase(), HANDLER),
        HANDLER,
        PassStep(opinion="拟同意"),
        lambda story: take_over(story).do(PassStep(opinion="现场合格"), ALL_ROUND),
        {Facet.OPINION: ("拟同意", "现场合格"), Facet.HELD_BY: (None, None)},
    ),
    ReturnStep: Clash(
        to_review,
        REVIEWER,
        ReturnStep(to="handle", opinion="补勘"),
        lambda story: take_over(story).do(UnclaimCase(), ALL_ROUND),
        {Facet.OPINION: ("补勘", None)},
    ),
    DecideCase: Clash(
        to_decision,
        APPROVER,
        DecideCase(outcome=Outcome.REFUSED, opinion="不符", reason="面积不足"),
        lambda story: take_over(story).do(
            DecideCase(outcome=Outcome.GRANTED, opinion="准予"), ALL_ROUND
        ),
        {
            Facet.OUTCOME: (Outcome.REFUSED, Outcome.GRANTED),
            Facet.OPINION: ("不符", "准予"),
            Facet.REASON: ("面积不足", None),
        },
    ),
    ProduceResult: Clash(
        granted,
        HANDLER,
        ProduceResult(),
        lambda story: story.do(ProduceResult(), ALL_ROUND),
        {Facet.DELIVERY: (Delivery.AT_WINDOW, Delivery.AT_WINDOW)},
    ),
    ReleaseResult: Clash(
        lambda story: granted(story).do(ProduceResult(), HANDLER),
        CLERK,
        released("李四"),
        lambda story: story.do(released("王五"), OTHER),
        {Facet.COLLECTOR: ("李四", "王五"), Facet.SIGNATURE: ("李四签", "王五签")},
    ),
    WithdrawCase: Clash(
        to_decision,
        CLERK,
        WithdrawCase(reason="搬迁"),
        lambda story: story.do(DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER),
        {Facet.STAGE: (Stage.WITHDRAWN, Stage.DECIDED), Facet.REASON: ("搬迁", None)},
    ),
    AttachScan: Clash(
        CaseStory.received,
        CLERK,
        AttachScan(scan=SCAN),
        lambda story: story.do(WithdrawCase(reason="改期"), OTHER),
        {Facet.SCAN: (SCAN.name, None), Facet.STAGE: (Stage.RECEIVED, Stage.WITHDRAWN)},
    ),
}
"""A receipt is the one kind that nobody can be faster with: see below."""


def play(clash: Clash) -> tuple[Difference, ...]:
    story = clash.prepare(CaseStory(clash.item))
    before = story.record
    decided = story.ask(clash.mine, clash.by)
    assert not isinstance(decided, Refusal), "it was right for what the clerk saw"
    mine = extend(CASE, before, decided)
    now = clash.theirs(story).record
    assert isinstance(story.ask(clash.mine, clash.by), Refusal), "it is too late now"
    return compare(before, mine, now)


def test_every_kind_of_act_is_here() -> None:
    begins, of_a_finding, of_a_visit = ReceiveCase, LookInto, RateVisit
    elsewhere = (*JournalCommand.__args__, *MatterCommand.__args__)
    never_late = {NotePrint, DeliverNotice}  # they say what was, and only add
    others = {begins, of_a_finding, of_a_visit, *elsewhere, *never_late}
    assert {*CLASHES, *others} == set(AnyCommand.__args__)


@pytest.mark.parametrize("kind", CLASHES, ids=lambda kind: kind.__name__)
def test_a_clash_is_seen_spot_by_spot(kind: type[Command]) -> None:
    clash = CLASHES[kind]
    found = play(clash)
    for facet, (mine, now) in clash.seen.items():
        told = [(one.mine, one.now) for one in found if one.spot.facet is facet]
        assert (mine, now) in told, facet
    theirs = [one for one in found if one.is_theirs]
    assert theirs, "somebody else did something"
    assert all(one.change is not None for one in theirs)
    assert any(one.is_mine for one in found), "and so did I"


def test_two_who_put_the_same_act_right_are_seen_on_one_spot() -> None:
    story = decided()
    before, n = record_of(story), number_of(story, "decided")
    texts = ("热食类", "冷食类")
    mine, now = (
        record_of(correct(CaseStory().take(*before.events), n, amended, HANDLER, HEAD))
        for amended in (DecisionAmendment(opinion=text) for text in texts)
    )
    told = {one.spot.facet: (one.mine, one.now) for one in compare(before, mine, now)}
    assert told[Facet.OPINION] == texts
    assert told[Facet.PUT_RIGHT] == ("录入有误", "录入有误")


def test_what_both_changed_stands_first_and_tells_who() -> None:
    found = play(CLASHES[DeclineCase])
    contested = [one for one in found if one.is_contested]
    assert found[: len(contested)] == tuple(contested)
    assert {one.spot.facet for one in contested} == {Facet.GROUND, Facet.REASON}
    assert all(one.change and one.change.by.name == OTHER.name for one in contested)
    (stage,) = (one for one in found if one.spot.facet is Facet.STAGE)
    assert stage.is_agreed
    assert not stage.is_contested


def test_the_last_who_changed_a_spot_is_told() -> None:
    story = CaseStory().accepted()
    before = story.record
    story.do(ClaimCase(), HANDLER).do(UnclaimCase(), HANDLER).do(ClaimCase(), ALL_ROUND)
    (held,) = compare(before, None, story.record)
    assert (held.before, held.mine, held.now) == (None, None, ALL_ROUND.name)
    assert held.change is not None
    assert held.change.by.name == ALL_ROUND.name
    assert len(since(before, story.record)) == 3


def test_materials_are_told_apart() -> None:
    story = asked(CaseStory())
    before = story.record
    both = HandInSupplement(materials=(provided("m1", 1), provided("m2", 1)))
    decided = story.ask(both, CLERK)
    assert not isinstance(decided, Refusal)
    mine = extend(CASE, before, decided)
    now = story.do(HandInSupplement(materials=(provided("m2", 1),)), OTHER).record
    of_materials = {
        one.spot.key: one for one in compare(before, mine, now) if one.spot.facet is Facet.MATERIAL
    }
    assert of_materials["m2"].is_agreed
    assert not of_materials["m1"].is_theirs
    assert of_materials["m1"].spot.name == "申请书"


def test_a_receipt_is_all_ones_own() -> None:
    story = CaseStory()
    command = replace(receive_command(), fields={"area": "60"})
    decided = story.ask(command, CLERK)
    assert not isinstance(decided, Refusal)
    found = compare(None, extend(CASE, None, decided), None)
    assert all(one.is_mine and not one.is_theirs for one in found)
    told = {one.spot.facet for one in found}
    assert {Facet.APPLICANT, Facet.MATERIAL, Facet.FORM} <= told
    assert command.applicant.id_number not in str(found)


def test_the_same_on_both_sides_is_no_difference() -> None:
    record = CaseStory().accepted().record
    assert record is not None
    assert compare(record, None, record) == ()
    assert at_version(record, 0) is None
    assert at_version(record, 99) == record
