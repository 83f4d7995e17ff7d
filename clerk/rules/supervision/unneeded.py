"""Looks made for a draft, compared with what came of it (rules R11 and R12).

A desk names the items of a draft that nobody has received yet. Whether an application came, and
whether its items needed what was seen, shows only afterwards (个人信息保护法 Art. 6, 51).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from clerk.contract.supervision import Finding
from clerk.contract.user import User
from clerk.rules.clock.moments import day_of
from clerk.rules.supervision.patterns import ActiveRules

FOLLOWED_WITHIN = timedelta(days=3)
"""So long a draft may lie, or wait for the line, before its look counts as one for nothing."""

_NOTHING = "R11"
_BEYOND = "R12"
Fields = Mapping[str, frozenset[str]]
"""The keys of fields, by register."""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One case that came of a look."""

    id: str
    number: str
    item: str


class DraftLook(msgspec.Struct, frozen=True, kw_only=True):
    """A look for a draft: who, when, which cases came of it, what was seen, what they needed."""

    id: str
    at: datetime
    user: User
    cases: tuple[Origin, ...]
    shown: Fields
    needed: Fields

    @property
    def beyond(self) -> Fields:
        """What was seen and no item needed; of a look without a case that is not yet said."""
        if not self.cases:
            return {}
        found = {key: seen - self.needed.get(key, seen) for key, seen in self.shown.items()}
        return {key: fields for key, fields in found.items() if fields}


def find_unneeded(looks: Iterable[DraftLook], rules: ActiveRules) -> tuple[Finding, ...]:
    """What the auditor is told of the looks of a day."""
    some = sorted(looks, key=lambda one: (one.at, one.id))
    return (*_find_for_nothing(some, rules), *_find_beyond(some, rules))


def _find_for_nothing(looks: list[DraftLook], rules: ActiveRules) -> Iterable[Finding]:
    """People who only ask go again: it is found where somebody has many of them in a day."""
    parameters = rules.find(_NOTHING)
    if parameters is None:
        return
    by_user: dict[str, list[DraftLook]] = defaultdict(list)
    for one in looks:
        if not one.cases:
            by_user[f"{one.user.id}|{day_of(one.at)}"].append(one)
    least = max(1, parameters["least"])
    for name, some in by_user.items():
        if len(some) >= least:
            day = day_of(some[0].at).isoformat()
            told = {"count": str(len(some)), "day": day}
            yield _finding(f"{_NOTHING}|{name}", some[-1], told)


def _find_beyond(looks: list[DraftLook], rules: ActiveRules) -> Iterable[Finding]:
    if rules.find(_BEYOND) is None:
        return
    for one in looks:
        fields = " ".join(sorted(key for keys in one.beyond.values() for key in keys))
        if fields:
            yield _finding(f"{_BEYOND}|{one.id}", one, {"fields": fields, "lookup": one.id})


def _finding(name: str, look: DraftLook, told: dict[str, str]) -> Finding:
    case = look.cases[0] if look.cases else None
    return Finding(
        id=name,
        rule=name.partition("|")[0],
        at=look.at,
        actor=look.user.id,
        actor_name=look.user.name,
        department=look.user.department,
        case_id=case.id if case else "",
        case_number=case.number if case else "",
        parameters=told,
    )
