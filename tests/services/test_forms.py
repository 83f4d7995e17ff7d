"""What stands on the papers that the whole way does not print."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from msgspec.structs import replace

from clerk.contract.bundle import Awaited, Place
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CaseRecord,
    Decided,
    Declined,
    DeclineGround,
    DeemedAccepted,
    DocumentKind,
    MaterialState,
    Outcome,
    Released,
)
from clerk.contract.command import AcceptCase, AnyCommand, Approve, WithdrawCase
from clerk.contract.custody import Mishap
from clerk.contract.user import CLOCK_ACTOR, Actor, User
from clerk.errors import InputError
from clerk.rules.overlay import extend
from exports.papers import render as render_module
from exports.papers.forms import AcceptanceNotice, Decision, DeclineNotice, DeliveryProof, Refusal
from exports.papers.render import render
from services.case_sheet import sheet_of
from services.forms import Desktop, notice_of, receipt_of
from services.withdrawal_forms import withdrawal_notice
from tests.support.cases import CASE, CLERK, MONDAY, CaseStory, receive_command, with_states
from tests.support.central import MANAGER
from tests.support.custody import FORM, ID_COPY, PLAN, missed
from tests.support.people import a_person
from tests.support.work_calendar import REAL_CALENDAR

AT = Desktop(
    centre="市政务服务中心",
    window="综合三号窗",
    clerk="窗口甲",
    calendar=REAL_CALENDAR,
    now=MONDAY + timedelta(days=3),
)
BY = Actor(user="u-a", name="批准丁", department="market")


def story(*events: AnyEvent) -> CaseRecord:
    """A case that was accepted, and what happened then."""
    record = CaseStory().accepted().record
    assert record is not None
    return extend(CASE, record, events)


def numbered(life: CaseStory, command: AnyCommand, user: User, number: str) -> None:
    """Do it, with the number that central gives its paper."""
    decided = life.ask(command, user)
    assert isinstance(decided, tuple)
    life.take(*(replace(one, document=number) for one in decided))


def test_a_withdrawal_gives_nothing_back_that_was_lost() -> None:
    """One is lost, one is damaged, and of the third somebody says that it cannot be found."""
    life = CaseStory().accepted()
    for paper, mishap, number in ((PLAN, Mishap.LOST, "遗1"), (ID_COPY, Mishap.DAMAGED, "损2")):
        life.do(missed(paper, mishap), CLERK)
        approve = Approve(proposal=life.case.proposals[-1].n)
        numbered(life, approve, MANAGER, number)
    life.do(missed(FORM), CLERK)
    numbered(life, WithdrawCase(reason="不办了"), CLERK, "撤3")
    assert life.record is not None
    notice = withdrawal_notice(life.record, life.case, AT, "撤3")
    assert [(one.key, one.originals, one.copies) for one in notice.papers] == [("m2", 0, 1)]
    assert [(one.name, one.document) for one in notice.losses] == [
        ("布局图", "遗1"),
        ("身份证", "损2"),
        ("申请书", ""),
    ]
    told = text_of(render(notice)).replace(" ", "")
    for one in ("布局图复印件1遗失遗1", "身份证复印件1损坏损2", "申请书原件1遗失正在核实"):
        assert one in told
    assert told.index("凭本确认书退还") < told.index("遗失或者损坏") < told.index("布局图")


def text_of(pdf: bytes) -> str:
    """The text of a paper, lines put together."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def decided(outcome: Outcome, **more: str) -> Decided:
    return Decided(
        at=AT.now,
        by=BY,
        step="approve",
        outcome=outcome,
        opinion="同意",
        document="市监〔2026〕7号",
        **more,  # type: ignore[arg-type]
    )


def test_a_receipt_forecasts_its_dates_and_masks_its_number() -> None:
    received = CaseStory().received().record
    assert received is not None
    receipt = receipt_of([received], AT, query_password="012345", waiting=True)
    (case,) = receipt.cases
    assert case.forecast
    assert case.promised_due is not None
    assert case.statutory_due is not None
    assert case.promised_due < case.statutory_due
    assert "*" in receipt.masked_id
    assert render(receipt).startswith(b"%PDF")


def test_what_waits_for_others_is_promised_no_day() -> None:
    place = Place(
        project="p1",
        title="三号教学楼",
        bundle="construction",
        version=1,
        bundle_name="工程建设项目审批",
        stage="s2",
        stage_name="工程建设许可",
        main=True,
        after=(Awaited("land", "建设用地规划许可证核发", main=True),),
    )
    playing = CaseStory().do(replace(receive_command(), place=place), CLERK)
    assert playing.record is not None
    (case,) = receipt_of([playing.record], AT).cases
    assert (case.promised_due, case.statutory_due, case.forecast) == (None, None, False)
    assert case.project == "三号教学楼（工程建设项目审批，工程建设许可）"
    printed = text_of(render(receipt_of([playing.record], AT)))
    assert "三号教学楼" in printed
    assert "建设用地规划许可证核发（获准后开始计算办理时限）" in printed
    accepted = extend(
        CASE, playing.record, [Accepted(at=AT.now, by=BY, document="市监受〔2026〕1号")]
    )
    notice = notice_of(accepted, DocumentKind.ACCEPTANCE, AT)
    assert isinstance(notice, AcceptanceNotice)
    assert (notice.promised_due, notice.waits_for) == (None, ("建设用地规划许可证核发",))
    assert "自其全部获准之日起计算" in text_of(render(notice))


