"""Who acts where nobody does but time."""

from __future__ import annotations

from clerk.contract.user import CLOCK_ACTOR, User

CLOCK = User(id=CLOCK_ACTOR.user, login=CLOCK_ACTOR.user, name=CLOCK_ACTOR.name, roles=())
"""The user of sweeps; no account, and no role."""
