"""One filled example of every printed form, by the name of its picture."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.custody import Mishap, PaperForm
from clerk.contract.licence_life import LicenceAct, LicenceGround
from clerk.contract.proposal import Change
from exports.papers.correction_list import CorrectionList, ListedCorrection
from exports.papers.forms import Paper, Reprinted, WithdrawalNotice
from exports.papers.licence_forms import LicenceNotice
from exports.papers.loss_forms import LossNotice, LossPaper
from tests.exports.papers.samples import (
    CENTRE,
    MATERIALS,
    NUMBERS,
    RECEIVED,
    make_case,
    make_materials,
    make_notices,
    make_receipt,
)
from tests.exports.papers.test_journal_forms import DAY, SHIFT, SLIP

APPLICANT = "金城甘味餐饮管理有限公司"
AGAIN = "-again"
"""What ends the name of another paper of a form that is already there."""

LATER = datetime(2026, 3, 9, 16, 20, tzinfo=OFFICE_ZONE)

WITHDRAWAL = WithdrawalNotice(
    centre=CENTRE,
    office="金城市市场监督管理局",
    number="金市监撤〔2026〕1号",
    case_number=NUMBERS[0],
    item_name="食品经营许可（首次）",
    applicant=APPLICANT,
    masked_id="9162**********123X",
    dated=date(2026, 3, 9),
    received_on=RECEIVED.date(),
    reason="经营场所租赁合同解除，暂不开业",
    papers=tuple(one for one in MATERIALS if one.originals or one.copies),
)
LOSS = LossNotice(
    centre=CENTRE,
    office="金城市市场监督管理局",
    number="金市监遗〔2026〕1号",
    case_number=NUMBERS[0],
    item_name="食品经营许可（首次）",
    applicant=APPLICANT,
    masked_id="9162**********123X",
    dated=date(2026, 3, 9),
    received_on=RECEIVED.date(),
    mishap=Mishap.LOST,
    papers=(
        LossPaper(name="房屋租赁合同", form=PaperForm.ORIGINAL, count=1),
        LossPaper(name="布局图", form=PaperForm.COPY, count=2),
    ),
    reason="三月六日移交时袋中没有，已查找窗口和档案室",
)
LICENCE = LicenceNotice(
    centre=CENTRE,
    office="金城市市场监督管理局",
    number="金市监证撤〔2026〕1号",
    case_number="260305101000121",
    item_name="食品经营许可（首次）",
    applicant=APPLICANT,
    masked_id="9162**********123X",
    dated=date(2026, 3, 20),
    licence_name="食品经营许可证",
    licence_number="JY202600000012",
    act=LicenceAct.REVOKE,
    ground=LicenceGround.DECEPTION,
    reason="申请时提交的房屋租赁合同系伪造",
)

CORRECTIONS = CorrectionList(
    centre=CENTRE,
    case_number=NUMBERS[0],
    item_name="食品经营许可（首次）",
    department_name="金城市市场监督管理局",
    applicant=APPLICANT,
    masked_id="9162**********123X",
    window="综合受理 101 号窗口",
    printed_at=LATER,
    rows=(
        ListedCorrection(
            at=RECEIVED,
            by="李小燕",
            act="completed_at_counter",
            changes=(Change(what="material", name="平面图", stood="missing", stands="corrected"),),
            at_counter=True,
        ),
        ListedCorrection(
            at=LATER,
            by="赵科长",
            act="received",
            changes=(
                Change(what="copies", name="营业执照", stood="7", stands="2"),
                Change(what="name", stood="王小明", stands="王晓明"),
            ),
            reason="录入时看错一行",
            document="金市监更〔2026〕1号",
        ),
        ListedCorrection(
            at=LATER,
            by="赵科长",
            act="accepted",
            reason="布局图未附，误作已提交",
            document="金市监更〔2026〕2号",
            undone=True,
        ),
    ),
)


def _make_gallery() -> dict[str, Paper]:
    gallery: dict[str, Paper] = {"receipt": make_receipt()}
    gallery["receipt-long"] = make_receipt(
        applicant=APPLICANT * 4,
        cases=(make_case(0, make_materials(40)), make_case(1)),
        rating_page="",
    )
    for paper in make_notices():
        name = paper.template
        while name in gallery:
            name += AGAIN
        gallery[name] = paper
    reprinted = Reprinted(nth=2, at=LATER, by="李小燕")
    gallery["reprint"] = replace_reprint(gallery["acceptance"], reprinted)
    gallery |= {"withdrawal": WITHDRAWAL, "correction_list": CORRECTIONS, "loss": LOSS}
    gallery["licence_notice"] = LICENCE
    return gallery | {
        "transfer_slip": SLIP,
        "shift_handover": replace(SHIFT, sheet="JB003260601173000"),
        "day_balance": replace(DAY, sheet="RJ003260601173500"),
    }


def replace_reprint(paper: Paper, reprinted: Reprinted) -> Paper:
    """The paper printed once more."""
    return replace(paper, reprint=True, reprinted=reprinted)


GALLERY = _make_gallery()
