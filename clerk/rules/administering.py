"""Who keeps the system, and by which acts; none of them has to do with applicants (三员分立)."""

from __future__ import annotations

from clerk.contract.user import Role, User

ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


def administers(user: User) -> bool:
    """Whether somebody keeps the system or who may work with it."""
    return not user.disabled and any(user.has(role) for role in ADMINISTRATORS)
