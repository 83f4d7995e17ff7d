"""Matters (诉求): what may happen to one, who may do it, and when it is due."""

from __future__ import annotations

from clerk.rules.matter.clocks import MatterDates, dates_of, light_of
from clerk.rules.matter.decide import decide_matter
from clerk.rules.matter.fold import evolve_matter, extend_matter, fold_matter
from clerk.rules.matter.state import Matter, MatterStage

__all__ = [
    "Matter",
    "MatterDates",
    "MatterStage",
    "dates_of",
    "decide_matter",
    "evolve_matter",
    "extend_matter",
    "fold_matter",
    "light_of",
]
