"""What ratings were given for: each indicator that was ticked, and the figures over them."""

from __future__ import annotations

from clerk.locale import mark
from clerk.rules.rating import BAD, INDICATOR_TEXTS, LEVELS, SATISFIED
from clerk.rules.reports.parts import (
    Dimension,
    Figure,
    Kind,
    Subject,
    fails,
    flag,
    holds,
    plain,
    told,
    within,
    worded,
)

INDICATORS = Subject(
    key="indicator",
    lit="bad",
    title=mark("Indicators"),
    note=mark("The last sheet lists every indicator of every rating; who gave it stands nowhere."),
    columns=(
        plain("number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("department_name", mark("Department")),
        plain("window_name", mark("Window")),
        plain("rated_on", mark("Day"), Kind.DATE),
        worded("level", mark("Level"), LEVELS),
        worded("indicator", mark("Indicator"), INDICATOR_TEXTS),
        told("good", mark("Good"), lambda fact, _now: fact.level in SATISFIED),
        told("bad", mark("Bad"), lambda fact, _now: fact.level in BAD),
        flag("leads", mark("First of its rating")),
        flag("excluded", mark("Excluded")),
    ),
)

_COUNTED = (*within("rated_on"), fails("excluded"))

INDICATOR_FIGURES = (
    Figure(
        key="named",
        label=mark("Named"),
        definition=mark(
            "Indicators that ratings of the period name, without ratings that were excluded as "
            "malicious; a rating may name several."
        ),
        criteria=_COUNTED,
    ),
    Figure(
        key="good",
        label=mark("Good"),
        definition=mark("Those of ratings of the three upper levels."),
        criteria=(*_COUNTED, holds("good")),
    ),
    Figure(
        key="bad",
        label=mark("Bad"),
        definition=mark("Those of ratings of the two lowest levels."),
        criteria=(*_COUNTED, holds("bad")),
        warns=True,
    ),
    Figure(
        key="naming",
        label=mark("Ratings that name any"),
        definition=mark("Ratings that name one at least; each counts where its first one stands."),
        criteria=(*_COUNTED, holds("leads")),
    ),
)

BY_INDICATOR = Dimension(
    key="indicator",
    title=mark("By indicator"),
    heading=mark("Indicator"),
    read=lambda fact: fact.indicator,
    words=INDICATOR_TEXTS,
)
