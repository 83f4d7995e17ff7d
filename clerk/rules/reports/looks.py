"""Looks into the registers: by whom and what for, and the figures over them. Nobody looked at."""

from __future__ import annotations

from clerk.contract.session import Purpose
from clerk.locale import mark
from clerk.rules.reports import words
from clerk.rules.reports.parts import (
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

LOOKS = Subject(
    key="look",
    lit="glass",
    title=mark("Looks"),
    note=mark("The last sheet lists every look that was counted; whom it was at stands nowhere."),
    columns=(
        plain("looked_on", mark("Day"), Kind.DATE),
        plain("user_name", mark("Who looked")),
        plain("department_name", mark("Department")),
        worded("purpose", mark("Purpose"), words.PURPOSES),
        flag("found", mark("Found")),
        told(
            "glass",
            mark("Break-glass"),
            lambda fact, _now: fact.purpose == Purpose.BREAK_GLASS,
        ),
    ),
)

LOOK_FIGURES = (
    Figure(
        key="looks",
        label=mark("Looks"),
        definition=mark("Looks at somebody by number within the period, for whatever purpose."),
        criteria=within("looked_on"),
    ),
    Figure(
        key="found",
        label=mark("Found"),
        definition=mark("Those of them that found somebody."),
        criteria=(*within("looked_on"), holds("found")),
    ),
    Figure(
        key="nobody",
        label=mark("Nobody found"),
        definition=mark("Those of them that found nobody."),
        criteria=(*within("looked_on"), fails("found")),
    ),
    Figure(
        key="glass",
        label=mark("Break-glass"),
        definition=mark(
            "Looks within the period outside of one's own work, each with a reason that the "
            "auditor was told."
        ),
        criteria=(*within("looked_on"), holds("glass")),
        warns=True,
    ),
    Figure(
        key="glass_rate",
        label=mark("Break-glass rate"),
        definition=mark("Break-glass divided by looks; empty where nobody looked."),
        part="glass",
        whole="looks",
        shown=Shown.RATE,
    ),
)

BY_PERSON = Dimension(
    key="person",
    title=mark("By person"),
    heading=mark("Who looked"),
    read=lambda fact: fact.user_name,
)
BY_PURPOSE = Dimension(
    key="purpose",
    title=mark("By purpose"),
    heading=mark("Purpose"),
    read=lambda fact: str(fact.purpose),
    words=words.PURPOSES,
)
