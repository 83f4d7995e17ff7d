"""What poppler reads on each printed form is the form: every value of it, in its order."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum

import msgspec
import pytest

from exports.papers.forms import Paper
from exports.papers.render import render
from tests.exports.papers.gallery import GALLERY

pytestmark = pytest.mark.e2e

_CODED = frozenset({"key", "act", "what", "case_id", "material"})
"""Fields that name what is told in words."""
_UNTOLD = {
    "withdrawal": {"note", "state"},
    "decision": {"state"},
    "correction_list": {"stood", "stands"},
}
"""What a form leaves out, or tells in words."""
_WORDS = {
    "provided": "已提交",
    "exempted": "免提交",
    "deferred": "容缺后补",
    "declared": "告知承诺",
    "corrected": "当场更正",
    "missing": "未提交",
    "hearing": "听证",
    "test": "检测",
    "not_this_office": "不属于本机关职权范围",
    "agent": "代理人",
    "copy": "复印件",
    "original": "原件",
    "lost": "遗失",
    "damaged": "损坏",
    "revoke": "撤销",
    "deception": "第六十九条第二款",
}
_HEADS = {
    "receipt": "收件回执及材料清单",
    "acceptance": "受理通知书",
    "supplement": "一次性补正告知书",
    "decline": "不予受理通知书",
    "decision": "准予行政许可决定书",
    "refusal": "不予行政许可决定书",
    "stop": "特别程序",
    "extension": "延长审批期限告知书",
    "transfer_slip": "材料交接单",
    "delivery": "送达回证",
    "withdrawal": "撤回申请确认书",
    "correction": "更正通知书",
    "correction_list": "更正清单",
    "shift_handover": "交接班",
    "day_balance": "日结单",
    "supervision": "督办",
    "loss": "材料遗失告知书",
    "licence_notice": "撤销行政许可决定书",
}
_ORDER = ("number", "applicant", "masked_id", "item_name", "case_number", "dated")
"""How a notice begins and ends."""
_NOTICES = frozenset(
    {"acceptance", "supplement", "decline", "decision", "refusal", "stop", "extension"}
)
_REMEDIES = ("六十日内", "行政复议法》第二十条", "六个月内", "行政诉讼法》第四十六条")


def read(paper: Paper) -> str:
    """The text in the order of the page, without spaces and ends of lines."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=render(paper), capture_output=True, check=True
    )
    return _bare(done.stdout.decode())


def _bare(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def tell(value: object, name: str, left_out: set[str]) -> Iterator[str]:
    """Every value as it stands on paper."""
    if name in _CODED or name in left_out:
        return
    match value:
        case msgspec.Struct():
            for field in value.__struct_fields__:
                yield from tell(getattr(value, field), field, left_out)
        case tuple():
            for one in value:
                yield from tell(one, name, left_out)
        case Enum():
            yield _WORDS[str(value.value)]
        case datetime():
            yield f"{value.year}年{value.month}月{value.day}日{value:%H:%M}"
        case date():
            yield f"{value.year}年{value.month}月{value.day}日"
        case str():
            yield _bare(value)
        case _:
            return  # counts and marks stand in many places: the lists are compared by their texts


def find_in_order(page: str, values: list[str]) -> None:
    """Each behind the one before."""
    at = 0
    for one in values:
        found = page.find(one, at)
        assert found >= 0, (one, page[at : at + 80])
        at = found + len(one)


@pytest.mark.parametrize("name", GALLERY)
def test_every_value_of_a_form_is_on_the_page(name: str) -> None:
    paper = GALLERY[name]
    page, left_out = read(paper), _UNTOLD.get(paper.template, set())
    assert _HEADS[paper.template] in page
    lacking = [one for one in tell(paper, "", left_out) if one not in page]
    assert not lacking


@pytest.mark.parametrize("name", GALLERY)
def test_lists_stand_in_their_order(name: str) -> None:
    paper = GALLERY[name]
    page, left_out = read(paper), _UNTOLD.get(paper.template, set())
    for field in paper.__struct_fields__:
        value = getattr(paper, field)
        if isinstance(value, tuple):
            # The first text of each: its name, its number, its time.
            heads = [next(tell(one, field, left_out), "") for one in value]
            find_in_order(page, heads)
        for case in value if field == "cases" else ():
            find_in_order(page, [case.item_name, *(_bare(one.name) for one in case.materials)])


@pytest.mark.parametrize("name", [n for n, one in GALLERY.items() if one.template in _NOTICES])
def test_a_notice_goes_from_its_number_to_its_date(name: str) -> None:
    paper = GALLERY[name]
    values = [getattr(paper, field) for field in _ORDER]
    told = [_HEADS[paper.template], *(text for one in values for text in tell(one, "", set()))]
    find_in_order(read(paper), told)


@pytest.mark.parametrize("name", ["decline", "refusal"])
def test_remedies_follow_the_reason(name: str) -> None:
    paper = GALLERY[name]
    page = read(paper)
    (dated,) = tell(paper.dated, "", set())  # type: ignore[attr-defined]
    find_in_order(page, [_bare(paper.reason), *_REMEDIES, dated])  # type: ignore[attr-defined]
    assert "三个月" not in page, "the suit had three months before 2015"
