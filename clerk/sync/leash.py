"""How far a desk may go without central: limits with reasons, a warning before each of them."""

from __future__ import annotations

from enum import StrEnum

import msgspec

_WARNED_FROM = 0.7


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The office's numbers: cases only here, days without central, space on the disk."""

    unsent_cases: int = 300
    catalogue_days: int = 14
    free_mib: int = 300


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands. `catalogue_days` since catalogue and calendar were last those of central."""

    unsent_cases: int
    catalogue_days: int
    free_mib: int


class Reach(StrEnum):
    """How near a limit is."""

    NEAR = "near"
    OVER = "over"


class Strain(msgspec.Struct, frozen=True, kw_only=True):
    """A limit that is near or reached; its code names cause and remedy in words."""

    code: str
    reach: Reach
    have: int
    limit: int


def judge(load: Load, limits: Limits) -> tuple[Strain, ...]:
    """What strains the leash: from 70 % on a warning, at the limit a refusal."""
    found = (
        _upward("leash.unsent", load.unsent_cases, limits.unsent_cases),
        _upward("leash.catalogue", load.catalogue_days, limits.catalogue_days),
        _downward("leash.disk", load.free_mib, limits.free_mib),
    )
    return tuple(one for one in found if one is not None)


def find_refusal(load: Load, limits: Limits) -> Strain | None:
    """The first limit that is reached."""
    return next((one for one in judge(load, limits) if one.reach is Reach.OVER), None)


def _upward(code: str, have: int, limit: int) -> Strain | None:
    if have >= limit:
        return Strain(code=code, reach=Reach.OVER, have=have, limit=limit)
    if have >= limit * _WARNED_FROM:
        return Strain(code=code, reach=Reach.NEAR, have=have, limit=limit)
    return None


def _downward(code: str, have: int, limit: int) -> Strain | None:
    if have <= limit:
        return Strain(code=code, reach=Reach.OVER, have=have, limit=limit)
    if have * _WARNED_FROM <= limit:
        return Strain(code=code, reach=Reach.NEAR, have=have, limit=limit)
    return None
