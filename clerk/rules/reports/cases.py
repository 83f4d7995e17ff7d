"""Cases as reports look at them: their columns, and by what they are counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from clerk.clock import OFFICE_ZONE
from clerk.contract.report import CaseFact
from clerk.locale import mark
from clerk.rules.reports import words
from clerk.rules.reports.lateness import days_over, is_early, is_in_hand, is_overdue
from clerk.rules.reports.parts import (
    Column,
    Dimension,
    Kind,
    Subject,
    Value,
    plain,
    told,
    worded,
)


def name_item(fact: CaseFact) -> str:
    """An item as a report names it: departments have items of one name."""
    return f"{fact.item_name} · {fact.department_name}"


def _promised_due(fact: CaseFact, _now: datetime) -> Value:
    """The promised due date; a limit in hours that is watched, with its time."""
    return _moment(fact) if fact.promised_due and fact.due_at else fact.promised_due


def _statutory_due(fact: CaseFact, _now: datetime) -> Value:
    return _moment(fact) if fact.due_at and not fact.promised_due else fact.statutory_due


def _moment(fact: CaseFact) -> datetime:
    assert fact.due_at is not None, "only a limit in hours has its moment"
    return fact.due_at.astimezone(OFFICE_ZONE).replace(tzinfo=None)


def _days(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else max(timedelta(), last - first).days


CASES = Subject(
    key="case",
    lit="overdue",
    title=mark("Cases"),
    note=mark("The sheet of cases lists every case that was counted. It names no applicant."),
    columns=(
        plain("number", mark("Case number")),
        plain("item_name", mark("Item")),
        plain("item", mark("Item code")),
        plain("department_name", mark("Department")),
        plain("window_name", mark("Window")),
        plain("clerk_name", mark("Taken in by")),
        worded("channel", mark("Channel"), words.CHANNELS),
        worded("time_kind", mark("Kind of limit"), words.TIME_KINDS),
        plain("bundle_name", mark("Bundle")),
        plain("bundle_stage", mark("Stage of the bundle")),
        plain("received_on", mark("Received"), Kind.DATE),
        plain("accepted_on", mark("Accepted"), Kind.DATE),
        Column(
            key="deemed",
            label=mark("Deemed accepted"),
            read=lambda fact, _now: int(fact.deemed) if fact.accepted_on else None,
            kind=Kind.FLAG,
        ),
        plain("supplement_asked_on", mark("Supplement asked"), Kind.DATE),
        plain("declined_on", mark("Declined"), Kind.DATE),
        plain("decided_on", mark("Decided"), Kind.DATE),
        worded("outcome", mark("Outcome"), words.OUTCOMES),
        plain("released_on", mark("Released"), Kind.DATE),
        Column(
            key="promised_due", label=mark("Promised due date"), read=_promised_due, kind=Kind.DUE
        ),
        Column(
            key="statutory_due",
            label=mark("Statutory due date"),
            read=_statutory_due,
            kind=Kind.DUE,
        ),
        worded("stage", mark("Stage"), words.STAGES),
        plain("step_name", mark("Step")),
        told("in_hand", mark("In hand"), lambda fact, _now: is_in_hand(fact)),
        told("overdue", mark("Overdue"), is_overdue),
        told("early", mark("Early"), lambda fact, _now: is_early(fact)),
        Column(key="days_over", label=mark("Days over"), read=days_over, kind=Kind.COUNT),
        Column(
            key="wait_days",
            label=mark("Days to acceptance"),
            read=lambda fact, _now: _days(fact.received_on, fact.accepted_on),
            kind=Kind.COUNT,
        ),
        plain("spent_days", mark("Working days to decision"), Kind.COUNT),
        Column(
            key="handover_days",
            label=mark("Days to handing out"),
            read=lambda fact, _now: _days(fact.decided_on, fact.released_on),
            kind=Kind.COUNT,
        ),
        plain("papers_saved", mark("Papers saved"), Kind.COUNT),
        told("saves", mark("Saves papers"), lambda fact, _now: fact.papers_saved > 0),
        told("bundled", mark("Of a bundle"), lambda fact, _now: bool(fact.bundle_name)),
    ),
)

BY_DEPARTMENT = Dimension(
    key="department",
    title=mark("By department"),
    heading=mark("Department"),
    read=lambda fact: fact.department_name,
)
BY_WINDOW = Dimension(
    key="window",
    title=mark("By window"),
    heading=mark("Window"),
    read=lambda fact: fact.window_name,
)
BY_CLERK = Dimension(
    key="clerk", title=mark("By clerk"), heading=mark("Clerk"), read=lambda fact: fact.clerk_name
)
BY_ITEM = Dimension(
    key="item", title=mark("By item"), heading=mark("Item and department"), read=name_item
)
BY_CHANNEL = Dimension(
    key="channel",
    title=mark("By channel"),
    heading=mark("Channel"),
    read=lambda fact: fact.channel,
    words=words.CHANNELS,
)
BY_TIME_KIND = Dimension(
    key="time_kind",
    title=mark("By kind of limit"),
    heading=mark("Kind of limit"),
    read=lambda fact: str(fact.time_kind),
    words=words.TIME_KINDS,
)
BY_STEP = Dimension(
    key="step",
    title=mark("By step"),
    heading=mark("Step"),
    read=lambda fact: fact.step_name,
)
BY_BUNDLE = Dimension(
    key="bundle",
    title=mark("By bundle"),
    heading=mark("Bundle"),
    read=lambda fact: fact.bundle_name,
)
BY_STAGE = Dimension(
    key="bundle_stage",
    title=mark("By stage"),
    heading=mark("Bundle and stage"),
    read=lambda fact: f"{fact.bundle_name} · {fact.bundle_stage}" if fact.bundle_name else "",
)
