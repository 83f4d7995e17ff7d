"""What is done to the town in one seed: its desks, its people's acts and its faults, in order."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.sim.town import DAY, DEPARTMENTS, HOUR, MINUTE, WINDOWS

_OPENS, _CLOSES = 0, 9 * HOUR
_FAULTS = (
    ("crash_desk", 4),
    ("crash_central", 3),
    ("line_down", 3),
    ("clock_jump", 1),
    ("disk_full", 1),
    ("move_desk", 1),
    ("end_session", 2),
    ("publish", 1),
    ("second_instance", 1),
    ("digest", 2),
)

_BESIDE_A_RESTORE = (
    ("act", 4, (-1_500, 0)),
    ("act", 3, (-30_000, 30_000)),
    ("digest", 2, (0, 4_000)),
    ("end_session", 1, (-30_000, 30_000)),
    ("crash_desk", 1, (-30_000, 30_000)),
)


class Op(NamedTuple):
    """Something that is done at a time; `salt` seeds its own chance."""

    at: int
    kind: str
    who: int
    salt: int


class Place(NamedTuple):
    """Where a desk stands; one of both is empty."""

    window: str
    department: str


class Rates(NamedTuple):
    """How often messages meet a fault; `slow` transactions let others in between."""

    drop: float
    double: float
    delay: float
    busy: float
    slow: float


class Plan(NamedTuple):
    """One seed's town and all that happens in it."""

    seed: int
    desks: tuple[Place, ...]
    ops: tuple[Op, ...]
    rates: Rates
    on_sqlite: bool
    late_sight: bool
    page_rows: int
    days: int


CALM = Rates(0, 0, 0, 0, 0)


def make_plan(seed: int) -> Plan:
    """The plan of a seed."""
    chance = Random(seed * 7919 + 1)
    desks = _desks(chance)
    days = chance.choice((1, 2, 3, 8, 12))
    harsh = chance.random()
    rates = Rates(
        drop=0.12 * harsh * chance.random(),
        double=0.15 * harsh * chance.random(),
        delay=0.25 * harsh * chance.random(),
        busy=0.03 * harsh,
        slow=0.5 * chance.random(),
    )
    ops = _ops(chance, len(desks), days)
    more = _restored_again(Random(seed * 7919 + 2), ops, len(desks))
    if more:
        ops, rates = ops + more, rates._replace(drop=0.1, double=0.2, delay=0.5)
    return Plan(
        seed=seed,
        desks=desks,
        ops=tuple(sorted(ops)),
        rates=rates,
        on_sqlite=chance.random() < 0.3,
        late_sight=chance.random() < 0.5,
        page_rows=chance.choice((2, 3, 5, 20)),
        days=days,
    )


def _desks(chance: Random) -> tuple[Place, ...]:
    windows = [Place(chance.choice(tuple(WINDOWS)), "") for _ in range(chance.randint(1, 3))]
    offices = [Place("", chance.choice(DEPARTMENTS)) for _ in range(chance.randint(1, 3))]
    return (*windows, *offices)


def _ops(chance: Random, desks: int, days: int) -> list[Op]:
    acts = []
    for _ in range(chance.randint(15, 25 * desks)):
        at = _office_hour(chance, days)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):  # people come in crowds
            acts.append(Op(at, "act", chance.randrange(desks), chance.getrandbits(32)))
            at += chance.randrange(400)
    kinds = [kind for kind, weight in _FAULTS for _ in range(weight)]
    faults = [
        Op(
            _hour(chance, days),
            chance.choice(kinds),
            chance.randrange(desks),
            chance.getrandbits(32),
        )
        for _ in range(chance.randint(0, 5 * desks))
    ]
    crashes = [
        Op(op.at, "crash_desk", op.who, chance.getrandbits(32))
        for op in faults
        if op.kind == "move_desk" and chance.random() < 0.5
    ]
    first = [Op(0, "crash_desk", k, k) for k in range(desks) if chance.random() < 0.1]
    faults += crashes + first
    return acts + faults + _sweeps(chance, days) + _rare(chance, acts)


def _sweeps(chance: Random, days: int) -> list[Op]:
    """Several workers at once, mornings and evenings."""
    found = []
    for day in range(days + 1):
        at = day * DAY + chance.choice((10 * MINUTE, 11 * HOUR))
        workers = range(chance.randint(1, 3))
        found += [Op(at + one * chance.randrange(40), "sweep", one, 0) for one in workers]
    return found


def _rare(chance: Random, acts: list[Op]) -> list[Op]:
    """What happens once in the life of a town: a copied disk, a restore just after an act."""
    found = []
    if chance.random() < 0.15:
        at = chance.choice(acts)
        found.append(Op(at.at, "clone_disk", at.who, 0))
    if chance.random() < 0.35:
        before, after = sorted(one.at for one in (chance.choice(acts), chance.choice(acts)))
        found.append(Op(before - chance.randrange(MINUTE), "backup", 0, 0))
        found.append(Op(after + chance.randrange(50, 3_000), "restore", 0, 0))
        found.append(Op(after + 3_000, "crash_desk", chance.randrange(6), chance.getrandbits(32)))
    return [op for op in found if op.at >= 0]


def _restored_again(chance: Random, ops: list[Op], desks: int) -> list[Op]:
    """Restores of the one backup again, each amid a crowd and messages long under way."""
    times = [op.at for op in ops if op.kind == "restore"]
    later = [op.at for op in ops if op.kind == "act" and times and op.at > times[0]]
    if not later or chance.random() < 0.4:
        return []
    times += [chance.choice(later) + chance.randrange(MINUTE) for _ in range(chance.randint(0, 3))]
    found = [Op(at, "restore", 0, 0) for at in times[1:]]
    if chance.random() < 0.5:
        found.append(Op(max(times[0] - chance.randrange(2 * MINUTE), 0), "backup", 0, 0))
    for at in times:
        for kind, most, around in _BESIDE_A_RESTORE:
            for _ in range(chance.randint(0, most * desks)):
                moment = max(at + chance.randrange(*around), 0)
                found.append(Op(moment, kind, chance.randrange(desks), chance.getrandbits(32)))
    return found


def _office_hour(chance: Random, days: int) -> int:
    return chance.randrange(days) * DAY + chance.randrange(_OPENS, _CLOSES)


def _hour(chance: Random, days: int) -> int:
    """Mostly when people work: faults at night hurt nobody."""
    if chance.random() < 0.9:
        return _office_hour(chance, days)
    return chance.randrange(days * DAY)
