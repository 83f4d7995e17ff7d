"""How names are read: the table against a dictionary, and what is read otherwise."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin

from clerk.rules.name_sound import Sound, sounds_of

CHARACTERS = [chr(place) for place in range(0x4E00, 0x9FA6)]


def test_every_character_is_read_as_the_dictionary_reads_it() -> None:
    read = {one: sounds_of(f"{one}有限责任")[0].syllables[0] for one in CHARACTERS}
    assert read == {one: lazy_pinyin(one)[0].replace("ü", "v") for one in CHARACTERS}


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("王小明", ["wxm"]),
        ("曾小明", ["zxm", "cxm"]),
        ("尉迟恭", ["ycg", "wcg"]),
        ("欧阳锋", ["oyf"]),
        ("城南兴业银行", ["cnxyyh"]),
        ("重庆单车行有限公司", ["cqdchyxgs"]),
        ("Ｊohn Ｓmith 2", ["johnsmith2"]),
        ("", [""]),
    ],
)
def test_first_letters(name: str, letters: list[str]) -> None:
    assert [one.initials for one in sounds_of(name)] == letters


def test_a_family_name_is_read_as_one_first() -> None:
    assert sounds_of("单英")[0] == Sound("sy", ("shan", "ying"))
