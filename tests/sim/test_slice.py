"""A slice of the simulation in every test run: seeds that hold, and planted bugs that are found."""

from __future__ import annotations

import pytest

from tests.sim.mutants import MOST_SEEDS, MUTANTS, Mutant
from tests.sim.plan import make_plan
from tests.sim.runs import run, run_plan
from tests.sim.shrink import report, shrink

SEEDS_EACH = 30
PARTS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_seeds_hold(part: int) -> None:
    for seed in range(part * SEEDS_EACH, (part + 1) * SEEDS_EACH):
        if run(seed).violation:
            pytest.fail(report(seed))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_planted_bug_is_found(mutant: Mutant) -> None:
    assert mutant.seed < MOST_SEEDS
    if mutant.seed >= PARTS * SEEDS_EACH:  # `test_seeds_hold` says it of the others
        assert not run(mutant.seed).violation, "without the bug the seed holds"
    assert run(mutant.seed, frozenset({mutant.name})).violation


def test_there_are_enough_planted_bugs() -> None:
    assert len({mutant.name for mutant in MUTANTS}) >= 20


def test_a_seed_does_the_same_each_time() -> None:
    assert run(7) == run(7)


def test_a_failure_is_shrunk_and_told_with_its_seed() -> None:
    bugs = frozenset({"taken_back_after_sending"})
    seed = next(one.seed for one in MUTANTS if one.name == "taken_back_after_sending")
    plan = make_plan(seed)
    small = shrink(plan, bugs, most_runs=60)
    assert len(small.ops) < len(plan.ops) / 2
    assert run_plan(small, bugs).violation == run_plan(plan, bugs).violation
    told = report(seed, bugs)
    assert told.startswith(f"seed {seed}: ")
    assert "violation" in told
