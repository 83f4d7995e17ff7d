"""What one person did on cases: each act, and the figures over them. A report of one's own."""

from __future__ import annotations

from clerk.locale import mark
from clerk.rules.reports import words
from clerk.rules.reports.parts import (
    Column,
    Dimension,
    Figure,
    Kind,
    Subject,
    flag,
    holds,
    plain,
    told,
    within,
    worded,
)


def _of(act: str) -> Column:
    return told(act, words.ACTS[act], lambda fact, _now: fact.act == act)


ACTS = Subject(
    key="act",
    lit="declined",
    title=mark("My acts"),
    note=mark("The last sheet lists every act that was counted."),
    columns=(
        plain("done_on", mark("Day"), Kind.DATE),
        plain("number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("department_name", mark("Department")),
        worded("act", mark("Act"), words.ACTS),
        flag("leads", mark("First on its case")),
        *(_of(act) for act in words.ACTS),
    ),
)

_DEFINED = {
    "received": mark("Cases that I took in within the period."),
    "accepted": mark("Cases that I accepted within the period."),
    "supplement_asked": mark("Supplement notices that I gave within the period."),
    "declined": mark("Cases that I declined within the period."),
    "step_passed": mark("Steps that I did and passed on within the period."),
    "step_returned": mark("Cases that I sent back to an earlier step within the period."),
    "decided": mark("Cases that I decided within the period."),
    "produced": mark("Results that I reported as made within the period."),
    "released": mark("Results that I handed out within the period."),
}

ACT_FIGURES = (
    Figure(
        key="acts",
        label=mark("Acts"),
        definition=mark("All of these acts together."),
        criteria=within("done_on"),
    ),
    Figure(
        key="cases",
        label=mark("Cases"),
        definition=mark(
            "Cases on which I did any of these acts within the period; each counts where its "
            "first act stands."
        ),
        criteria=(*within("done_on"), holds("leads")),
    ),
    *(
        Figure(
            key=act,
            label=words.ACTS[act],
            definition=definition,
            criteria=(*within("done_on"), holds(act)),
        )
        for act, definition in _DEFINED.items()
    ),
)

BY_DAY = Dimension(
    key="day",
    title=mark("By day"),
    heading=mark("Day"),
    read=lambda fact: fact.done_on.isoformat(),
)
