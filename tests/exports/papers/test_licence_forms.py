"""The notice of what was done to a licence: each act and ground has its words and its article."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from clerk.contract.licence_life import LicenceAct, LicenceGround
from clerk.rules.case.licence_life import GROUNDS
from exports.papers.licence_forms import LicenceNotice
from exports.papers.render import render

CASES: list[tuple[LicenceAct, LicenceGround | None]] = [
    (act, ground) for act, grounds in GROUNDS.items() for ground in grounds
]


def text_of(act: LicenceAct, ground: LicenceGround | None = None, basis: str = "") -> str:
    notice = LicenceNotice(
        centre="政务服务中心",
        number="市监证〔2026〕1号",
        office="市市场监督管理局",
        case_number="260601001000426",
        item_name="食品经营许可",
        applicant="甲乙丙公司",
        masked_id="9162**********4567",
        dated=date(2026, 6, 1),
        licence_name="食品经营许可证",
        licence_number="JY202600000012",
        act=act,
        ground=ground,
        basis=basis,
        reason="经核查情况属实",
        until=date(2026, 7, 1) if act is LicenceAct.SUSPEND else None,
    )
    pages = PdfReader(io.BytesIO(render(notice))).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize(("act", "ground"), CASES)
def test_each_ground_is_cited_with_the_remedies(act: LicenceAct, ground: LicenceGround) -> None:
    told = text_of(act, ground)
    article = "第六十九条" if act is LicenceAct.REVOKE else "第七十条"
    assert f"《中华人民共和国行政许可法》{article}" in told
    for words in ("JY202600000012", "经核查情况属实", "六十日内", "六个月内", "失去效力"):
        assert words in told
    compensated = act is LicenceAct.REVOKE and ground is not LicenceGround.DECEPTION
    assert ("赔偿" in told) is compensated


def test_a_suspension_names_its_basis_and_last_day_and_resuming_needs_no_remedy() -> None:
    told = text_of(LicenceAct.SUSPEND, basis="《某条例》第十条")
    for words in ("暂扣许可证件通知书", "《某条例》第十条", "至2026年7月1日止", "六十日内"):
        assert words in told
    assert "六十日内" not in text_of(LicenceAct.RESUME)
