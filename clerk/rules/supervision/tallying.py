"""Adding up what a board counts: in all, by department, by step."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import msgspec

from clerk.contract.case import Stage
from clerk.contract.supervision import LightCount
from clerk.rules.clock import Light

_PRESSING = (Light.RED, Light.YELLOW)
K = TypeVar("K", bound=Hashable)


class Row(msgspec.Struct, frozen=True):
    """How many open cases there are, and how many under each light of each limit."""

    total: int
    promised: dict[Light, int]
    statutory: dict[Light, int]


class Place(msgspec.Struct, frozen=True):
    """Where cases stand: the name of a step, the stage of those that have none yet, or both.

    Of what is decided, `step` is where the result is.
    """

    step: str
    stage: str = ""


class BoardTally(msgspec.Struct, frozen=True):
    """The rows of a board. Departments with the most overdue cases come first."""

    total: Row
    by_department: dict[str, Row]
    by_place: dict[Place, Row]


def tally_board(counts: Iterable[LightCount]) -> BoardTally:
    """Add the counts up."""
    every = tuple(counts)
    departments = _group(every, lambda one: one.department)
    places = _group(every, place_of)
    return BoardTally(
        total=_add(every),
        by_department=dict(sorted(departments.items(), key=lambda pair: _pressing(pair[1]))),
        by_place=dict(sorted(places.items(), key=lambda pair: _pressing(pair[1]))),
    )


def place_of(count: LightCount) -> Place:
    """The step of some cases, or their stage."""
    if count.stage is Stage.DECIDED and count.step:
        return Place(count.step, count.stage.value)
    return Place(count.step) if count.step else Place("", count.stage.value)


def _group(counts: tuple[LightCount, ...], key: Callable[[LightCount], K]) -> dict[K, Row]:
    found: dict[K, list[LightCount]] = {}
    for one in counts:
        found.setdefault(key(one), []).append(one)
    return {name: _add(some) for name, some in found.items()}


def _add(counts: Iterable[LightCount]) -> Row:
    promised, statutory, total = dict.fromkeys(Light, 0), dict.fromkeys(Light, 0), 0
    for one in counts:
        total += one.count
        promised[Light(one.light)] += one.count
        statutory[Light(one.statutory_light)] += one.count
    return Row(total, promised, statutory)


def _pressing(row: Row) -> tuple[int, ...]:
    return (*(-row.promised[light] for light in _PRESSING), -row.total)