def test_a_deemed_acceptance_is_on_paper_and_dated_from_the_receipt() -> None:
    received = CaseStory().received().record
    assert received is not None
    deemed = DeemedAccepted(
        at=AT.now, by=CLOCK_ACTOR, dated_from=MONDAY.date(), document="市监受〔2026〕8号"
    )
    notice = notice_of(extend(CASE, received, (deemed,)), DocumentKind.ACCEPTANCE, AT)
    assert isinstance(notice, AcceptanceNotice)
    assert notice.deemed
    assert (notice.accepted_on, notice.dated) == (MONDAY.date(), AT.now.date())


def test_a_refusal_gives_its_reason() -> None:
    record = story(decided(Outcome.REFUSED, reason="面积不足"))
    notice = notice_of(record, DocumentKind.REFUSAL, AT)
    assert isinstance(notice, Refusal)
    assert (notice.reason, notice.number) == ("面积不足", "市监〔2026〕7号")
    assert render(notice).startswith(b"%PDF")


def test_a_decision_names_the_licence_and_what_is_still_owed() -> None:
    story_ = CaseStory().received(with_states(m3=MaterialState.DEFERRED))
    record = story_.do(AcceptCase(), CLERK).record
    assert record is not None
    granted = decided(Outcome.GRANTED_DEFERRED, licence="FOOD-2026-000001")
    notice = notice_of(extend(CASE, record, (granted,)), DocumentKind.DECISION, AT)
    assert isinstance(notice, Decision)
    assert notice.licence_number == "FOOD-2026-000001"
    assert [one.key for one in notice.deferred] == ["m3"]


def test_a_decline_names_the_right_body() -> None:
    received = CaseStory().received().record
    assert received is not None
    event = Declined(
        at=AT.now,
        by=BY,
        ground=DeclineGround.NOT_THIS_OFFICE,
        reason="不属于本机关职权",
        right_body="市卫生健康委员会",
        document="市监不受〔2026〕1号",
    )
    notice = notice_of(extend(CASE, received, (event,)), DocumentKind.DECLINE, AT)
    assert isinstance(notice, DeclineNotice)
    assert notice.right_body == "市卫生健康委员会"
    assert render(notice).startswith(b"%PDF")


def test_a_proof_of_delivery_masks_the_agent() -> None:
    agent = a_person(9).id_number
    released = Released(
        at=AT.now,
        by=BY,
        collector="代办人",
        collector_id=agent,
        collector_kind="agent",
        signature="代签",
        document="市监送〔2026〕1号",
    )
    notice = notice_of(story(decided(Outcome.GRANTED), released), DocumentKind.DELIVERY, AT)
    assert isinstance(notice, DeliveryProof)
    assert agent not in repr(notice)
    assert [one.number for one in notice.documents] == ["市监〔2026〕7号"]


def test_an_acceptance_that_has_no_number_yet_is_not_printed() -> None:
    """What the desk only predicts has no document number: central alone gives them."""
    with pytest.raises(InputError, match=r"paper\.not_given"):
        notice_of(story(), DocumentKind.ACCEPTANCE, AT)


def test_an_acceptance_is_dated() -> None:
    record = story()
    accepted = replace(record.events[-1], document="市监受〔2026〕1号")
    numbered = replace(record, events=(*record.events[:-1], accepted))
    notice = notice_of(numbered, DocumentKind.ACCEPTANCE, AT)
    assert isinstance(notice, AcceptanceNotice)
    assert notice.accepted_on == notice.received_on
    assert not notice.forecast


def test_the_sheet_of_a_case_tells_all_of_it() -> None:
    record = story(decided(Outcome.GRANTED))
    sheet = sheet_of(record, AT)
    text = "".join(
        "".join(page.extract_text().split())
        for page in pypdf.PdfReader(io.BytesIO(render(sheet))).pages
    )
    for told in ("办件单", "窗口收件", "窗口受理", "市监〔2026〕7号", "承诺时限：8个工作日"):
        assert told in text
    assert "2026年6月6日六—周末" in text
    assert "2026年6月2日二1计入" in text
    assert {one.kind for one in sheet.clocks} == {"receipt", "promised", "statutory", "delivery"}


def test_every_kind_of_event_has_its_words_on_the_sheet() -> None:
    template = (Path(render_module.__file__).parent / "templates" / "case_sheet.typ").read_text()
    for kind in AnyEvent.__args__:
        assert f"{kind.__struct_config__.tag}: " in template
