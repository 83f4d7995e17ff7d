"""Filled forms with generated people, as the desk and central would fill them."""

from __future__ import annotations

from datetime import date, datetime

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import DeclineGround, MaterialState, SupplementLine, Ticked
from clerk.contract.proposal import Change, Hearing, Procedure
from clerk.rules.numbers import format_case_number
from exports.papers.clock_forms import ExtensionNotice, StopNotice
from exports.papers.correction_forms import CorrectionNotice
from exports.papers.forms import (
    AcceptanceNotice,
    Decision,
    DeclineNotice,
    DeliveryProof,
    Handed,
    Paper,
    Receipt,
    ReceiptCase,
    Refusal,
    Relation,
    SupplementNotice,
)
from exports.papers.supervision_forms import SupervisionNotice

CENTRE = "金城市政务服务中心"
RECEIVED = datetime(2026, 3, 5, 9, 30, tzinfo=OFFICE_ZONE)
NUMBERS = tuple(format_case_number(RECEIVED.date(), 101, n) for n in (12, 13))

MATERIALS = (
    Ticked(
        key="m1", name="食品经营许可申请书", state=MaterialState.PROVIDED, originals=1, copies=2
    ),
    Ticked(
        key="m2",
        name="营业执照",
        state=MaterialState.EXEMPTED,
        evidence="电子证照 营业执照",
    ),
    Ticked(
        key="m3",
        name="与食品经营相适应的主要设备设施布局、操作流程等文件",
        state=MaterialState.DEFERRED,
        due=date(2026, 3, 19),
    ),
    Ticked(key="m4", name="食品安全自查承诺书", state=MaterialState.DECLARED, originals=1),
    Ticked(
        key="m5", name="经营场所平面图", state=MaterialState.CORRECTED, copies=1, note="已改面积"
    ),
)


def make_case(place: int = 0, materials: tuple[Ticked, ...] = MATERIALS) -> ReceiptCase:
    """One case on a receipt."""
    return ReceiptCase(
        number=NUMBERS[place],
        item_name=("食品经营许可（首次）", "公众聚集场所投入使用、营业前消防安全检查")[place],
        department_name=("市市场监督管理局", "市消防救援支队")[place],
        materials=materials,
        promised_due=date(2026, 3, 12),
        statutory_due=date(2026, 4, 2),
        forecast=place == 0,
    )


def make_materials(count: int) -> tuple[Ticked, ...]:
    """Many materials, each with a name of its own, some of them long."""
    return tuple(
        Ticked(
            key=f"m{n}",
            name=f"第{n}号材料" + "建设工程消防设计审查意见及其附图附表" * (n % 4),
            state=list(MaterialState)[n % 6],
            originals=n % 3,
            copies=n % 2,
            evidence="兰政电照〔2025〕0000000000001号电子证照" if n % 6 == 3 else "",
            due=date(2026, 4, 1) if n % 6 == 4 else None,
        )
        for n in range(1, count + 1)
    )


def make_receipt(
    *,
    applicant: str = "张三丰",
    cases: tuple[ReceiptCase, ...] = (),
    waiting: bool = False,
    reprint: bool = False,
    rating_page: str = "https://rate.example/rate/abcdefghjkmnpqrstuvwxyz234",
) -> Receipt:
    """A receipt of two cases, taken in from an agent."""
    return Receipt(
        centre=CENTRE,
        application="2603051010007",
        window="综合受理 101 号窗口",
        clerk="李小燕",
        received_at=RECEIVED,
        applicant=applicant,
        masked_id="6201**********1234",
        agent="王五",
        agent_masked_id="6201**********567X",
        query_password="482913",
        rating_page=rating_page,
        cases=cases or (make_case(0), make_case(1)),
        waiting=waiting,
        reprint=reprint,
    )


