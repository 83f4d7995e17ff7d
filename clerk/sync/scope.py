"""Who sees what: audiences of cases, scopes of desks, and what a change tells to whom."""

from __future__ import annotations

from clerk.contract.matter import MatterKind
from clerk.rules.case.state import Case
from clerk.rules.flow import department_of
from clerk.rules.matter.state import Matter

ALL = "all"
"""The audience of everybody."""

AUDIT = "audit"
"""The audience of the auditors' desks: they alone hold findings."""

ADMINISTRATION = "@administration"
"""Stands where a desk's department would, for the administrators' desks: no department is named
so, and nothing but the catalogue ever comes to them."""

_AUDITED = frozenset({MatterKind.FOLLOW_UP, MatterKind.COMPLAINT})


def window_label(window: str) -> str:
    """The audience of a window."""
    return f"window:{window}"


def department_label(department: str) -> str:
    """The audience of a department."""
    return f"department:{department}"


def scope_of(window: str, department: str) -> frozenset[str]:
    """The audiences that a desk of a window, or else of a department, belongs to.

    A desk of neither is an auditors' desk: it sees no cases. Nor does an administrators' desk.
    """
    if not window and not department:
        return frozenset({ALL, AUDIT})
    if department == ADMINISTRATION:
        return frozenset({ALL})
    place = window_label(window) if window else department_label(department)
    return frozenset({ALL, place})


def audiences_of(case: Case) -> frozenset[str]:
    """Who sees a case: its window, its department, those of its flow and who countersigns."""
    departments = {case.terms.department}
    departments.update(department_of(case.terms, step) for step in case.terms.flow)
    departments.update(
        one.department for step in case.terms.flow if step.joint for one in step.joint.signers
    )
    return frozenset({window_label(case.window), *map(department_label, departments)})


def audiences_of_matter(matter: Matter) -> frozenset[str]:
    """Who holds a matter: its department, where it was taken in, and the auditors some.

    No window holds a follow-up, for it tells of a rating.
    """
    seen = {department_label(matter.department)} if matter.department else set()
    if matter.kind is not MatterKind.FOLLOW_UP:
        seen |= {window_label(matter.window)} if matter.window else set()
        own = matter.taken_by.department
        seen |= {department_label(own)} if own else set()
    return frozenset(seen | ({AUDIT} if matter.kind in _AUDITED else set()))


def told_rows(after: frozenset[str], lost_by: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    """The feed rows of one change: each audience, and whether it loses sight of the thing."""
    gone = sorted(lost_by - after)
    return (*((one, True) for one in gone), *((one, False) for one in sorted(after)))
