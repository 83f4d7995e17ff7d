"""Urges and formal supervisions (催办, 督办): the columns of each, and the figures over them."""

from __future__ import annotations

from datetime import datetime

from clerk.contract.report import AskFact, AskKindTold
from clerk.locale import mark
from clerk.rules.clock import day_of
from clerk.rules.reports import words
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


def _waits(fact: AskFact) -> bool:
    """Whether an answer is still wanted: what an urge asked for may have been done meanwhile."""
    return fact.answered_on is None and not fact.dropped


def _is_late(fact: AskFact, now: datetime) -> bool:
    """Whether it was answered after its day, or waits longer than that now."""
    ended = fact.answered_on or (day_of(now) if _waits(fact) else None)
    return ended is not None and ended > fact.due_on


ASKS = Subject(
    key="ask",
    lit="late",
    title=mark("Urges and supervisions"),
    note=mark("The last sheet lists every urge and supervision that was counted."),
    columns=(
        plain("number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("department_name", mark("Department")),
        worded("kind", mark("Urge or supervision"), words.ASKS),
        plain("by_name", mark("Asked by")),
        plain("asked_on", mark("Asked"), Kind.DATE),
        plain("due_on", mark("Answer due"), Kind.DATE),
        plain("answered_on", mark("Answered"), Kind.DATE),
        told("urges", mark("Urge"), lambda fact, _now: fact.kind == AskKindTold.URGE),
        told("replied", mark("Has an answer"), lambda fact, _now: fact.answered_on is not None),
        told("waits", mark("Waits for an answer"), lambda fact, _now: _waits(fact)),
        told("late", mark("Late"), _is_late),
        flag("gone_up", mark("Gone up")),
    ),
)

ASK_FIGURES = (
    Figure(
        key="urged",
        label=mark("Urged"),
        definition=mark("Urges (催办) within the period."),
        criteria=(*within("asked_on"), holds("urges")),
    ),
    Figure(
        key="supervised",
        label=mark("Supervised"),
        definition=mark("Formal supervisions (督办) within the period."),
        criteria=(*within("asked_on"), fails("urges")),
    ),
    Figure(
        key="answered",
        label=mark("Answered"),
        definition=mark("Urges and supervisions of the period that were answered."),
        criteria=(*within("asked_on"), holds("replied")),
    ),
    Figure(
        key="answered_late",
        label=mark("Answered late"),
        definition=mark("Urges and supervisions of the period answered after the day it was due."),
        criteria=(*within("asked_on"), holds("replied"), holds("late")),
        warns=True,
    ),
    Figure(
        key="unanswered_late",
        label=mark("Overdue"),
        definition=mark(
            "Urges and supervisions of the period whose answer was due and had not come when the "
            "report was made."
        ),
        criteria=(*within("asked_on"), holds("waits"), holds("late")),
        warns=True,
    ),
    Figure(
        key="gone_up",
        label=mark("Gone up"),
        definition=mark("Urges and supervisions of the period that went up a step, unanswered."),
        criteria=(*within("asked_on"), holds("gone_up")),
        warns=True,
    ),
)

BY_ITEM = Dimension(
    key="item",
    title=mark("By item"),
    heading=mark("Item and department"),
    # Whoever was asked may be the window; items of one name are told apart by their departments.
    read=lambda fact: f"{fact.item_name} · {fact.item_department or fact.department_name}",
)
BY_KIND = Dimension(
    key="kind",
    title=mark("By kind"),
    heading=mark("Urge or supervision"),
    read=lambda fact: str(fact.kind),
    words=words.ASKS,
)
BY_ASKER = Dimension(
    key="asker", title=mark("By asker"), heading=mark("Asked by"), read=lambda fact: fact.by_name
)
