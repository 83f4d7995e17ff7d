"""Every printed form: its paper, its pages, its codes and its fonts, as others read them."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from clerk.contract.custody import Remedy
from exports.papers.forms import Paper
from exports.papers.render import render, render_pictures
from tests.exports.papers.gallery import APPLICANT, CORRECTIONS, GALLERY, LOSS, WITHDRAWAL

A4_POINTS = (595, 842)
FORMS = {
    *("receipt", "acceptance", "supplement", "decline", "decision", "refusal", "stop"),
    *("extension", "transfer_slip", "delivery", "withdrawal", "correction", "correction_list"),
    *("shift_handover", "day_balance", "supervision", "loss", "licence_notice"),
}
LONG = "金城市永登县某某镇某某村村民委员会经济合作社股份有限责任公司第一分公司" * 40


def read(paper: Paper) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(render(paper)))
    for page in reader.pages:
        assert tuple(round(one) for one in page.mediabox.upper_right) == A4_POINTS
    return ["".join(page.extract_text().split()).replace("\u200b", "") for page in reader.pages]


def test_no_form_is_missing() -> None:
    assert {paper.template for paper in GALLERY.values()} == FORMS


@pytest.mark.parametrize("name", GALLERY)
def test_pages_are_a4_numbered_and_small_and_codes_are_found(name: str) -> None:
    paper = GALLERY[name]
    pages = read(paper)
    for place, page in enumerate(pages):
        assert f"第{place + 1}页共{len(pages)}页" in page
    assert ("一式两份" in pages[0]) == (paper.copies == 2)
    assert len(render(paper)) < 60_000
    found = {
        (code.format.name, code.text)
        for picture in render_pictures(paper, 200)
        for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    }
    numbers = {(kind, one) for kind in ("Code128", "QRCode") for one in paper.codes}
    assert found == numbers | {("QRCode", one) for one in paper.links}
    assert paper.codes, "every paper is found by scanning it"


def test_a_reprint_tells_which_when_and_by_whom() -> None:
    (page,) = read(GALLERY["reprint"])
    assert "补打（第2次）2026年3月9日16:20李小燕" in page


def test_a_loss_asks_for_nothing_and_tells_how_it_ended() -> None:
    (page,) = read(LOSS)
    assert "材料遗失告知书" in page
    assert "我方不因此要求你（单位）补正或者再次提交" in page
    assert "费用由我方承担" in page
    assert "办理结果" not in page
    ended = replace(LOSS, remedy=Remedy.FOUND, settled_on=date(2026, 3, 10))
    (page,) = read(ended)
    assert "已于2026年3月10日找回" in page


def test_a_withdrawal_confirms_and_gives_back() -> None:
    (page,) = read(WITHDRAWAL)
    for told in (
        "撤回申请确认书",
        "金市监撤〔2026〕1号",
        APPLICANT,
        WITHDRAWAL.reason,
        "办理自即日起终止",
    ):
        assert told in page
    assert "1食品经营许可申请书12" in page
    assert "营业执照" not in page, "nobody brought it"


def test_the_list_of_corrections_tells_each_with_its_reason() -> None:
    (page,) = read(CORRECTIONS)
    for told in (
        "当场更正平面图：材料状态：未提交→当场更正",
        "营业执照：复印件份数：7→2；申请人名称：王小明→王晓明",
        "撤回，原文书作废",
        "录入时看错一行",
        "金市监更〔2026〕2号",
        "共3项",
    ):
        assert told in page


@pytest.mark.parametrize("typed", ["未附平面图", "未附平面图。", "未附平面图. "])
def test_what_was_typed_is_one_sentence_with_one_full_stop(typed: str) -> None:
    """Whoever types a reason ends it or not; the paper reads well either way."""
    for name, told in (("refusal", "理由：未附平面图。"), ("extension", "因未附平面图，不能")):
        page = "".join(read(replace(GALLERY[name], reason=typed)))
        assert told in page
        assert "。。" not in page


def test_a_reason_of_several_pages_flows_on() -> None:
    """Nothing is cut, and each page says which of how many it is."""
    for name in ("decline", "refusal", "withdrawal"):
        pages = read(replace(GALLERY[name], reason=LONG))
        assert len(pages) > 1
        assert sum(page.count("永登县某某镇") for page in pages) >= 36
