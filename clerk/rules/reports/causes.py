"""What supplement notices asked for (补正): each line, and the figures over them."""

from __future__ import annotations

from clerk.locale import mark
from clerk.rules.reports.parts import (
    Dimension,
    Figure,
    Kind,
    Shown,
    Subject,
    flag,
    holds,
    plain,
    within,
)

CAUSES = Subject(
    key="cause",
    lit="second",
    title=mark("What was asked for"),
    note=mark("The last sheet lists every line of every notice that was counted."),
    columns=(
        plain("number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("department_name", mark("Department")),
        plain("window_name", mark("Window")),
        plain("asked_on", mark("Supplement asked"), Kind.DATE),
        plain("cause", mark("What lacked")),
        flag("leads", mark("First line of its notice")),
        flag("second", mark("Second notice")),
    ),
)

CAUSE_FIGURES = (
    Figure(
        key="lines",
        label=mark("Asked for"),
        definition=mark(
            "Lines of supplement notices given within the period: each is a paper or a field "
            "that lacked or was not in legal form."
        ),
        criteria=within("asked_on"),
    ),
    Figure(
        key="notices",
        label=mark("Notices begun"),
        definition=mark(
            "Supplement notices given within the period; by cause or by item each notice counts "
            "where its first line stands."
        ),
        criteria=(*within("asked_on"), holds("leads")),
    ),
    Figure(
        key="second_notices",
        label=mark("Second notices"),
        definition=mark(
            "Notices within the period for a case that had had one before; each took a "
            "supervisor's approval."
        ),
        criteria=(*within("asked_on"), holds("leads"), holds("second")),
        warns=True,
    ),
    Figure(
        key="lines_each",
        label=mark("Lines, each"),
        definition=mark("Asked for divided by notices begun."),
        part="lines",
        whole="notices",
        shown=Shown.MEAN,
    ),
)

BY_CAUSE = Dimension(
    key="cause",
    title=mark("By cause"),
    heading=mark("What lacked"),
    read=lambda fact: fact.cause,
)
