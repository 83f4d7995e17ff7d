"""Bundle applications with several stages, as construction projects have them (工程建设项目)."""

from __future__ import annotations

from clerk.locale import mark
from clerk.rules.reports.parts import (
    Dimension,
    Figure,
    Kind,
    Subject,
    by_last_day,
    fails,
    holds,
    plain,
    told,
    within,
)

PROJECTS = Subject(
    key="project",
    lit="late",
    title=mark("Projects"),
    note=mark("The last sheet lists every project that was counted, by the name it was given."),
    columns=(
        plain("title", mark("Project")),
        plain("bundle_name", mark("Bundle")),
        plain("opened_on", mark("Opened"), Kind.DATE),
        plain("stage_name", mark("Stage reached")),
        plain("items", mark("Items of the bundle"), Kind.COUNT),
        plain("cases", mark("Cases"), Kind.COUNT),
        plain("granted", mark("Granted"), Kind.COUNT),
        plain("failed", mark("Came to nothing"), Kind.COUNT),
        plain("in_hand", mark("In hand"), Kind.COUNT),
        plain("overdue", mark("Overdue"), Kind.COUNT),
        plain("finished_on", mark("All granted"), Kind.DATE),
        told("done", mark("Done"), lambda fact, _now: fact.finished_on is not None),
        told("late", mark("Has overdue cases"), lambda fact, _now: fact.overdue > 0),
    ),
)

PROJECT_FIGURES = (
    Figure(
        key="opened",
        label=mark("Opened"),
        definition=mark("Projects whose first application was taken in within the period."),
        criteria=within("opened_on"),
    ),
    Figure(
        key="running",
        label=mark("Running"),
        definition=mark(
            "Projects opened by the last day of the period of which a case was in hand, or a main "
            "item not granted, when the report was made."
        ),
        criteria=(by_last_day("opened_on"), fails("done")),
    ),
    Figure(
        key="finished",
        label=mark("Finished"),
        definition=mark(
            "Projects with every main item granted, whose last decision was in the period."
        ),
        criteria=within("finished_on"),
    ),
    Figure(
        key="cases",
        label=mark("Cases"),
        definition=mark("Cases of all projects opened by the last day of the period."),
        criteria=(by_last_day("opened_on"),),
        adds="cases",
    ),
    Figure(
        key="granted",
        label=mark("Granted"),
        definition=mark("Those of these cases that were granted."),
        criteria=(by_last_day("opened_on"),),
        adds="granted",
    ),
    Figure(
        key="in_hand",
        label=mark("In hand"),
        definition=mark("Those of these cases that are in hand."),
        criteria=(by_last_day("opened_on"),),
        adds="in_hand",
    ),
    Figure(
        key="overdue",
        label=mark("Overdue, in hand"),
        definition=mark("Those of the cases in hand whose due date had passed."),
        criteria=(by_last_day("opened_on"),),
        adds="overdue",
        warns=True,
    ),
    Figure(
        key="late",
        label=mark("Projects with overdue cases"),
        definition=mark("Projects opened by the last day with a case in hand that is overdue."),
        criteria=(by_last_day("opened_on"), holds("late")),
        warns=True,
    ),
)

BY_REACHED = Dimension(
    key="reached",
    title=mark("By stage"),
    heading=mark("Stage reached"),
    read=lambda fact: f"{fact.bundle_name} · {fact.stage_name}",
)
BY_PROJECT = Dimension(
    key="project",
    title=mark("By project"),
    heading=mark("Project"),
    read=lambda fact: fact.title,
)
