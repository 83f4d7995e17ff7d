"""What the desk predicts is what central decides, for any order of acts (property)."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.answer import Refusal
from clerk.contract.case import CaseRecord, DeclineGround, MaterialState, Outcome, SupplementLine
from clerk.contract.command import (
    AcceptCase,
    AnswerAsk,
    AnyCommand,
    Approve,
    AskSupplement,
    AttachScan,
    ClaimCase,
    DecideCase,
    DecideOnSpot,
    DeclineCase,
    FilePapers,
    HandInSupplement,
    NotePrint,
    PassStep,
    Propose,
    RecallPapers,
    Reject,
    ReleaseResult,
    ResumeClock,
    ReturnPapers,
    ReturnStep,
    SuperviseCase,
    UnclaimCase,
    UrgeCase,
    WithdrawCase,
)
from clerk.contract.custody import Remedy
from clerk.contract.proposal import (
    ActUndone,
    AnyAmendment,
    ApplicantAmendment,
    CorrectPlan,
    DecisionAmendment,
    ExtendPlan,
    Procedure,
    ProlongPlan,
    StopAmendment,
    StopPlan,
    SupplementPlan,
    TickAmendment,
)
from clerk.contract.scan import MediaType, Scan
from clerk.contract.user import User
from clerk.rules.case import Context, decide, fold
from clerk.rules.case.privacy import masked
from clerk.rules.overlay import Pending, extend, overlay
from tests.support.cases import (
    ALL_ROUND,
    APPROVER,
    CASE,
    CLERK,
    FOOD,
    HANDLER,
    HEAD,
    MONDAY,
    REVIEWER,
    all_provided,
    receive_command,
    with_states,
)
from tests.support.central import MANAGER
from tests.support.custody import (
    FORM,
    ID_COPY,
    PLAN,
    a_slip,
    made_good,
    missed,
    taken,
    to_market,
    to_window,
)
from tests.support.people import a_person
from tests.support.work_calendar import REAL_CALENDAR

SCAN = Scan(
    sha256="0" * 64,
    material="m1",
    media_type=MediaType.JPEG.value,
    size=9,
    name=f"{a_person().id_number} 申请书",
)
STOP = StopPlan(procedure=Procedure.TEST, basis="法", planned_days=2, reason="抽检")


def correction(act: int, amendment: AnyAmendment) -> Propose:
    return Propose(plan=CorrectPlan(act=act, amendment=amendment, reason="录入有误"))


CORRECTIONS: list[AnyCommand] = [
    correction(1, ApplicantAmendment(name="新名", phone=a_person().phone)),
    correction(1, ApplicantAmendment(phone="13800001234")),
    correction(1, TickAmendment(with_states(m1=MaterialState.MISSING)[:1])),
    correction(1, TickAmendment(all_provided()[:1])),
    *(correction(n, ActUndone()) for n in range(2, 9)),
    *(
        correction(n, StopAmendment(procedure=Procedure.INSPECTION, basis="法", planned_days=1))
        for n in range(4, 7)
    ),
    *(correction(n, DecisionAmendment(opinion="改", reason="改")) for n in (3, 9, 10)),
    *(Approve(proposal=n) for n in range(2, 9)),
]
COMMANDS: list[AnyCommand] = [
    receive_command(),
    AcceptCase(),
    AskSupplement(lines=(SupplementLine("m1", "申请书", "未签字"),)),
    HandInSupplement(materials=all_provided()),
    DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符合条件"),
    WithdrawCase(reason="放弃"),
    ClaimCase(),
    UnclaimCase(),
    PassStep(opinion="同意"),
    ReturnStep(to="handle", opinion="重核"),
    DecideCase(outcome=Outcome.GRANTED, opinion="同意"),
    DecideCase(outcome=Outcome.REFUSED, opinion="不同意", reason="不符合标准"),
    ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="已签"),
    AttachScan(scan=SCAN),
    NotePrint(paper="receipt", number=receive_command().number, nth=1, printed_at=MONDAY),
    Propose(plan=STOP),
    Propose(plan=ProlongPlan(stop=4, days=2, reason="复检")),
    Propose(plan=ExtendPlan(days=10, reason="案情复杂")),
    Propose(plan=SupplementPlan(reason="漏告")),
    Approve(proposal=4),
    Approve(proposal=5),
    Reject(proposal=4, reason="不必"),
    ResumeClock(stop=5, finding="合格"),
    DecideOnSpot(outcome=Outcome.GRANTED, opinion="同意"),
    UrgeCase(note="请抓紧"),
    SuperviseCase(reason="逾期", demand="说明原因"),
    AnswerAsk(ask=1, text="正在办理"),
    AnswerAsk(ask=2, text="已办结"),
    to_market(1, (FORM,)),
    taken(1),
    taken(1, FORM),
    to_window(2, (FORM,)),
    RecallPapers(slip=a_slip(2)),
    ReturnPapers(slip=a_slip(3), papers=(ID_COPY,), receiver="本人", signature="签"),
    FilePapers(papers=(PLAN,)),
    missed(PLAN),
    made_good(PLAN, Remedy.FOUND),
    made_good(PLAN, Remedy.REPLACED),
    *CORRECTIONS,
]

acts = st.lists(
    st.tuples(
        st.sampled_from(COMMANDS),
        st.sampled_from([CLERK, HANDLER, REVIEWER, APPROVER, HEAD, ALL_ROUND, MANAGER]),
        st.integers(0, 30),
    ),
    max_size=25,
)


def play(steps: list[tuple[AnyCommand, User, int]]) -> tuple[list[Pending], CaseRecord | None]:
    """Central deciding one by one; and the same commands as a desk would hold them."""
    now, record, pending = MONDAY, None, []
    for n, (command, user, hours) in enumerate([(COMMANDS[0], CLERK, 0), *steps], 1):
        now += timedelta(hours=hours)
        context = Context(now=now, calendar=REAL_CALENDAR, user=user, window="w1", item=FOOD)
        pending.append(Pending(n, command, context))
        decision = decide(fold(record) if record else None, command, context)
        if not isinstance(decision, Refusal):
            record = extend(CASE, record, decision)
    return pending, record


@given(acts)
def test_prediction_equals_decision(steps: list[tuple[AnyCommand, User, int]]) -> None:
    pending, record = play(steps)
    laid = overlay(CASE, None, pending)
    assert laid.record == record
    assert len(laid.waiting) + len(laid.doubts) == len(pending)


@given(acts, st.integers(0, 20))
def test_prediction_on_a_masked_half_equals_the_masked_whole(
    steps: list[tuple[AnyCommand, User, int]], cut: int
) -> None:
    """A desk has the first acts from central, masked, and lays the rest over them."""
    pending, record = play(steps)
    assert record is not None
    known = overlay(CASE, None, pending[: cut + 1]).record
    assert known is not None
    laid = overlay(CASE, masked(known), pending[cut + 1 :]).record
    assert laid is not None
    assert masked(laid) == masked(record)


@given(acts)
def test_the_version_counts_the_events(steps: list[tuple[AnyCommand, User, int]]) -> None:
    _, record = play(steps)
    assert record is not None
    assert fold(record).version == record.version == len(record.events)


@given(acts, st.lists(st.sampled_from(CORRECTIONS), max_size=12))
def test_nothing_is_ever_edited_away(
    steps: list[tuple[AnyCommand, User, int]], corrections: list[AnyCommand]
) -> None:
    """Whatever is put right, every event before it is the same, byte for byte."""
    _, before = play(steps)
    assert before is not None
    corrected = [(one, user, 0) for one in corrections for user in (CLERK, HANDLER)]
    approved = [
        (Approve(proposal=n), user, 0)
        for n in range(2, len(before.events) + len(corrected) + 2)
        for user in (MANAGER, APPROVER)
    ]
    _, after = play([*steps, *corrected, *approved])
    assert after is not None
    kept = [msgspec.json.encode(one) for one in after.events[: len(before.events)]]
    assert kept == [msgspec.json.encode(one) for one in before.events]