def make_notices(
    applicant: str = "金城甘味餐饮管理有限公司", *, reprint: bool = False
) -> list[Paper]:
    """One of each paper that bears a document number."""
    about = {
        "centre": CENTRE,
        "office": "金城市市场监督管理局",
        "case_number": NUMBERS[0],
        "item_name": "食品经营许可（首次）",
        "applicant": applicant,
        "masked_id": "9162**********123X",
        "reprint": reprint,
    }
    undone, corrected = make_corrected_decisions(about)
    return [
        *make_clock_notices(about),
        make_supervision(about),
        *make_counter_notices(about),
        *make_decisions(about),
        make_delivery(about),
        undone,
        *make_corrections(about),
        corrected,
    ]


def make_counter_notices(about: dict[str, object]) -> list[Paper]:
    """What becomes of an application at the window."""
    return [
        _build(
            AcceptanceNotice,
            about,
            number="金市监受〔2026〕12号",
            dated=date(2026, 3, 6),
            received_on=RECEIVED.date(),
            accepted_on=date(2026, 3, 6),
            statutory_due=date(2026, 4, 3),
            promised_due=date(2026, 3, 13),
        ),
        _build(
            SupplementNotice,
            about,
            number="金市监补〔2026〕3号",
            dated=date(2026, 3, 6),
            received_on=RECEIVED.date(),
            lines=(
                SupplementLine(
                    "m1", "食品经营许可申请书", "第三栏未填写经营项目，缺法定代表人签字。"
                ),
                SupplementLine("m5", "经营场所平面图", "未标注面积和比例，应按 1:100 重新绘制。"),
            ),
        ),
        _build(
            DeclineNotice,
            about,
            number="金市监不受〔2026〕1号",
            dated=date(2026, 3, 6),
            received_on=RECEIVED.date(),
            ground=DeclineGround.NOT_THIS_OFFICE,
            reason="申请的经营场所位于永登县，不在本机关管辖区域内。",
            right_body="永登县市场监督管理局",
        ),
    ]


def make_decisions(about: dict[str, object]) -> list[Paper]:
    """One granted, one refused."""
    return [
        _build(
            Decision,
            about,
            number="金市监准〔2026〕9号",
            dated=date(2026, 3, 11),
            accepted_on=date(2026, 3, 6),
            content="热食类食品制售、自制饮品制售（不含自酿酒）",
            licence_name="食品经营许可证",
            licence_number="JY26201020000012",
            valid_until=date(2031, 3, 10),
            deferred=(MATERIALS[2],),
        ),
        _build(
            Refusal,
            about,
            number="金市监不准〔2026〕2号",
            dated=date(2026, 3, 11),
            accepted_on=date(2026, 3, 6),
            reason="现场核查发现，经营场所与污染源距离不足二十五米。",
        ),
    ]


def make_delivery(about: dict[str, object]) -> Paper:
    """Handed to an agent against a signature."""
    return _build(
        DeliveryProof,
        about,
        number="金政服送〔2026〕40号",
        dated=date(2026, 3, 12),
        window="综合出件 103 号窗口",
        clerk="李小燕",
        documents=(
            Handed(name="准予行政许可决定书", number="金市监准〔2026〕9号"),
            Handed(name="食品经营许可证", number="JY26201020000012", copies=2),
        ),
        collector="王五",
        collector_masked_id="6201**********567X",
        relation=Relation.AGENT,
        delivered_at=datetime(2026, 3, 12, 15, 5, tzinfo=OFFICE_ZONE),
        note="委托书原件已核",
    )


