"""A card with three registers of others, one of them slow: python -m bench.card.

Everything goes over sockets: a desk's calls, central, three registers that take their time. What
is timed is when the clerk sees what: the card itself, the first section, all of them. The peer
asks the same three one after the other, as a card without sections has to.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from central.db import people as register
from central.db.engine import Connection
from central.running import running
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import SystemClock
from clerk.contract.identity import IdKind
from clerk.contract.register import AnswerState, AskRegister, RegisterAnswer
from clerk.contract.session import ApplicantCard, LookUp, Purpose
from clerk.rules.specimens import SpecimenPerson
from tests.support.cases import CLERK, FOOD
from tests.support.central import TalkingDesk, furnish, read
from tests.support.people import people
from tests.support.register_hall import KINDS, RegisterTown, register_town
from tests.support.register_server import Mode

ROUNDS = 15
TAKES_S = {"tax": 0.05, "safety": 0.15, "weather": 1.0}
"""How long each register thinks; the last is the slow one."""

SLOWEST_S = max(TAKES_S.values())


class Times(NamedTuple):
    """Seconds from the number's last character to what is seen."""

    card: float
    first: float
    all: float


class Way(NamedTuple):
    """A way of asking: its name, and whether the registers are asked one after the other."""

    name: str
    in_turn: bool
    anew: bool


WAYS = (
    Way("by sections, at once", in_turn=False, anew=True),
    Way("one after the other", in_turn=True, anew=True),
    Way("kept from before", in_turn=False, anew=False),
)


def main() -> None:
    """Each way for some people."""
    os.environ["TEST_REGISTER_TOKEN"] = "of a benchmark"  # noqa: S105 - it opens nothing
    somebody = people(seed=11, count=ROUNDS)
    with TemporaryDirectory() as folder:
        central = Central.open(f"sqlite:///{Path(folder) / 'central.db'}", SystemClock())
        central.init()
        central.database.commit(partial(_furnish, somebody=somebody))
        with running(central) as url, register_town(central, timeout_s=5, attempts=1) as town:
            _set_slow(town, somebody)
            desk = _sit_down(central, url)
            for way in WAYS:
                _tell(way.name, [_look(desk, one, way) for one in somebody])
            _show_failing(desk, town, somebody[0])
            desk.http.close()
        central.close()


def _look(desk: TalkingDesk, one: SpecimenPerson, way: Way) -> Times:
    began = perf_counter()
    ask = LookUp(
        id_kind=IdKind.RESIDENT, id_number=one.id_number, purpose=Purpose.DRAFT, subject="bench"
    )
    card = read(desk.call("/lookups", ask), ApplicantCard)
    opened = perf_counter() - began
    section = partial(_section, desk, card, one, anew=way.anew)
    arrived = _in_turn(section) if way.in_turn else _at_once(section)
    return Times(opened, arrived[0] - began, arrived[-1] - began)


def _section(
    desk: TalkingDesk, card: ApplicantCard, one: SpecimenPerson, key: str, *, anew: bool
) -> RegisterAnswer:
    ask = AskRegister(
        register=key,
        id_kind=IdKind.RESIDENT,
        id_number=one.id_number,
        items=(FOOD.id,),
        anew=anew,
    )
    return read(desk.call(f"/lookups/{card.lookup}/answers", ask), RegisterAnswer)


def _at_once(section: Callable[[str], RegisterAnswer]) -> list[float]:
    arrived = []
    with ThreadPoolExecutor(len(KINDS)) as threads:
        for done in as_completed([threads.submit(section, key) for key in KINDS]):
            assert done.result().state in {AnswerState.ANSWERED, AnswerState.KEPT}
            arrived.append(perf_counter())
    return arrived


def _in_turn(section: Callable[[str], RegisterAnswer]) -> list[float]:
    """A card that is shown when it is whole: its first section comes with its last."""
    for key in KINDS:
        assert section(key).state is AnswerState.ANSWERED
    return [perf_counter()]


def _show_failing(desk: TalkingDesk, town: RegisterTown, one: SpecimenPerson) -> None:
    """The slow register is away: its section says so as soon as the others answer."""
    town["weather"].mode = Mode.FAILING
    way = WAYS[0]
    began = perf_counter()
    ask = LookUp(
        id_kind=IdKind.RESIDENT, id_number=one.id_number, purpose=Purpose.DRAFT, subject="bench"
    )
    card = read(desk.call("/lookups", ask), ApplicantCard)
    answer = _section(desk, card, one, "weather", anew=way.anew)
    took = perf_counter() - began
    assert answer.state is AnswerState.OLDER, answer
    print(f"slow one away: its older answer is there after {took / SLOWEST_S:.3f} of its time")


def _tell(name: str, times: list[Times]) -> None:
    card, first, whole = (median(column) for column in zip(*times, strict=True))
    print(
        f"{name:<22} to the slowest register = 1.00:  card {card / SLOWEST_S:.3f}"
        f"  first section {first / SLOWEST_S:.3f}  all {whole / SLOWEST_S:.3f}"
        f"   ({whole * 1e3:.0f} ms)",
        flush=True,
    )


def _set_slow(town: RegisterTown, somebody: list[SpecimenPerson]) -> None:
    for one in somebody:
        town.know(one)
    for key, seconds in TAKES_S.items():
        town[key].mode, town[key].slow_s = Mode.SLOW, seconds


def _sit_down(central: Central, url: str) -> TalkingDesk:
    desk = TalkingDesk(url, SystemClock())
    giving = partial(give_code, window="w1", department="", now=SystemClock().now())
    desk.enrol(central.database.commit(giving))
    desk.hello()
    desk.sign_in(CLERK.login)
    return desk


def _furnish(connection: Connection, somebody: list[SpecimenPerson]) -> None:
    furnish(connection)
    rows = [
        register.Person(
            id_number=one.id_number,
            id_kind=IdKind.RESIDENT,
            name=one.name,
            source="人口库",
            as_of=SystemClock().now(),
        )
        for one in somebody
    ]
    register.put_people(connection, rows)


if __name__ == "__main__":
    main()
