"""Which keys of a case's page are offered to whom: those that one of their roles can ever use.

What cannot be done now says why; what somebody can never do is not offered at all.
"""

from __future__ import annotations

from clerk.contract.user import Role, User
from clerk.rules.case import Case
from clerk.rules.flow import role_of
from screens.case import counter, department

STEP_ROLES = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)
WORKERS = (Role.COUNTER, *STEP_ROLES, Role.HEAD)
"""Who works on cases, and so proposes something about them."""

OWN_VERBS = tuple(dict.fromkeys((*counter.VERBS, *department.VERBS)))
"""The verbs that are a window's, or a department's."""

_ROLES: dict[str, tuple[Role, ...]] = {
    "ask": (*WORKERS, Role.MANAGER, Role.SUPERVISOR),
    "deal": (*WORKERS, Role.MANAGER, Role.SUPERVISOR),
    "scan": (*WORKERS, Role.MANAGER),
    "unmask": WORKERS,
    "look_up": WORKERS,
}
_DECIDING = ("agree", "decline")


def may_ever(user: User, verb: str, case: Case | None) -> bool:
    """Whether a role of theirs can ever do this on the page of such a case."""
    if verb in OWN_VERBS:
        if user.has(Role.COUNTER):
            return verb in counter.VERBS
        return verb in department.VERBS and _may_in_department(user, verb, case)
    roles = _ROLES.get(verb)
    return roles is None or has_any(user, roles)


def has_any(user: User, roles: tuple[Role, ...]) -> bool:
    """Whether somebody has one of these roles."""
    return any(user.has(one) for one in roles)


def _may_in_department(user: User, verb: str, case: Case | None) -> bool:
    """Steps are done by their roles; it is decided at those of the flow that decide."""
    if verb not in _DECIDING or case is None:
        return has_any(user, STEP_ROLES)
    return has_any(user, tuple(role_of(one) for one in case.terms.flow if one.may_decide))
