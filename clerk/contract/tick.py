"""What became of a material at the counter (材料)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class MaterialState(StrEnum):
    """What became of a material at the counter."""

    MISSING = "missing"
    PROVIDED = "provided"
    CORRECTED = "corrected"
    EXEMPTED = "exempted"
    DEFERRED = "deferred"
    DECLARED = "declared"


class Ticked(msgspec.Struct, frozen=True, kw_only=True):
    """One material of a case as it was taken in.

    `evidence` names the licence or the register fact that stands for an exempted one;
    `due` is the day by which a deferred one is promised.
    """

    key: str
    name: str
    state: MaterialState
    originals: int = 0
    copies: int = 0
    evidence: str = ""
    due: date | None = None
    note: str = ""
