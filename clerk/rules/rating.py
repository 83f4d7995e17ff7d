"""Which ratings are good or bad, what each level may be given for, and what is rated (好差评)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from clerk.contract.answer import Refusal
from clerk.contract.rating import Chosen, Level
from clerk.locale import mark, on_paper
from clerk.rules.case.context import refuse

SATISFIED = frozenset({Level.VERY_GOOD, Level.GOOD, Level.FAIR})
BAD = frozenset({Level.BAD, Level.VERY_BAD})
"""The two lowest levels: each of them is followed up."""

AT_WINDOW = "window"
"""The channel of what was taken in at a counter."""

MOST_WORDS = 500
CODE_BYTES = 16
"""Of chance in a code: nobody finds one by trying."""

CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike: a code can be typed from paper."""

CODE_LENGTH = 26

LEVELS: dict[str, str] = {
    Level.VERY_GOOD: mark("Very satisfied"),
    Level.GOOD: mark("Satisfied"),
    Level.FAIR: mark("Fairly satisfied"),
    Level.BAD: mark("Dissatisfied"),
    Level.VERY_BAD: mark("Very dissatisfied"),
}
"""In the order that they are offered, the best first."""


class Indicator(NamedTuple):
    """What a level may be given for, by its national code."""

    code: str
    text: str


INDICATORS: dict[Level, tuple[Indicator, ...]] = {
    Level.VERY_GOOD: (
        Indicator("510", mark("One window took everything in, all done at once")),
        Indicator("511", mark("Taken in first, papers could follow")),
        Indicator("512", mark("No proof had to be brought")),
        Indicator("513", mark("Could be done online from start to end")),
        Indicator("514", mark("Could be done by phone")),
        Indicator("515", mark("Could be done nearby")),
        Indicator("516", mark("Done without any paper")),
        Indicator("517", mark("Warm and quick service")),
    ),
    Level.GOOD: (
        Indicator("406", mark("One form was enough")),
        Indicator("407", mark("Papers sent online, checked at the window")),
        Indicator("408", mark("One list told all papers needed")),
        Indicator("409", mark("A declaration stood for papers")),
        Indicator("410", mark("Could be booked online")),
        Indicator("411", mark("Done in one visit")),
        Indicator("412", mark("A self-service machine could be used")),
        Indicator("413", mark("Good service")),
    ),
    Level.FAIR: (
        Indicator("307", mark("Told once all that had to be supplemented")),
        Indicator("308", mark("Samples of the papers were offered")),
        Indicator("309", mark("Done within the promised time")),
        Indicator("310", mark("The guide is accurate")),
        Indicator("311", mark("The papers of the guide were enough")),
        Indicator("312", mark("Delivered by courier")),
        Indicator("313", mark("As many visits as promised")),
        Indicator("314", mark("Ordinary service")),
    ),
    Level.BAD: (
        Indicator("207", mark("No samples of the papers")),
        Indicator("208", mark("No list of the papers")),
        Indicator("209", mark("Not done within the promised time")),
        Indicator("210", mark("The same proof was asked for again and again")),
        Indicator("211", mark("Promised online, not possible online")),
        Indicator("212", mark("Booked online, queued again in the hall")),
        Indicator("213", mark("The staff do not know their work well")),
        Indicator("214", mark("Unfriendly service")),
    ),
    Level.VERY_BAD: (
        Indicator("108", mark("Conditions were added beyond the guide")),
        Indicator("109", mark("Papers were asked for beyond the guide")),
        Indicator("110", mark("Later than the law allows, without a reason")),
        Indicator("111", mark("A sample in the guide is wrong")),
        Indicator("112", mark("Papers promised to be taken online were not")),
        Indicator("113", mark("Sent from window to window")),
        Indicator("114", mark("More visits than promised")),
        Indicator("115", mark("Rude and slow service")),
    ),
}
"""The indicators of the national exchange (政务服务好差评), by the level that they belong to."""

INDICATOR_TEXTS: dict[str, str] = {
    one.code: one.text for some in INDICATORS.values() for one in some
}


def is_bad(level: Level) -> bool:
    """Whether it is followed up."""
    return level in BAD


def wrong_choice(chosen: Chosen) -> Refusal | None:
    """Why this cannot have been chosen: an indicator of another level, or too many words."""
    known = {one.code for one in INDICATORS[chosen.level]}
    if not known.issuperset(chosen.indicators) or len(chosen.words) > MOST_WORDS:
        return refuse("rating.malformed")
    return None


def tell_follow_up(chosen: Chosen) -> str:
    """What whoever mends it is told: what for, and the applicant's words; never the level.

    As printed forms, in Chinese: it is kept and read by others than who is here now.
    """
    known = {one.code: one.text for one in INDICATORS[chosen.level]}
    told = [on_paper(known[code]) for code in chosen.indicators]
    told += [chosen.words] if chosen.words else []
    return "；".join(told) or on_paper(mark("No reason was given."))


def visit_of(application: str, case_id: str, channel: str) -> str:
    """What is rated once: the visit at a counter, or the case that came online."""
    return application if channel == AT_WINDOW else case_id


def make_code(random_bytes: bytes) -> str:
    """A code that nobody guesses."""
    assert len(random_bytes) >= CODE_BYTES, "fewer bytes could be tried"
    value, letters = int.from_bytes(random_bytes[:CODE_BYTES], "big"), []
    for _nth in range(CODE_LENGTH):
        value, rest = divmod(value, len(CODE_CHARACTERS))
        letters.append(CODE_CHARACTERS[rest])
    return "".join(letters)


def looks_like_code(text: str) -> bool:
    """Whether it is worth asking after."""
    return len(text) == CODE_LENGTH and set(text) <= set(CODE_CHARACTERS)


def is_over(given_at: datetime, now: datetime, days: int) -> bool:
    """Whether a code is too old: whole days from the moment that it was given."""
    return now >= given_at + timedelta(days=days)


def page_address(base: str, code: str) -> str:
    """Where a code leads; nothing where the office has no public address."""
    return f"{base.rstrip('/')}/rate/{code}" if base and code else ""
