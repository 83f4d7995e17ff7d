"""Ratings by applicants (好差评): the columns of each, and the figures over them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from clerk.contract.rating import Level
from clerk.contract.report import RatedFact
from clerk.contract.user import Role
from clerk.locale import mark, on_paper
from clerk.rules.rating import BAD, INDICATOR_TEXTS, LEVELS, SATISFIED
from clerk.rules.reports import words
from clerk.rules.reports.parts import (
    Column,
    Criterion,
    Dimension,
    Figure,
    Kind,
    Shown,
    Subject,
    fails,
    flag,
    holds,
    plain,
    told,
    within,
    worded,
)

_OF_LEVEL = {level: f"of_level_{level.value}" for level in Level}
_MANAGERS = (Role.MANAGER,)
_COUNTED: tuple[Criterion, ...] = (*within("rated_on"), fails("excluded"))
"""What was excluded as malicious counts nowhere but among the excluded."""


def _tell_indicators(fact: RatedFact) -> str:
    """As the applicant read them: in the language of papers, as data is."""
    return "；".join(on_paper(INDICATOR_TEXTS.get(one, one)) for one in fact.indicators)


def _is_of(level: Level, fact: RatedFact, _now: datetime) -> bool:
    return fact.level is level


RATINGS = Subject(
    key="rating",
    lit="bad",
    title=mark("Ratings"),
    note=mark(
        "The last sheet lists every rating, those that were excluded with their reason too; who "
        "gave it stands nowhere. A visit with several items counts at its first one."
    ),
    columns=(
        plain("number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("cases", mark("Cases of the visit"), Kind.COUNT),
        plain("department_name", mark("Department")),
        plain("window_name", mark("Window")),
        Column(
            key="clerk_name",
            label=mark("Taken in by"),
            read=lambda fact, _now: fact.clerk_name,
            roles=_MANAGERS,
        ),
        plain("rated_on", mark("Day"), Kind.DATE),
        worded("way", mark("Way of rating"), words.RATING_WAYS),
        worded("level", mark("Level"), LEVELS),
        Column(
            key="indicators",
            label=mark("What for"),
            read=lambda fact, _now: _tell_indicators(fact),
        ),
        plain("words", mark("In their own words")),
        told("satisfied", mark("Satisfied or better"), lambda fact, _now: fact.level in SATISFIED),
        told("bad", mark("Bad"), lambda fact, _now: fact.level in BAD),
        *(told(key, LEVELS[level], partial(_is_of, level)) for level, key in _OF_LEVEL.items()),
        flag("followed", mark("Followed up")),
        flag("excluded", mark("Excluded")),
        plain("excluded_for", mark("Why it was excluded")),
    ),
)

_DEFINED = {
    Level.VERY_GOOD: mark("Ratings of the highest level, five stars."),
    Level.GOOD: mark("Ratings of the second level, four stars."),
    Level.FAIR: mark("Ratings of the third level, three stars."),
    Level.BAD: mark("Ratings of the fourth level, two stars."),
    Level.VERY_BAD: mark("Ratings of the lowest level, one star."),
}

RATING_FIGURES = (
    Figure(
        key="ratings",
        label=mark("Ratings"),
        definition=mark(
            "Ratings given within the period, one for each visit at the counter or case online, "
            "without those that were excluded as malicious."
        ),
        criteria=_COUNTED,
    ),
    *(
        Figure(
            key=key,
            label=LEVELS[level],
            definition=_DEFINED[level],
            criteria=(*_COUNTED, holds(key)),
            warns=level in BAD,
        )
        for level, key in _OF_LEVEL.items()
    ),
    Figure(
        key="satisfied",
        label=mark("Satisfied or better"),
        definition=mark("Ratings of the three upper levels."),
        criteria=(*_COUNTED, holds("satisfied")),
    ),
    Figure(
        key="bad",
        label=mark("Bad"),
        definition=mark("Ratings of the two lowest levels."),
        criteria=(*_COUNTED, holds("bad")),
        warns=True,
    ),
    Figure(
        key="followed",
        label=mark("Followed up"),
        definition=mark("Bad ratings that opened a follow-up; each one does."),
        criteria=(*_COUNTED, holds("bad"), holds("followed")),
    ),
    Figure(
        key="excluded",
        label=mark("Excluded"),
        definition=mark(
            "Ratings given within the period that somebody found malicious upon an appeal; no "
            "other figure counts them."
        ),
        criteria=(*within("rated_on"), holds("excluded")),
        warns=True,
    ),
    Figure(
        key="satisfied_rate",
        label=mark("Rate satisfied"),
        definition=mark("Satisfied or better, divided by ratings; empty where nobody rated."),
        part="satisfied",
        whole="ratings",
        shown=Shown.RATE,
    ),
)

BY_RATED_CLERK = Dimension(
    key="clerk",
    title=mark("By clerk"),
    heading=mark("Clerk"),
    read=lambda fact: fact.clerk_name,
    roles=_MANAGERS,
)
BY_LEVEL = Dimension(
    key="level",
    title=mark("By level"),
    heading=mark("Level"),
    read=lambda fact: fact.level.value,
    words=LEVELS,
)
BY_RATING_WAY = Dimension(
    key="way",
    title=mark("By way of rating"),
    heading=mark("Way of rating"),
    read=lambda fact: fact.way.value,
    words=words.RATING_WAYS,
)
