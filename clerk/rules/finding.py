"""Finding an item, a department or a person by what is typed: Chinese, pinyin, initials or code.

An index returns some hundred candidates; the order in which they are shown is decided here.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache

import msgspec


class Findable(msgspec.Struct, frozen=True):
    """What can be found. `initials` and `pinyin` are made when the catalogue is imported.

    `pinyin` has one syllable a word: "shen fen zheng".
    """

    name: str
    initials: str = ""
    pinyin: str = ""
    code: str = ""


class Match(IntEnum):
    """How a query fits an entry, best first."""

    EXACT_CODE = 0
    NAME_PREFIX = 1
    WORD_START = 2
    SUBSTRING = 3
    CODE_PREFIX = 4
    INITIALS_PREFIX = 5
    PINYIN_PREFIX = 6
    INITIALS_SUBSTRING = 7
    PINYIN_SUBSTRING = 8


_READ_KEPT = 4096
"""Readings that are remembered: a name is read for its initials and again for its pinyin, and a
department's with each of its items. Reading one takes as long as writing its row."""

Rank = tuple[int, int, int, str, str]
"""Kind of match, where it begins, length of the name, name, code: a total order."""


def normalise_query(text: str) -> str:
    """Half-width, lower case, letters and digits only: what is compared with what."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def rank(query: str, entry: Findable) -> Rank | None:
    """The sorting key of an entry for a query, smallest best; None where it does not fit."""
    wanted = normalise_query(query)
    if not wanted:
        return None
    name = normalise_query(entry.name)
    found = _match_code_or_name(wanted, name, entry) or _match_sound(wanted, entry)
    if found is None:
        return None
    match, position = found
    return (int(match), position, len(name), name, entry.code)


def initials(name: str) -> str:
    """The first letter of every syllable, other letters and digits as they are: 身份证 is sfz."""
    return "".join(syllable[0] for syllable in _read_syllables(name))


def full_pinyin(name: str) -> str:
    """The syllables without tones, apart by spaces: 身份证 is "shen fen zheng"."""
    return " ".join(_read_syllables(name))


def _match_code_or_name(wanted: str, name: str, entry: Findable) -> tuple[Match, int] | None:
    code = normalise_query(entry.code)
    if wanted == code:
        return Match.EXACT_CODE, 0
    position = name.find(wanted)
    if position == 0:
        return Match.NAME_PREFIX, 0
    if position > 0:
        at_word = [start for start in _word_starts(entry.name) if name.startswith(wanted, start)]
        return (Match.WORD_START, at_word[0]) if at_word else (Match.SUBSTRING, position)
    return (Match.CODE_PREFIX, 0) if code.startswith(wanted) else None


def _match_sound(wanted: str, entry: Findable) -> tuple[Match, int] | None:
    letters = normalise_query(entry.initials)
    at_letter = letters.find(wanted)
    if at_letter == 0:
        return Match.INITIALS_PREFIX, 0
    at_syllable = _find_syllable(wanted, entry.pinyin)
    if at_syllable == 0:
        return Match.PINYIN_PREFIX, 0
    if at_letter > 0:
        return Match.INITIALS_SUBSTRING, at_letter
    return None if at_syllable is None else (Match.PINYIN_SUBSTRING, at_syllable)


def _find_syllable(wanted: str, pinyin: str) -> int | None:
    """The syllable that the query begins at: "an" fits an'quan, never the tail of shan."""
    syllables = [normalise_query(syllable) for syllable in pinyin.split()]
    for position in range(len(syllables)):
        if "".join(syllables[position:]).startswith(wanted):
            return position
    return None


def _word_starts(name: str) -> list[int]:
    """Where words begin in the normalised name: after a space, bracket or mark."""
    starts, length, after_mark = [], 0, True
    for character in unicodedata.normalize("NFKC", name).casefold():
        if not character.isalnum():
            after_mark = True
            continue
        if after_mark:
            starts.append(length)
        length += 1
        after_mark = False
    return starts


@lru_cache(maxsize=_READ_KEPT)
def _read_syllables(name: str) -> tuple[str, ...]:
    """Syllables, and other letters and digits one by one, in order."""
    # A quarter of a second to import, and the desk never needs it: names come with their pinyin.
    from pypinyin import lazy_pinyin

    plain = unicodedata.normalize("NFKC", name).casefold()
    # The stub knows no list, by which what is not Chinese comes one by one.
    read = lazy_pinyin(plain, errors=list)  # type: ignore[arg-type]
    return tuple(syllable for syllable in map(normalise_query, read) if syllable)
