"""Whether a case is late, early or in hand, as every report counts it."""

from __future__ import annotations

from datetime import date, datetime

from clerk.contract.case import Stage
from clerk.contract.report import CaseFact
from clerk.rules.clock import day_of

_OVER = frozenset({Stage.DRAFT, Stage.DECIDED, Stage.DECLINED, Stage.WITHDRAWN, Stage.VOID})
"""Stages in which nobody works on a case: not yet, or no more."""


def find_due(fact: CaseFact) -> date | None:
    """The day by which a case is to be decided: the promised one where there is one."""
    return fact.promised_due or fact.statutory_due


def is_in_hand(fact: CaseFact) -> bool:
    """Whether somebody still has to do something about the case before it is decided."""
    return fact.stage not in _OVER


def is_overdue(fact: CaseFact, now: datetime) -> bool:
    """Whether it was decided late, or is in hand and late now. On the due date is on time.

    A limit in hours is compared by the moment (counting rule 1), as its light is.
    """
    if fact.due_at is not None:
        ended_at = fact.decided_at or (now if is_in_hand(fact) else None)
        return ended_at is not None and ended_at > fact.due_at
    due, ended = find_due(fact), _ended_on(fact, now)
    return due is not None and ended is not None and ended > due


def is_early(fact: CaseFact) -> bool:
    """Whether it was decided on a day before the one it was due on."""
    due = find_due(fact)
    return due is not None and fact.decided_on is not None and fact.decided_on < due


def days_over(fact: CaseFact, now: datetime) -> int:
    """Calendar days from the due date to the decision, or to now; 0 where it is not late."""
    due, ended = find_due(fact), _ended_on(fact, now)
    if due is None or ended is None or not is_overdue(fact, now):
        return 0
    return (ended - due).days


def _ended_on(fact: CaseFact, now: datetime) -> date | None:
    return fact.decided_on or (day_of(now) if is_in_hand(fact) else None)
