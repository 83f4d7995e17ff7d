"""How names are read: what somebody types of a name that they hear is found by its sound.

The catalogue's names come with their pinyin, made at central with a dictionary of phrases that
takes 60 MB of memory. Applicants' names are read where they arrive, at every desk, from a table
of one reading for each character, and of the words and family names that are read otherwise.
"""

from __future__ import annotations

from array import array
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from clerk.rules.finding import normalise_query

_FIRST, _LAST = 0x4E00, 0x9FFF
_LONGEST_OWN_NAME = 4
"""Characters of a person's name; what is longer is a body, and has no family name."""

_FAMILY = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "查": "zha",
    "仇": "qiu",
    "区": "ou",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "覃": "qin",
    "乐": "yue",
    "缪": "miao",
    "尉": "wei",
    "柏": "bai",
    "召": "shao",
    "谌": "chen",
    "郇": "xun",
    "句": "gou",
    "祭": "zhai",
    "洗": "xian",
    "折": "she",
    "种": "chong",
    "黑": "he",
    "员": "yun",
    "薄": "bo",
    "粘": "nian",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "澹台": "tan tai",
    "长孙": "zhang sun",
}
"""Family names that are read otherwise than the character usually is."""

_WORDS = {
    "银行": "yin hang",
    "商行": "shang hang",
    "车行": "che hang",
    "行业": "hang ye",
    "重庆": "chong qing",
    "长沙": "chang sha",
    "长春": "chang chun",
    "长江": "chang jiang",
    "长城": "chang cheng",
    "长安": "chang an",
    "长治": "chang zhi",
    "长乐": "chang le",
    "成都": "cheng du",
    "首都": "shou du",
    "音乐": "yin yue",
    "会计": "kuai ji",
    "厦门": "xia men",
    "大厦": "da sha",
    "朝阳": "chao yang",
    "给水": "ji shui",
    "调查": "diao cha",
    "人参": "ren shen",
    "都市": "du shi",
    "重型": "zhong xing",
    "便宜": "pian yi",
    "六安": "lu an",
    "蚌埠": "beng bu",
    "番禺": "pan yu",
}
"""Words in the names of bodies that are read otherwise than their characters usually are."""

_LONGEST_WORD = 2


class Sound(NamedTuple):
    """One reading: the first letter of each syllable, and the syllables."""

    initials: str
    syllables: tuple[str, ...]


@lru_cache(4096)
def sounds_of(name: str) -> tuple[Sound, ...]:
    """How a name may be read, the likelier way first; other letters and digits stay as they are."""
    plain = normalise_query(name)
    usual = _sound(_read(plain, _WORDS))
    family = next((one for one in (plain[:2], plain[:1]) if one in _FAMILY), "")
    if not family or len(plain) > _LONGEST_OWN_NAME:
        return (usual,)
    own = _sound([*_FAMILY[family].split(), *_read(plain[len(family) :], {})])
    return (own,) if own == usual else (own, usual)


def _sound(syllables: list[str]) -> Sound:
    return Sound("".join(one[0] for one in syllables), tuple(syllables))


def _read(plain: str, words: dict[str, str]) -> list[str]:
    read: list[str] = []
    at = 0
    while at < len(plain):
        word = words.get(plain[at : at + _LONGEST_WORD])
        read += word.split() if word else [_read_character(plain[at])]
        at += _LONGEST_WORD if word else 1
    return read


def _read_character(character: str) -> str:
    place = ord(character) - _FIRST
    syllables, numbers = _table()
    if not 0 <= place < len(numbers):
        return character
    return syllables[numbers[place]] or character


@cache
def _table() -> tuple[tuple[str, ...], array[int]]:
    """The syllables, and for each character the number of its own; 0 where it has none."""
    syllables = [""]
    numbers = array("H", bytes(2 * (_LAST - _FIRST + 1)))
    text = files("clerk.rules").joinpath("name_sound.txt").read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        syllable, characters = line.split(" ")
        syllables.append(syllable)
        for character in characters:
            numbers[ord(character) - _FIRST] = number
    return tuple(syllables), numbers
