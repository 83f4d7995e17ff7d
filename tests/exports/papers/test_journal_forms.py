"""The slip, the shift and the day on paper: every value is there, every difference by name."""

from __future__ import annotations

import io

import pypdf
from msgspec.structs import replace

from clerk.contract.custody import Mishap, PaperForm
from clerk.contract.journal import BalanceLine, DayBalance, HeldLine, LostLine, Missed
from clerk.contract.user import Actor
from exports.papers.custody_forms import SlipPaper, TransferSlip
from exports.papers.forms import Paper
from exports.papers.journal_forms import DayForm, ShiftForm
from exports.papers.render import render
from services.journal_forms import MOST_LINES, day_form
from tests.support.cases import MONDAY

NUMBER = "260601001000427"
SLIP = TransferSlip(
    centre="市政务服务中心",
    number="JJ260601ABCDEFGH1",
    given_at=MONDAY,
    from_place="综合窗口",
    giver="窗口甲",
    to_place="市场监管局",
    papers=(
        SlipPaper(
            case_number=NUMBER,
            item_name="食品经营许可",
            material="布局图",
            form=PaperForm.COPY,
            count=2,
            short=1,
            reason="袋中没有",
        ),
    ),
)
LOST = LostLine(
    number=NUMBER,
    name="房屋租赁合同",
    form=PaperForm.ORIGINAL,
    count=1,
    mishap=Mishap.LOST,
    reason="柜中找不到",
    document="市监遗〔2026〕1号",
)
SHIFT = ShiftForm(
    centre="市政务服务中心",
    window="综合窗口",
    since=MONDAY,
    handed_at=MONDAY,
    giver="窗口甲",
    drafts=1,
    receipts=4,
    papers=(
        HeldLine(
            case_id="c",
            number=NUMBER,
            material="m3",
            name="布局图",
            form=PaperForm.COPY,
            count=2,
        ),
    ),
    listed_papers=2,
    counted_papers=1,
    certificates=(NUMBER,),
    counted_certificates=1,
    reason="一份在部门",
    losses=(LOST, replace(LOST, mishap=Mishap.DAMAGED, document="")),
)
GAP = BalanceLine(
    case_id="c", number=NUMBER, material="m3", name="布局图", form=PaperForm.COPY, received=1
)
DAY = DayForm(
    centre="市政务服务中心",
    window="综合窗口",
    closed_at=MONDAY,
    clerk="窗口甲",
    lines=(GAP,),
    gaps=(GAP.gap,),
    held=0,
    counted=0,
    missed=(
        Missed(
            number=NUMBER,
            name="布局图",
            form=PaperForm.COPY,
            count=1,
            slip=SLIP.number,
            reason="袋中没有",
        ),
    ),
    reason="正在查找",
    losses=(LOST,),
)


def pages_of(paper: Paper) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(render(paper)))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def test_each_side_has_a_copy_of_the_slip() -> None:
    first, second = pages_of(SLIP)
    assert "第一联" in first
    assert "第二联" in second
    for page in (first, second):
        assert all(text in page for text in (SLIP.number, NUMBER, "缺1份：袋中没有", "市场监管局"))
    assert "材料退还单" in pages_of(replace(SLIP, returned=True, taker="张三"))[0]


def test_a_shift_tells_what_differs() -> None:
    (page,) = pages_of(SHIFT)
    wanted = ("交接班单", "综合窗口", "窗口甲", "一份在部门", NUMBER, "布局图", "见差异说明")
    assert all(text in page for text in wanted)
    assert LOST.document in page
    assert "损坏待确认" in page
    (whole,) = pages_of(replace(SHIFT, counted_papers=2, reason="", taker="窗口乙"))
    assert "见差异说明" not in whole
    assert "窗口乙" in whole


def test_a_day_names_every_difference() -> None:
    (page,) = pages_of(DAY)
    for text in ("日结单", "账面相差−1份", "交接时缺1份", SLIP.number, "正在查找"):
        assert text.replace("−", "") in page.replace("−", "").replace("-", ""), text
    line = replace(GAP, held=1)
    (whole,) = pages_of(replace(DAY, lines=(line,), gaps=(0,), held=1, counted=1, missed=()))
    assert "无差异" in whole


def test_papers_that_only_lie_there_are_one_line_of_a_long_day() -> None:
    lain = replace(GAP, name="营业执照副本", received=0, opening=2, held=2)
    entry = DayBalance(
        id="d",
        version=1,
        window="w1",
        by=Actor(user="u-clerk", name="窗口甲"),
        at=MONDAY,
        since=MONDAY,
        lines=(lain,) * MOST_LINES + (GAP,),
        counted=2 * MOST_LINES,
        reason="正在查找",
    )
    long = day_form(entry, "市政务服务中心", "综合窗口")
    assert (long.lines, long.gaps) == ((GAP,), (GAP.gap,)), "what moved or differs keeps its line"
    (page,) = pages_of(long)
    assert f"{MOST_LINES}项无变动" in page
    assert f"合计{2 * MOST_LINES}1" in page.replace("-", "").replace("—", "")
    assert "营业执照副本" not in page
    short = day_form(replace(entry, lines=(lain, GAP)), "市政务服务中心", "综合窗口")
    assert short.lines == (lain, GAP)