def make_clock_notices(about: dict[str, object]) -> list[Paper]:
    """What moves the legal clock is told in writing."""
    hearing = Hearing(
        told_on=date(2026, 3, 6),
        applied_on=date(2026, 3, 9),
        held_on=date(2026, 3, 25),
        place="市政务服务中心三楼听证室",
    )
    stop: dict[str, object] = {
        "dated": date(2026, 3, 10),
        "basis": "《食品经营许可和备案管理办法》第十八条",
        "began_on": date(2026, 3, 10),
        "statutory_due": date(2026, 4, 13),
        "promised_due": date(2026, 3, 30),
    }
    return [
        _build(
            ExtensionNotice,
            about,
            number="金市监延〔2026〕1号",
            dated=date(2026, 3, 20),
            days=10,
            reason="需要核实的事实较多",
            accepted_on=date(2026, 3, 6),
            statutory_before=date(2026, 4, 3),
            statutory_due=date(2026, 4, 20),
            promised_due=date(2026, 3, 27),
        ),
        _build(
            StopNotice,
            about | stop,
            number="金市监特〔2026〕1号",
            procedure=Procedure.HEARING,
            reason="涉及申请人与他人之间重大利益关系",
            planned_days=12,
            until=date(2026, 3, 26),
            hearing=hearing,
        ),
        _build(
            StopNotice,
            about | stop,
            number="金市监特延〔2026〕1号",
            procedure=Procedure.TEST,
            reason="样品需要复检",
            planned_days=8,
            longer_by=3,
            until=date(2026, 3, 20),
            forecast=True,
        ),
    ]


def make_supervision(about: dict[str, object]) -> Paper:
    """A case past its promised limit is supervised formally."""
    return _build(
        SupervisionNotice,
        about | {"applicant": "", "masked_id": "", "office": CENTRE},
        number="金市监督〔2026〕1号",
        dated=date(2026, 3, 18),
        addressee="金城市市场监督管理局",
        supervisor="赵督查",
        reason=f"{about['applicant']}反映超期未办结，经催办未答复",
        demand="说明超期原因，明确办结时间，并报送处理结果",
        answer_due=date(2026, 3, 23),
        received_on=RECEIVED.date(),
        accepted_on=date(2026, 3, 6),
        place="审核",
        holder="刘审核",
        promised_due=date(2026, 3, 13),
        promised_late=True,
        statutory_due=date(2026, 4, 3),
    )


def make_corrections(about: dict[str, object]) -> list[Paper]:
    """What was wrong at the window is put right on another paper."""
    wrong = _wrong(about)
    return [
        _build(
            CorrectionNotice,
            wrong,
            number="金市监更〔2026〕1号",
            act="received",
            reason="录入时看错一行",
            changes=(
                Change(what="copies", name="营业执照", stood="7", stands="2"),
                Change(what="name", stood="王小明", stands="王晓明"),
            ),
            against=True,
            statutory_due=date(2026, 4, 3),
            promised_due=date(2026, 3, 16),
        ),
        _build(
            CorrectionNotice,
            wrong,
            number="金市监更〔2026〕2号",
            act="accepted",
            reason="布局图未附，误作已提交",
            undone=True,
            voids="金市监受〔2026〕31号",
            against=True,
            five_days_until=date(2026, 3, 12),
        ),
        _build(
            CorrectionNotice,
            wrong,
            number="金市监更〔2026〕3号",
            act="declined",
            reason="经营场所属本机关管辖",
            undone=True,
            voids="金市监不受〔2026〕4号",
            accepted_from=date(2026, 3, 5),
            statutory_due=date(2026, 4, 2),
            promised_due=date(2026, 3, 16),
        ),
    ]


def make_corrected_decisions(about: dict[str, object]) -> list[Paper]:
    """A decision that is undone, and one in other words."""
    wrong = _wrong(about)
    return [
        _build(
            CorrectionNotice,
            wrong,
            number="金市监更〔2026〕4号",
            act="decided",
            reason="核查材料属于另一申请人",
            undone=True,
            voids="金市监准〔2026〕8号",
            against=True,
            statutory_due=date(2026, 4, 3),
            promised_due=date(2026, 3, 16),
        ),
        _build(
            Decision,
            about,
            number="金市监准〔2026〕10号",
            corrects="金市监准〔2026〕9号",
            dated=date(2026, 3, 12),
            accepted_on=date(2026, 3, 6),
            content="热食类食品制售",
        ),
    ]


def _wrong(about: dict[str, object]) -> dict[str, object]:
    return about | {"dated": date(2026, 3, 9), "act_on": date(2026, 3, 6)}


def _build(form: type[Paper], about: dict[str, object], **more: object) -> Paper:
    """One form from what all share and what it alone holds."""
    return form(**about, **more)  # type: ignore[arg-type]
