"""Narrowing a list that stands at the desk anyway: departments, reports, reasons."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.rules.finding import Findable, Match, Rank, normalise_query, rank
from clerk.rules.name_sound import sounds_of

_BEGINNINGS = {
    Match.NAME_PREFIX,
    Match.WORD_START,
    Match.INITIALS_PREFIX,
    Match.PINYIN_PREFIX,
}


def narrow(query: str, labels: Sequence[str]) -> list[int]:
    """The places of the labels that fit, best first; all of them where nothing was typed."""
    if not normalise_query(query):
        return list(range(len(labels)))
    return [place for _best_rank, place in _fitting(query, labels)]


def begin_with(query: str, labels: Sequence[str]) -> list[int]:
    """The places of the labels that begin with what was typed, or a word of which does."""
    return [place for best, place in _fitting(query, labels) if best[0] in _BEGINNINGS]


def _fitting(query: str, labels: Sequence[str]) -> list[tuple[Rank, int]]:
    """The labels that fit by how well they do, and their places."""
    ranked = ((_best(query, label), place) for place, label in enumerate(labels))
    return sorted((best, place) for best, place in ranked if best is not None)


def _best(query: str, label: str) -> Rank | None:
    readings = (
        Findable(label, initials=sound.initials, pinyin=" ".join(sound.syllables))
        for sound in sounds_of(label)
    )
    return min(filter(None, (rank(query, one) for one in readings)), default=None)
