"""Complaints, inquiries, suggestions, follow-ups (诉求): their columns, and the figures over them.

A follow-up whose rating was excluded as malicious counts in one figure alone.
"""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.matter_words import MATTER_KINDS, MATTER_WAYS
from clerk.rules.reports.parts import (
    Dimension,
    Figure,
    Kind,
    Shown,
    Subject,
    by_last_day,
    fails,
    flag,
    holds,
    plain,
    told,
    within,
    worded,
)

MATTERS = Subject(
    key="matter",
    lit="late",
    title=mark("Matters"),
    note=mark("The last sheet lists every matter that was counted. It names nobody."),
    columns=(
        plain("number", mark("Matter no.")),
        worded("kind", mark("Matter"), MATTER_KINDS),
        worded("way", mark("Way"), MATTER_WAYS),
        plain("department_name", mark("Department")),
        plain("window_name", mark("Window")),
        plain("case_number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("text", mark("What is brought")),
        plain("taken_on", mark("Taken in on"), Kind.DATE),
        plain("contact_due", mark("Contact due"), Kind.DATE),
        plain("contacted_on", mark("Contacted on"), Kind.DATE),
        plain("answer_due", mark("Answer due"), Kind.DATE),
        plain("answered_on", mark("Answered on"), Kind.DATE),
        plain("told_on", mark("Told on"), Kind.DATE),
        plain("ended_on", mark("Ended on"), Kind.DATE),
        plain("excluded_on", mark("Excluded on"), Kind.DATE),
        plain("spent_days", mark("Working days to the answer"), Kind.COUNT),
        told("open", mark("Awaits its answer"), lambda fact, _now: fact.ended_on is None),
        told("replied", mark("Has an answer"), lambda fact, _now: fact.answered_on is not None),
        flag("late", mark("Answer late")),
        flag("contact_late", mark("Contact late")),
        told("excluded", mark("Rating excluded"), lambda fact, _now: bool(fact.excluded_on)),
    ),
)

_COUNTS = fails("excluded")
_RECEIVED = (*within("taken_on"), _COUNTS)
_ANSWERED = (*within("answered_on"), _COUNTS)
_OPEN = (by_last_day("taken_on"), holds("open"), _COUNTS)

MATTER_FIGURES = (
    Figure(
        key="received",
        label=mark("Taken in"),
        definition=mark(
            "Complaints, inquiries, suggestions and follow-ups of bad ratings that came within the"
            " period. Follow-ups of ratings that were excluded count here and below in no figure"
            " but “excluded”."
        ),
        criteria=_RECEIVED,
    ),
    Figure(
        key="answered",
        label=mark("Answered"),
        definition=mark("Matters answered within the period, whenever they came."),
        criteria=_ANSWERED,
    ),
    Figure(
        key="on_time",
        label=mark("Answered on time"),
        definition=mark("Those of them answered on or before the day the answer was due."),
        criteria=(*_ANSWERED, fails("late")),
    ),
    Figure(
        key="answered_late",
        label=mark("Answered overdue"),
        definition=mark("Those of them answered after the day the answer was due."),
        criteria=(*_ANSWERED, holds("late")),
        warns=True,
    ),
    Figure(
        key="open",
        label=mark("Not yet answered"),
        definition=mark(
            "Matters that came by the last day of the period and were neither answered nor closed"
            " when the report was made."
        ),
        criteria=_OPEN,
    ),
    Figure(
        key="open_late",
        label=mark("Not yet answered, overdue"),
        definition=mark("Those of them whose answer was due before the report was made."),
        criteria=(*_OPEN, holds("late")),
        warns=True,
    ),
    Figure(
        key="contact_late",
        label=mark("Contacted late"),
        definition=mark(
            "Matters of the period whose bringer was to be talked to by a day, and was not by then."
        ),
        criteria=(*_RECEIVED, holds("contact_late")),
        warns=True,
    ),
    Figure(
        key="unanswered",
        label=mark("Closed unanswered"),
        definition=mark("Matters that a manager closed within the period without an answer."),
        criteria=(*within("ended_on"), fails("replied"), _COUNTS),
    ),
    Figure(
        key="excluded",
        label=mark("Excluded"),
        definition=mark(
            "Follow-ups whose rating was excluded as malicious within the period; why, stands with"
            " each."
        ),
        criteria=(*within("excluded_on"), holds("excluded")),
    ),
    Figure(
        key="spent_days",
        label=mark("Working days to answers"),
        definition=mark(
            "Working days from the day it came to the answer, of the matters answered within the"
            " period, summed up."
        ),
        criteria=_ANSWERED,
        adds="spent_days",
    ),
    Figure(
        key="mean_spent",
        label=mark("Days to the answer, each"),
        definition=mark("Working days to answers divided by answered."),
        part="spent_days",
        whole="answered",
        shown=Shown.MEAN,
    ),
    Figure(
        key="on_time_rate",
        label=mark("On-time rate"),
        definition=mark("Answered on time divided by answered; empty where nothing was answered."),
        part="on_time",
        whole="answered",
        shown=Shown.RATE,
    ),
)

BY_DEPARTMENT = Dimension(
    key="department",
    title=mark("By department"),
    heading=mark("Department"),
    read=lambda fact: fact.department_name,
    words={"": mark("The centre itself")},
)
BY_WINDOW = Dimension(
    key="window",
    title=mark("By window"),
    heading=mark("Window"),
    read=lambda fact: fact.window_name,
    words={"": mark("No window")},
)
BY_KIND = Dimension(
    key="kind",
    title=mark("By sort of matter"),
    heading=mark("Matter"),
    read=lambda fact: str(fact.kind),
    words=MATTER_KINDS,
)
BY_WAY = Dimension(
    key="way",
    title=mark("By way"),
    heading=mark("Way"),
    read=lambda fact: str(fact.way),
    words=MATTER_WAYS,
)
