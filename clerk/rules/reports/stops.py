"""Special procedures (特别程序): the columns of each, and the figures over them."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.procedures import PROCEDURES
from clerk.rules.reports.parts import (
    Dimension,
    Figure,
    Kind,
    Shown,
    Subject,
    by_last_day,
    flag,
    holds,
    plain,
    told,
    within,
    worded,
)

STOPS = Subject(
    key="stop",
    lit="again",
    title=mark("Special procedures"),
    note=mark("The last sheet lists every special procedure that was counted."),
    columns=(
        plain("number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("department_name", mark("Department")),
        worded("procedure", mark("Procedure"), PROCEDURES),
        plain("began_on", mark("Began"), Kind.DATE),
        plain("planned_days", mark("Planned working days"), Kind.COUNT),
        plain("longer_days", mark("Days added"), Kind.COUNT),
        plain("ended_on", mark("Ended"), Kind.DATE),
        told("stands", mark("Stands"), lambda fact, _now: fact.ended_on is None),
        flag("again", mark("Repeated")),
        told("longer", mark("Prolonged"), lambda fact, _now: fact.longer_days > 0),
        flag("lapsed", mark("Ended by itself")),
        flag("overrun", mark("Past its days")),
    ),
)

STOP_FIGURES = (
    Figure(
        key="began",
        label=mark("Begun"),
        definition=mark("Special procedures that began within the period (行政许可法 Art. 45)."),
        criteria=within("began_on"),
    ),
    Figure(
        key="repeats",
        label=mark("Repeated"),
        definition=mark(
            "Special procedures that began within the period, of a kind that the same case had "
            "had before."
        ),
        criteria=(*within("began_on"), holds("again")),
        warns=True,
    ),
    Figure(
        key="ended",
        label=mark("Ended"),
        definition=mark("Special procedures that ended within the period."),
        criteria=within("ended_on"),
    ),
    Figure(
        key="lapsed",
        label=mark("Ended by itself"),
        definition=mark(
            "Special procedures that ended within the period because their planned days were over."
        ),
        criteria=(*within("ended_on"), holds("lapsed")),
    ),
    Figure(
        key="standing",
        label=mark("Standing"),
        definition=mark(
            "Special procedures begun by the last day of the period that nothing had ended when "
            "the report was made."
        ),
        criteria=(by_last_day("began_on"), holds("stands")),
    ),
    Figure(
        key="overrun",
        label=mark("Past its days"),
        definition=mark("Those of them whose planned days are over."),
        criteria=(by_last_day("began_on"), holds("stands"), holds("overrun")),
        warns=True,
    ),
    Figure(
        key="prolonged",
        label=mark("Prolonged"),
        definition=mark("Special procedures begun within the period that were given more days."),
        criteria=(*within("began_on"), holds("longer")),
    ),
    Figure(
        key="planned_days",
        label=mark("Planned days"),
        definition=mark("Working days planned at first, of all that began within the period."),
        criteria=within("began_on"),
        adds="planned_days",
    ),
    Figure(
        key="mean_planned",
        label=mark("Planned, each"),
        definition=mark("Planned days divided by begun."),
        part="planned_days",
        whole="began",
        shown=Shown.MEAN,
    ),
    Figure(
        key="repeat_rate",
        label=mark("Repeat rate"),
        definition=mark("Repeated divided by begun; empty where none began."),
        part="repeats",
        whole="began",
        shown=Shown.RATE,
    ),
)

BY_PROCEDURE = Dimension(
    key="procedure",
    title=mark("By procedure"),
    heading=mark("Procedure"),
    read=lambda fact: str(fact.procedure),
    words=PROCEDURES,
)
