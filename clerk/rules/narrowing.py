"""Narrowing a list that stands at the desk anyway: departments, reports, reasons."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.rules.finding import Findable, Match, normalise_query, rank
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
    fitting = [(best, place) for place, label in enumerate(labels) if (best := _best(query, label))]
    return [place for _best_rank, place in sorted(fitting)]


def begin_with(query: str, labels: Sequence[str]) -> list[int]:
    """The places of the labels that begin with what was typed, or a word of which does."""
    fitting = [(best, place) for place, label in enumerate(labels) if (best := _best(query, label))]
    return [place for best, place in sorted(fitting) if best[0] in _BEGINNINGS]


def _best(query: str, label: str) -> tuple[int, int, int, str, str] | None:
    readings = (
        Findable(label, initials=sound.initials, pinyin=" ".join(sound.syllables))
        for sound in sounds_of(label)
    )
    return min(filter(None, (rank(query, one) for one in readings)), default=None)
