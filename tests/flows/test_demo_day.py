"""`clerk demo` without a terminal: one whole day, told as a story, with papers that open."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from python_calamine import CalamineWorkbook

from clerk.rules.identifiers import read_identifier
from exports.papers.checking import check_pdf

SCENES = {
    "zh_CN": (
        "1. 窗口开始办公",
        "7. 网络中断，窗口照常收件",
        "11. 办事人评价本次服务",
        "13. 主管查看当天统计",
    ),
    "en": (
        "1. The window opens",
        "7. The line goes down, the window goes on",
        "13. The manager counts the day",
    ),
}
TOTALS = {
    "zh_CN": r"收件(\d+)，受理(\d+)，不予受理(\d+)，办结(\d+)，按期办结(\d+)，在办(\d+)",
    "en": r"Received (\d+), accepted (\d+), declined (\d+), decided (\d+), on time (\d+), "
    r"in hand (\d+)",
}
CITY = {
    "zh_CN": (
        "安全生产监管信息 · 当场答复 · 未整改重大隐患 无、安全知识培训合格 PX*****00",
        "防雷装置检测信息 · 待核实",
        "再次查询：防雷装置检测信息 · 当场答复 · 防雷检测结论 合格",
        "“主要负责人、销售人员安全知识培训合格证明”免提交：安全知识培训合格",
        "“居民身份证（申请人）”仍须提交：居民身份证已于",
        "市市场监督管理局的签章正确，覆盖整个文件：真实，今日有效",
    ),
    "en": (
        "税务登记信息 · answered now · 纳税人状态 正常",
        "防雷装置检测信息 · to be checked",
        "Asked again: 防雷装置检测信息 · answered now",
        "“居民身份证（申请人）” is asked for: 居民身份证 has expired on ",
        "The seal of 市市场监督管理局 is right and covers the whole file: genuine, and valid today",
    ),
}
_HEAD_ROW = 5
_TOTAL_COLUMNS = (0, 1, 3, 4, 6, 5)
"""Where received, accepted, declined, decided, on time and in hand stand among the figures."""
_MOST_S = 110


class Played(NamedTuple):
    """A day that is over: its exit status, what it told, and the folder that it began empty in."""

    status: int
    told: str
    errors: str
    folder: Path
    rest: list[Path]

    @property
    def papers(self) -> list[Path]:
        """What the day left, in the order of its scenes."""
        return sorted((self.folder / "demo-out").iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh_CN", pytest.param("en", marks=pytest.mark.e2e)])
def test_a_day_is_told_and_leaves_its_papers(tmp_path: Path, language: str) -> None:
    """Chinese because nothing was asked for; English because it was."""
    played = play(tmp_path, language)
    assert_told_scene_by_scene(played, language)
    assert_nobody_is_named_by_a_whole_number(played)
    assert_papers_open_in_another_reader(played)
    assert_licences_are_sealed(played)
    assert_the_city_is_asked(played, language)
    assert_the_workbook_says_what_the_story_says(played, language)


def assert_told_scene_by_scene(played: Played, language: str) -> None:
    assert (played.status, played.errors) == (0, "")
    assert all(f"\n{scene}\n" in played.told for scene in SCENES[language])
    assert re.findall(r"^(\d+)\. ", played.told, re.MULTILINE) == [str(n) for n in range(1, 14)]
    assert played.rest == [], "the city is gone"
    assert [one.name for one in played.folder.iterdir()] == ["demo-out"]
    told = [Path(one).name for one in re.findall(r"→ (\S+)", played.told)]
    assert sorted(told) == [one.name for one in played.papers], "every paper is named"


def assert_licences_are_sealed(played: Played) -> None:
    licences = [one for one in played.papers if "-licence-" in one.name]
    assert len(licences) == 2
    for one in licences:
        checked = check_pdf(one.read_bytes())
        assert (checked.faults, bool(checked.certificate)) == ((), True)


def assert_the_city_is_asked(played: Played, language: str) -> None:
    """Two registers answer, one is away and comes back; a fact stands for a paper, or is over."""
    assert not [told for told in CITY[language] if told not in played.told]


def assert_nobody_is_named_by_a_whole_number(played: Played) -> None:
    for found in re.findall(r"(?<![0-9A-Z])[0-9A-Z]{15,18}(?![0-9A-Z])", played.told):
        reading = read_identifier(found, today=date(2026, 6, 1))
        assert not reading.valid, "an ID number stands whole in the story"
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", played.told), "a telephone number too"


def assert_papers_open_in_another_reader(played: Played) -> None:
    kinds = ("receipt", "acceptance", "decision", "proof-of-delivery", "decline", "supplement")
    licence = "-licence-"
    papers = [one for one in played.papers if one.suffix == ".pdf" and licence not in one.name]
    assert all(any(kind in one.name for one in papers) for kind in kinds)
    numbers = {
        number.replace(" ", "") for number in re.findall(r"\d{6} \d{3} \d{5} \d", played.told)
    }
    assert len(numbers) == 3
    shown = set()
    for paper in papers:
        reader = PdfReader(paper)
        text = "".join(page.extract_text() for page in reader.pages).replace(" ", "")
        assert "市政务服务中心" in text
        found = set(re.findall(r"(?<!\d)\d{15}(?!\d)", text))
        assert found, paper.name
        shown |= found
        assert all(_is_embedded(font) for page in reader.pages for font in _fonts(page)), paper.name
    assert numbers <= shown


def assert_the_workbook_says_what_the_story_says(played: Played, language: str) -> None:
    (book,) = (one for one in played.papers if one.suffix == ".xlsx")
    found = re.search(TOTALS[language], played.told)
    assert found is not None
    told = [int(one) for one in found.groups()]
    read = CalamineWorkbook.from_path(book)
    for sheet in read.sheet_names[:2]:
        rows = read.get_sheet_by_name(sheet).to_python()
        total = rows[-1][2:]
        assert [total[place] for place in _TOTAL_COLUMNS] == told
        groups = [row[2:] for row in rows[_HEAD_ROW + 1 : -1]]
        for place in _TOTAL_COLUMNS:
            assert sum(cast("float", group[place]) for group in groups) == total[place]
    received, accepted, declined, decided, on_time, in_hand = told
    assert received == accepted + declined, "nothing is left undecided at the window"
    assert accepted == decided + in_hand
    assert decided == on_time
    assert len(read.get_sheet_by_name(read.sheet_names[-1]).to_python()) == 1 + received


def play(folder: Path, language: str) -> Played:
    """Play the day from an empty folder, as in a container: no terminal, locale or session."""
    home, begun_in = folder / "tmp", folder / "begun"
    home.mkdir()
    begun_in.mkdir()
    surroundings = {
        name: text for name, text in os.environ.items() if not name.startswith(("CLERK_", "XDG_"))
    }
    surroundings |= {"TMPDIR": str(home), "LC_ALL": "C"}
    if language == "en":
        surroundings["CLERK_LANGUAGE"] = "en"
    done = subprocess.run(
        [sys.executable, "-m", "clerk", "demo"],
        cwd=begun_in,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_MOST_S,
        check=False,
    )
    rest = list(home.glob("clerk-demo-*"))
    return Played(done.returncode, done.stdout, done.stderr, begun_in, rest)


def _fonts(page: PageObject) -> list[DictionaryObject]:
    """The fonts of a page; the descendant where a font is made of one."""
    found = cast("DictionaryObject", page["/Resources"])["/Font"].get_object()
    fonts = [one.get_object() for one in cast("DictionaryObject", found).values()]
    return [_descendant(cast("DictionaryObject", font)) for font in fonts]


def _descendant(font: DictionaryObject) -> DictionaryObject:
    if "/DescendantFonts" not in font:
        return font
    (descendant,) = cast("ArrayObject", font["/DescendantFonts"])
    return cast("DictionaryObject", descendant.get_object())


def _is_embedded(font: DictionaryObject) -> bool:
    described = cast("DictionaryObject", font["/FontDescriptor"].get_object())
    return any(f"/FontFile{kind}" in described for kind in ("", "2", "3"))
