"""Who watches over which cases, and who holds a case (电子监察)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from clerk.contract.case import Delivery
from clerk.contract.user import Role, User
from clerk.rules.case.state import Case
from clerk.rules.flow import department_of

EVERYWHERE = "*"
"""Stands for every department."""

_HIGHER_STEPS = (Role.REVIEWER, Role.APPROVER)
"""Roles that a case may go up to within its department."""


class Holder(msgspec.Struct, frozen=True):
    """Where a case stands still: the department, its step, and whoever has claimed it.

    `at_window` is true until the case has a step, and once its result lies there: then the
    window has to move it on, and `department` is the item's.
    """

    department: str
    step: str = ""
    step_name: str = ""
    user: str = ""
    name: str = ""
    until: datetime | None = None
    at_window: bool = False


def watched_department(user: User) -> str:
    """The department whose cases somebody watches, EVERYWHERE for all of them, or nothing.

    Managers, the supervisors of the centre and the head of the government watch all; a
    department's supervisors, its head, and those who review and approve there their own.
    """
    if user.disabled:
        return ""
    if user.has(Role.MANAGER):
        return EVERYWHERE
    if user.has(Role.SUPERVISOR) or user.has(Role.HEAD):
        return user.department or EVERYWHERE
    return user.department if any(user.has(role) for role in _HIGHER_STEPS) else ""


def watches(user: User, case: Case) -> bool:
    """Whether somebody watches over a case: it is, or at some step will be, their department's."""
    watched = watched_department(user)
    if watched == EVERYWHERE:
        return True
    steps = {department_of(case.terms, step) for step in case.terms.flow}
    return bool(watched) and watched in steps | {case.terms.department}


def holder_of(case: Case) -> Holder:
    """Who holds a case; a claim counts only until its `until`.

    Of a result that is being made it is the item's department (Art. 44).
    """
    if case.delivery is Delivery.IN_PRODUCTION:
        return Holder(case.terms.department)
    step = case.present_step
    if step is None:
        return Holder(case.terms.department, at_window=True)
    claim = case.claim
    return Holder(
        department=department_of(case.terms, step),
        step=step.key,
        step_name=step.name,
        user=claim.by.user if claim else "",
        name=claim.by.name if claim else "",
        until=claim.until if claim else None,
    )
