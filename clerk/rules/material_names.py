"""Which materials may be one and the same, by their names (共性材料): for a person to decide."""

from __future__ import annotations

import difflib
import math
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import combinations

import msgspec

from clerk.errand import Errand, Phase

NEAR = 0.85
"""From how much in common two names are near; measured on imported lists of materials."""

_SHORTEST = 4
_COPIES = ("复印件", "原件", "扫描件", "副本", "正本", "电子表单")
_CATCH_ALL = ("其他材料", "其它材料", "其他资料", "其它资料", "有关材料", "相关材料", "相关资料")


class Pair(msgspec.Struct, frozen=True):
    """Two names that are near, and how much they have in common, 0 to 1."""

    first: str
    second: str
    likeness: float


def plain_name(name: str) -> str:
    """What is compared: half-width, no marks, and not whether it is the original or a copy."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    plain = "".join(character for character in wide if character.isalnum())
    for word in _COPIES:
        plain = plain.replace(word, "")
    return plain


def is_catch_all(name: str) -> bool:
    """Whether a name stands for whatever else is asked for: that is never one paper."""
    plain = plain_name(name)
    return not plain or any(plain.endswith(word) for word in _CATCH_ALL)


def group_same(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names by what is compared of them; catch-alls stay out."""
    groups: dict[str, tuple[str, ...]] = {}
    for name in sorted(set(names)):
        if not is_catch_all(name):
            plain = plain_name(name)
            groups[plain] = (*groups.get(plain, ()), name)
    return groups


def near_pairs(plain_names: Iterable[str], errand: Errand | None = None) -> tuple[Pair, ...]:
    """Compared names that are near, the nearest first. Raises CancelledError."""
    long = sorted({one for one in plain_names if len(one) >= _SHORTEST})
    near = _near(long, errand or Errand())
    return tuple(sorted(near, key=lambda one: (-one.likeness, one.first, one.second)))


def _near(names: list[str], errand: Errand) -> Iterator[Pair]:
    matcher = difflib.SequenceMatcher(autojunk=False)
    pairs = combinations(names, 2)
    for first, second in errand.follow(Phase.NAMES, pairs, math.comb(len(names), 2)):
        if 2 * min(len(first), len(second)) < NEAR * (len(first) + len(second)):
            continue
        matcher.set_seqs(first, second)
        if matcher.quick_ratio() >= NEAR and (likeness := matcher.ratio()) >= NEAR:
            yield Pair(first, second, round(likeness, 2))
