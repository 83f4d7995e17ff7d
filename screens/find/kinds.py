"""The kinds of papers that a text names, in the language that is spoken."""

from __future__ import annotations

from clerk.contract.case import DocumentKind
from clerk.locale import _
from clerk.rules.finding import normalise_query
from clerk.rules.narrowing import begin_with
from screens.words import word

_FEWEST = 2
"""One letter begins too many names of people to tell of papers, too."""

_MOST = 2


def name_kind(kind: DocumentKind | None) -> str:
    """A kind by its name; none is the licence that a case was about."""
    return word(kind) if kind else _("Licence")


def kinds_of(text: str) -> tuple[DocumentKind | None, ...]:
    """The kinds whose names begin with this, in characters, pinyin or first letters."""
    if len(normalise_query(text)) < _FEWEST:
        return ()
    kinds = (None, *DocumentKind)
    places = begin_with(text, [name_kind(one) for one in kinds])
    return tuple(kinds[place] for place in places[:_MOST])
