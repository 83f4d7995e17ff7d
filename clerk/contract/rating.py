"""What an applicant says of a visit or of an online case (好差评), and what it was about.

Five levels, once per visit at the counter and once per case online. Whoever is rated can neither
fill it in nor see it: what was chosen at a desk is sealed there for central alone.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

RATING_INFO = b"clerk rating 1 "
"""What a rating is sealed under at a desk, with the id of its visit behind."""


class Level(StrEnum):
    """The five levels, by the number of their stars as the national exchange has it."""

    VERY_GOOD = "5"
    GOOD = "4"
    FAIR = "3"
    BAD = "2"
    VERY_BAD = "1"


class RatingWay(StrEnum):
    """How it came: by the page that the receipt leads to, or at the desk of the window."""

    PAGE = "page"
    DESK = "desk"


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What the applicant chose: a level, codes of indicators that belong to it, words."""

    level: Level
    indicators: tuple[str, ...] = ()
    words: str = ""

    def __repr__(self) -> str:
        """Nothing of it."""
        return "Chosen()"


class RatedCase(msgspec.Struct, frozen=True):
    """One of the cases of what is rated."""

    id: str
    number: str
    item: str
    item_name: str
    department: str


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """One rating. `visit` is the application taken in at a window, or the case that came online.

    `cases` are all that it is about, by their numbers; it counts at the first one. `device` tells
    devices apart and nothing else about them. `clerk` took the papers in.
    """

    visit: str
    at: datetime
    way: RatingWay
    device: str
    chosen: Chosen
    cases: tuple[RatedCase, ...]
    window: str = ""
    clerk: str = ""
    clerk_name: str = ""

    @property
    def first(self) -> RatedCase:
        """The case at which it counts."""
        return self.cases[0]
