"""The simulation in full length: `make sim`. It prints its totals."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.sim.mutants import MOST_SEEDS, MUTANTS, Mutant
from tests.sim.runs import run
from tests.sim.shrink import report

EVENTS = 20_000_000
CHUNK = 20
MOST_CHUNKS = 100_000

pytestmark = pytest.mark.sim


def run_chunk(chunk: int) -> tuple[int, int, Counter[str], list[int]]:
    """Some seeds: their events, effects, faults, and those that failed."""
    events, effects, faults, failed = 0, 0, Counter[str](), []
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        outcome = run(seed)
        events += outcome.events
        effects += outcome.effects
        faults.update(outcome.faults)
        if outcome.violation:
            failed.append(seed)
    return events, effects, faults, failed


def hunt(mutant: Mutant) -> int | None:
    """How many seeds it takes to find a planted bug."""
    bugs = frozenset({mutant.name})
    return next((k + 1 for k in range(MOST_SEEDS) if run(k, bugs).violation), None)


def workers() -> multiprocessing.pool.Pool:
    """A process for each core."""
    return multiprocessing.get_context("spawn").Pool(os.cpu_count())


def test_twenty_million_events(capsys: pytest.CaptureFixture[str]) -> None:
    events = effects = seeds = 0
    faults: Counter[str] = Counter()
    failed: list[int] = []
    with workers() as pool:
        for told in pool.imap_unordered(run_chunk, range(MOST_CHUNKS)):
            events, effects, seeds = events + told[0], effects + told[1], seeds + CHUNK
            faults.update(told[2])
            failed += told[3]
            if events >= EVENTS or failed:
                pool.terminate()
                break
    with capsys.disabled():
        for line in _totals(seeds, events, effects, faults, len(failed)):
            print(line)  # noqa: T201 - make sim prints its totals
    assert not failed, report(failed[0])


def test_every_planted_bug_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    with workers() as pool:
        taken = pool.map(hunt, MUTANTS, chunksize=1)
    found = [one for one in taken if one is not None]
    with capsys.disabled():
        for mutant, count in zip(MUTANTS, taken, strict=True):
            print(f"  {mutant.name:<28} {count or 'not found'} seeds")  # noqa: T201
        print(f"mutants caught: {len(found)} of {len(MUTANTS)} planted")  # noqa: T201
    assert len(found) == len(MUTANTS)


def _totals(
    seeds: int, events: int, effects: int, faults: Counter[str], violations: int
) -> Iterator[str]:
    yield ""
    yield f"seeds {seeds:,}, events {events:,}, effects {effects:,}, violations {violations}"
    for name, count in faults.most_common():
        yield f"  {name:<20} {count:>10,}"
