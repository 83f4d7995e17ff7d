"""Finding by Chinese, pinyin, initials and code, in an order that never surprises."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.rules.finding import Findable, Match, full_pinyin, initials, rank


def entry(name: str, code: str = "") -> Findable:
    return Findable(name, initials(name), full_pinyin(name), code)


SOUNDS = [
    ("身份证", "sfz", "shen fen zheng"),
    ("重庆银行", "cqyh", "chong qing yin hang"),
    ("3D打印（补办）", "3ddybb", "3 d da yin bu ban"),
    ("女方户口", "nfhk", "nv fang hu kou"),
    ("", "", ""),
    ("（）", "", ""),
]


@pytest.mark.parametrize(("name", "letters", "syllables"), SOUNDS)
def test_pinyin(name: str, letters: str, syllables: str) -> None:
    assert initials(name) == letters
    assert full_pinyin(name) == syllables


ITEM = entry("食品经营许可（餐饮服务）核发", "000131018000")
MATCHES = [
    ("000131018000", Match.EXACT_CODE),
    ("000131", Match.CODE_PREFIX),
    ("食品经营", Match.NAME_PREFIX),
    ("餐饮", Match.WORD_START),
    ("经营许可", Match.SUBSTRING),
    ("spjy", Match.INITIALS_PREFIX),
    ("SPJY", Match.INITIALS_PREFIX),
    ("ｓｐｊｙ", Match.INITIALS_PREFIX),
    ("shipin", Match.PINYIN_PREFIX),
    ("shi pin jing", Match.PINYIN_PREFIX),
    ("cyfw", Match.INITIALS_SUBSTRING),
    ("canyin", Match.PINYIN_SUBSTRING),
    ("食品经营许可餐饮", Match.NAME_PREFIX),
]


@pytest.mark.parametrize(("query", "match"), MATCHES)
def test_kind_of_match(query: str, match: Match) -> None:
    key = rank(query, ITEM)
    assert key is not None
    assert key[0] == match


@pytest.mark.parametrize(("query"), ["", "  ", "（）", "药品", "xyz", "hipin", "131018"])
def test_what_does_not_fit(query: str) -> None:
    assert rank(query, ITEM) is None


def test_an_entry_without_a_code_is_found_by_name() -> None:
    assert rank("身份", entry("身份证")) is not None


def test_order() -> None:
    best_first = [
        entry("别的", "sfz"),
        entry("sfz登记"),
        entry("补领（sfz）"),
        entry("换发旧sfz"),
        entry("身份证"),
        entry("身份证补领"),
        entry("临时身份证"),
    ]
    found = sorted(best_first, key=lambda one: rank("sfz", one) or (99, 0, 0, "", ""))
    assert found == best_first


@given(st.text(max_size=8), st.lists(st.text(max_size=12), max_size=5))
def test_the_order_does_not_depend_on_the_order_before(query: str, names: list[str]) -> None:
    keys = [key for name in names if (key := rank(query, Findable(name, code=name)))]
    backwards = keys[::-1]
    assert sorted(keys) == sorted(backwards)


@given(st.text(alphabet="食品经营许可证（） Ab1", min_size=1, max_size=12), st.data())
def test_every_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    if any(character.isalnum() for character in part):
        assert rank(part, Findable(name)) is not None


def test_pinyin_is_not_loaded_until_asked_for() -> None:
    program = (
        "import sys; from clerk.rules.finding import Findable, rank; "
        "rank('sfz', Findable('身份证', 'sfz')); sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
