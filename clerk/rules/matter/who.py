"""Whose a matter is: who sees it, who answers for it, who decides an appeal."""

from __future__ import annotations

from clerk.contract.matter import MatterKind
from clerk.contract.user import Role, User
from clerk.rules.matter.state import Matter, MatterStage
from clerk.rules.watching import EVERYWHERE, watched_department

TAKING = (
    *(Role.COUNTER, Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD),
    Role.MANAGER,
)
"""Who takes in what people bring."""

WATCHING = (Role.MANAGER, Role.SUPERVISOR, Role.HEAD)
"""Who is shown those of all desks, as far as they may see them."""

_ANSWERING = (Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD)
_MENDING = (Role.APPROVER, Role.HEAD)
"""A follow-up comes from a rating, which is not for those whom it rates."""

_AUDITED = (MatterKind.FOLLOW_UP, MatterKind.COMPLAINT)


def is_told_at(matter: Matter, user: User, window: str) -> bool:
    """Whether it is this window's to tell whoever brought it the answer."""
    at_window = bool(matter.window) and window == matter.window
    return at_window and user.has(Role.COUNTER) and matter.kind is not MatterKind.FOLLOW_UP


def answers_for(matter: Matter, user: User, window: str = "") -> bool:
    """Whether somebody answers for it.

    The people of its department do, and managers. What is the centre's own, because no
    department was named or one gave it back, the window that took it in answers or hands on
    too; a complaint it only hands on.
    """
    if user.has(Role.MANAGER):
        return True
    if not matter.department:
        asked = matter.kind is not MatterKind.COMPLAINT
        return asked and is_told_at(matter, user, window)
    roles = _MENDING if matter.kind is MatterKind.FOLLOW_UP else _ANSWERING
    return user.department == matter.department and any(user.has(one) for one in roles)


def hands_on(matter: Matter, user: User, window: str = "") -> bool:
    """Whether somebody may hand it on to another department."""
    own = not matter.department and is_told_at(matter, user, window)
    return own or answers_for(matter, user, window)


def decides_appeal(matter: Matter, user: User) -> bool:
    """Whether somebody may look into an appeal, unless it is their own."""
    if user.has(Role.MANAGER):
        return True
    return user.has(Role.AUDITOR) and user.department in {"", matter.department}


def sees_matter(matter: Matter, user: User, window: str = "") -> bool:
    """Whether a matter is shown to somebody at a desk that holds it."""
    if user.disabled:
        return False
    if answers_for(matter, user, window) or is_told_at(matter, user, window):
        return True
    if user.has(Role.AUDITOR):
        return matter.kind in _AUDITED and decides_appeal(matter, user)
    watched = watched_department(user)
    return watched == EVERYWHERE or (bool(watched) and watched == matter.department)


def is_to_do(matter: Matter, user: User, window: str = "") -> bool:
    """Whether it waits for this person here: an answer, word of one, or an appeal.

    What is with a department waits for its people first, not for managers.
    """
    if matter.appeal_waits and decides_appeal(matter, user):
        assert matter.appealed is not None, "an appeal waits"
        return matter.appealed.by.user != user.id
    if matter.is_open:
        theirs = user.has(Role.MANAGER) and matter.department != user.department
        return not theirs and hands_on(matter, user, window)
    return waits_to_be_told(matter, user, window)


def waits_to_be_told(matter: Matter, user: User, window: str = "") -> bool:
    """Whether it is this person's to tell the answer: the window's, or else whoever answered."""
    if matter.stage is not MatterStage.ANSWERED or matter.is_anonymous:
        return False
    if matter.window and matter.kind is not MatterKind.FOLLOW_UP:
        return is_told_at(matter, user, window)
    return not user.has(Role.MANAGER) and answers_for(matter, user, window)
