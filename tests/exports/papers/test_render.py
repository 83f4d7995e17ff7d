"""What a person, a scanner and a reader of PDFs find on a printed form."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pypdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from clerk.contract.case import MaterialState, Ticked
from clerk.contract.proposal import Change
from exports.papers.forms import DeliveryProof, Paper, Receipt
from exports.papers.render import render, render_pictures, render_to
from tests.exports.papers.samples import (
    NUMBERS,
    make_case,
    make_materials,
    make_notices,
    make_receipt,
)
from tests.support.people import a_person

MARGIN_MM = 20
MM_PER_INCH = 25.4
LONG_NAME = "金城市永登县某某镇某某村村民委员会经济合作社股份有限责任公司第一分公司" * 3
LOADED_LATER = """
import sys
from tests.exports.papers.samples import make_receipt
from exports.papers.render import prepare, render
assert not {"typst", "segno"} & set(sys.modules), "loaded too early"
prepare()
before = set(sys.modules)
render(make_receipt())
print(*(set(sys.modules) - before))
"""
MARKUP = "#let x=1 $a$ *b* _c_ \\d <e> @f [g] {h} `i` ~ -- // /* = + 'j' \"k\""


def read_pages(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def read_text(paper: Paper) -> str:
    """All text without white space, since a reader cannot tell a wrapped line from a space."""
    return squeeze("".join(read_pages(render(paper))))


def squeeze(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def read_fonts(data: bytes) -> list[Any]:
    """The descriptors of all fonts of all pages."""
    fonts = []
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            fonts.append(descendant["/FontDescriptor"].get_object())
    return fonts


def tell_day(day: date | None) -> str:
    assert day is not None
    return f"{day.year}年{day.month}月{day.day}日"


def test_receipt_tells_all_of_its_cases() -> None:
    receipt = make_receipt()
    text = read_text(receipt)
    for told in (
        "金城市政务服务中心", "收件回执及材料清单", "2026年3月5日09:30", "482913", "李小燕",
        "6201**********1234", "6201**********567X", "第三十二条", "五个工作日", "即为受理",
    ):  # fmt: skip
        assert squeeze(told) in text
    for case in receipt.cases:
        assert case.number in text
        assert case.item_name in text
        assert case.department_name in text
        mark = "（预计）" if case.forecast else ""
        assert tell_day(case.promised_due) + mark in text
        assert tell_day(case.statutory_due) + mark in text
    assert text.count("（预计）") == 3, "two dates of one case, and the note that explains them"
    assert "电子证照营业执照" in text
    assert "2026年3月19日前补齐" in text


def test_materials_stand_in_order_with_state_and_counts() -> None:
    text = read_text(make_receipt(cases=(make_case(0),)))
    rows = (
        "1食品经营许可申请书已提交12",
        "2营业执照免提交——",
        "4食品安全自查承诺书告知承诺1—",
        "5经营场所平面图当场更正—1已改面积",
    )
    places = [text.index(row) for row in rows]
    assert places == sorted(places)


def test_both_codes_of_each_case_are_read_back() -> None:
    found = set()
    for picture in render_pictures(make_receipt(), 200):
        for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture))):
            found.add((code.format.name, code.text))
    numbers = {(kind, number) for kind in ("Code128", "QRCode") for number in NUMBERS}
    assert found == numbers | {("QRCode", make_receipt().rating_page)}


def test_marks_stand_only_where_they_are_true() -> None:
    assert "补打" not in read_text(make_receipt())
    assert "待上传" not in read_text(make_receipt())
    assert "补打" in read_text(make_receipt(reprint=True))
    assert "待上传" in read_text(make_receipt(waiting=True))
    for paper in make_notices(reprint=True):
        assert "补打" in read_text(paper)


@pytest.mark.parametrize("paper", make_notices(), ids=lambda paper: paper.template)
def test_notice_tells_every_value_it_holds(paper: Paper) -> None:
    text = read_text(paper)
    for value in find_texts(msgspec.structs.asdict(paper)):
        assert squeeze(value) in text
    assert "（盖章）" in text
    assert "第1页共1页" in text


_CODES = {"key", "ground", "relation", "state", "procedure", "act", "what"}
"""What the templates put into words."""


def find_texts(values: dict[str, Any]) -> list[str]:
    """All texts and dates that a person should find on paper."""
    found = []
    for name, value in values.items():
        match value:
            case str() if name not in _CODES:
                found.append(value)
            case date() if name != "delivered_at":
                found.append(tell_day(value))
            case msgspec.Struct():
                found.extend(find_texts(msgspec.structs.asdict(value)))
            case tuple():
                for part in value:
                    found.extend(find_texts(msgspec.structs.asdict(part)))
            case _:
                pass
    return found


@pytest.mark.parametrize("template", ["decline", "refusal"])
def test_what_goes_against_the_applicant_names_the_remedies(template: str) -> None:
    paper = next(paper for paper in make_notices() if paper.template == template)
    text = read_text(paper)
    assert "六十日内" in text
    assert "《中华人民共和国行政复议法》第二十条" in text
    assert "六个月内" in text
    assert "《中华人民共和国行政诉讼法》第四十六条" in text


def test_a_correction_says_what_holds_no_more_and_what_follows() -> None:
    decided, amended, accepted, declined, decision = make_notices()[-5:]
    for told in (
        "（文书号：金市监准〔2026〕8号）",
        "原审批决定自始不发生效力",
        "证件同时失效",
        "六十日内",
    ):
        assert told in read_text(decided)
    assert "营业执照：复印件份数72" in read_text(amended)
    assert "申请人名称王小明王晓明" in read_text(amended)
    for told in ("（文书号：金市监受〔2026〕31号）", "原文书作废", "2026年3月12日前", "六十日内"):
        assert told in read_text(accepted)
    text = read_text(declined)
    assert "自2026年3月5日起即为受理" in text
    assert "六十日内" not in text, "it goes for the applicant"
    assert "更正并代替金市监准〔2026〕9号，原文书作废" in read_text(decision)


def test_states_and_procedures_are_put_into_words() -> None:
    notice = msgspec.structs.replace(
        make_notices()[-4],
        changes=(
            Change(what="material", name="布局图", stood="provided", stands="deferred"),
            Change(what="due", name="布局图", stood="", stands="2026-03-19"),
            Change(what="procedure", stood="test", stands="inspection"),
            Change(what="field", name="面积", stood="", stands="120"),
        ),
    )
    text = read_text(notice)
    assert "布局图：材料状态已提交容缺后补" in text
    assert "布局图：补齐期限（空）2026年3月19日" in text
    assert "特别程序种类检测检验" in text
    assert "面积（空）120" in text


def test_a_void_paper_says_so() -> None:
    paper = next(one for one in make_notices() if one.template == "acceptance")
    assert "作废" not in read_text(paper)
    assert "作废" in read_text(msgspec.structs.replace(paper, void=True))


@pytest.mark.parametrize("paper", [make_receipt(), *make_notices()], ids=lambda p: p.template)
def test_fonts_are_embedded_and_the_file_is_small(paper: Paper) -> None:
    data = render(paper)
    fonts = read_fonts(data)
    assert fonts
    assert all("/FontFile3" in font for font in fonts)
    assert len(data) < 60_000


def test_metadata_tells_title_language_and_date() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(make_receipt())))
    assert reader.metadata is not None
    assert reader.metadata.title == "收件回执及材料清单"
    assert reader.metadata.author == "金城市政务服务中心"
    assert str(reader.root_object["/Lang"]).startswith("zh")


def test_the_same_paper_is_the_same_file() -> None:
    assert render(make_receipt()) == render(make_receipt())


@pytest.mark.parametrize("name", ["㛃䶮", "龑𬭚𫍯", "𠮷野", MARKUP])
def test_no_character_of_a_name_is_lost(name: str) -> None:
    for paper in (make_receipt(applicant=name), *make_notices(name)):
        text = read_text(paper)
        assert "\x00" not in text, "a glyph is missing"
        shown = squeeze(name)
        assert shown in text or shown.replace("𠮷", "〔U+20BB7〕") in text


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(max_codepoint=0x2FFFF, exclude_categories=["Cs"]), max_size=60))
def test_no_name_breaks_a_form(name: str) -> None:
    assert render(make_receipt(applicant=name)).startswith(b"%PDF")


@pytest.mark.parametrize("applicant", [LONG_NAME, "W" * 150, "A/" * 70])
def test_long_names_and_many_materials_stay_inside_the_margins(applicant: str) -> None:
    materials = (
        *make_materials(40),
        Ticked(key="x", name="X" * 120, state=MaterialState.PROVIDED, note="9" * 90),
    )
    receipt = make_receipt(applicant=applicant, cases=(make_case(0, materials), make_case(1)))
    text = read_text(receipt)
    assert applicant in text
    for material in materials:
        assert material.name in text
    pictures = render_pictures(receipt, 60)
    assert len(pictures) > 2
    assert f"第{len(pictures)}页共{len(pictures)}页" in text
    for picture in pictures:
        assert_margins_white(picture, 60)


def assert_margins_white(picture: bytes, dots_per_inch: int) -> None:
    """Nothing was printed left or right of the type area."""
    page = Image.open(io.BytesIO(picture)).convert("L")
    strip = round(MARGIN_MM / MM_PER_INCH * dots_per_inch)
    for left, right in ((0, strip), (page.width - strip, page.width)):
        side = page.crop((left, 0, right, page.height))
        assert ImageChops.invert(side).getbbox() is None


def test_a_row_longer_than_a_page_is_not_cut() -> None:
    note = "须补充说明的内容甲乙丙丁" * 400
    material = Ticked(key="x", name="申请书", state=MaterialState.PROVIDED, note=note)
    text = read_text(make_receipt(cases=(make_case(0, (material,)),)))
    assert text.count("须补充说明的内容") >= 390, "page heads may fall into a phrase or two"


def test_a_whole_id_number_is_refused() -> None:
    whole = a_person().id_number
    receipt = make_receipt()
    delivery = next(one for one in make_notices() if isinstance(one, DeliveryProof))
    for field in ("masked_id", "agent_masked_id"):
        with pytest.raises(AssertionError) as caught:
            Receipt(**(msgspec.structs.asdict(receipt) | {field: whole}))
        assert whole not in str(caught.value)
    with pytest.raises(AssertionError):
        DeliveryProof(**(msgspec.structs.asdict(delivery) | {"collector_masked_id": whole}))


def test_a_decline_for_another_body_names_it() -> None:
    decline = next(paper for paper in make_notices() if paper.template == "decline")
    with pytest.raises(AssertionError, match="names it"):
        type(decline)(**(msgspec.structs.asdict(decline) | {"right_body": ""}))


def test_after_prepare_nothing_is_left_to_load() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED_LATER], check=True, capture_output=True)
    assert told.stdout.decode().split() == []


def test_render_to_writes_the_file(tmp_path: Path) -> None:
    render_to(make_receipt(), tmp_path / "receipt.pdf")
    assert (tmp_path / "receipt.pdf").read_bytes() == render(make_receipt())
