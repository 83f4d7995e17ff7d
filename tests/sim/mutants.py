"""Planted bugs, to show that the simulation finds what it is there for.

Each is a switch in the simulated adapters: what a hurried hand might write there. The number is
how many seeds it takes from the first one on; a test holds that.
"""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """A planted bug. `seed` is one that finds it."""

    name: str
    tells: str
    seed: int


MOST_SEEDS = 1_000
MUTANTS: tuple[Mutant, ...] = ()
