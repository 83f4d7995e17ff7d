"""Who somebody is at the desk where they sit: a person may have roles of more than one place."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.sync import Enrolled
from clerk.contract.user import Role, User


def is_of_both(user: User) -> bool:
    """Whether somebody works at a window and in a department, so that the place decides."""
    return user.has(Role.COUNTER) and bool(user.department)


def seated(user: User, enrolled: Enrolled) -> User:
    """Somebody with the roles that count here: in a department's room there is no counter.

    Only lists and keys go by it; what is allowed the rules say of the whole person.
    """
    if enrolled.window or not is_of_both(user):
        return user
    return replace(user, roles=tuple(one for one in user.roles if one is not Role.COUNTER))
