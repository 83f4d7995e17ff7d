"""Cells as the catalogue needs them: limits, counts of copies, who makes a material.

Nothing is guessed silently: what cannot be read comes back as None, and the caller notes it.
"""

from __future__ import annotations

import re
import unicodedata

from clerk.contract.item import MaterialSource, Necessity
from clerk.contract.limits import Limit, Unit

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}
_INSTANT = ("即办", "即时", "当场", "立即", "马上")
_AMOUNT = re.compile(
    r"(\d{1,4})\s*(?:个)?\s*(工作日|工作小时|小时|自然日|日历日|日|天|个月|月|年)?"
)
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_BOTH = re.compile(r"原件\D{0,3}(\d+)\D+复印件\D{0,3}(\d+)")
MOST_AMOUNT = 3650

UNITS = {
    "工作日": Unit.WORKING_DAYS,
    "个工作日": Unit.WORKING_DAYS,
    "工作小时": Unit.WORKING_HOURS,
    "小时": Unit.NATURAL_HOURS,
    "自然日": Unit.NATURAL_DAYS,
    "日历日": Unit.NATURAL_DAYS,
    "working_days": Unit.WORKING_DAYS,
    "natural_days": Unit.NATURAL_DAYS,
    "working_hours": Unit.WORKING_HOURS,
    "natural_hours": Unit.NATURAL_HOURS,
    # An agency's days are working days, unless somebody says otherwise (行政许可法 Art. 82).
    "日": Unit.WORKING_DAYS,
    "天": Unit.WORKING_DAYS,
    "": Unit.WORKING_DAYS,
}

_SOURCES = (
    (MaterialSource.APPLICANT, ("申请人", "自备", "本人", "企业自备")),
    (MaterialSource.GOVERNMENT, ("政府", "部门核发", "行政机关", "核发")),
    (MaterialSource.INTERMEDIARY, ("中介", "法定机构", "第三方")),
    (MaterialSource.OTHER, ("其他", "其它")),
)

NECESSITIES = {
    **dict.fromkeys(("必要", "必须", "必需", "必备", "是", "required", "1"), Necessity.REQUIRED),
    **dict.fromkeys(
        ("非必要", "非必须", "非必需", "容缺后补", "可选", "否", "optional", "0"),
        Necessity.OPTIONAL,
    ),
}
SOURCE_WORDS = tuple(words[0] for _, words in _SOURCES)
FORM_WORDS = ("原件", "复印件", "原件和复印件")
"""The forms that a material is asked for in; `read_counts` takes others, too."""
MOST_COPIES = 999
MOST_SEQ = 9999


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet has turned a long number into one with an exponent, digits lost."""
    return bool(_ROUNDED.fullmatch(text))


def read_limit(text: str, unit: str) -> Limit | None:
    """A limit such as "3" with "工作日", "1个工作日内" or "即办"; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if any(word in plain for word in _INSTANT):
        return Limit(0)
    found = _AMOUNT.search(_with_digits(plain))
    if found is None:
        return None
    told = found[2] or unicodedata.normalize("NFKC", unit).strip()
    amount = int(found[1])
    if told not in UNITS or amount > MOST_AMOUNT:
        return None
    return Limit(amount, UNITS[told])


def read_necessity(text: str) -> Necessity | None:
    """Whether a material must be there."""
    return NECESSITIES.get(text)


def read_counts(form: str, copies: str) -> tuple[int, int] | None:
    """Originals and copies out of the form ("复印件") and a number ("3", "1份", "各1").

    Without a word about the form a number counts originals; without a number it is one.
    """
    both = _BOTH.search(unicodedata.normalize("NFKC", form))
    if both is not None:
        return int(both[1]), int(both[2])
    if not form and not copies:
        return 0, 0
    number = _read_count(copies)
    if number is None:
        return None
    copy = "复印" in form or form in {"copy", "copies"}
    original = "原件" in form or form in {"original", ""} or "各" in copies
    if form and not copy and not original:
        return None
    return (number if original else 0, number if copy or "各" in copies else 0)


def is_plain_count(copies: str) -> bool:
    """Whether a number of copies is a mere number."""
    return not copies or copies.isdecimal()


def read_source(text: str) -> MaterialSource | None:
    """Who makes a material; None for words that are not known."""
    if not text:
        return MaterialSource.APPLICANT
    for source, words in _SOURCES:
        if text == source.value or any(word in text for word in words):
            return source
    return None


def has_chinese(text: str) -> bool:
    """Whether a name has a Chinese character at all, which keyboard rubbish has not."""
    return any("\u3400" <= character <= "\u9fff" for character in text)


def _read_count(text: str) -> int | None:
    if not text:
        return 1
    found = re.search(r"\d{1,3}", _with_digits(unicodedata.normalize("NFKC", text)))
    return int(found[0]) if found else None


def _with_digits(text: str) -> str:
    """Small Chinese numbers as digits: 十五 is 15, 二十 is 20."""

    def replace(found: re.Match[str]) -> str:
        tens, ten, ones = found[1], found[2], found[3]
        number = (_DIGITS[tens] if tens else 1) * 10 if ten else _DIGITS.get(tens, 0)
        return str(number + (_DIGITS[ones] if ten and ones else 0))

    pattern = re.compile(
        r"([一二两三四五六七八九])?(十)([一二三四五六七八九])?|([零一二两三四五六七八九])"
    )

    def either(found: re.Match[str]) -> str:
        return str(_DIGITS[found[4]]) if found[4] else replace(found)

    return pattern.sub(either, text)
