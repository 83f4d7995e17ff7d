"""One checklist for all items of a visit: shared materials once, held licences exempted.

A shared material is asked for once (共性材料); the same material twice within one item is the
item's own matter and stays twice. Nothing is asked for that no item demands (Art. 31).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import MaterialState
from clerk.contract.draft import Tick
from clerk.contract.item import Condition, Field, Item, Material, Necessity, Situation
from clerk.contract.licence import Licence, Renewal
from clerk.rules.exemption import (
    Flaw,
    HeldFact,
    Seen,
    find_facts,
    licence_flaw,
    stands_for,
)
from clerk.rules.identifiers.masking import scrub


class Served(msgspec.Struct, frozen=True):
    """An item's own material that a line of the checklist stands for."""

    item: str
    key: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One paper to ask the applicant for, or not to.

    `licence` or `fact` is what replaces it; `unusable` or `unsure` is what would but does not,
    and `flaw` says why, so that the clerk can tell why the paper is asked for after all.
    """

    key: str
    name: str
    material: Material
    serves: tuple[Served, ...]
    originals: int
    copies: int
    required: bool
    deferrable_days: int = 0
    declarable: bool = False
    licence: Licence | None = None
    unusable: Licence | None = None
    fact: HeldFact | None = None
    unsure: HeldFact | None = None
    flaw: Flaw | None = None

    @property
    def exempted(self) -> bool:
        """Whether the city holds it already (免提交)."""
        return self.licence is not None or self.fact is not None


class FieldLine(msgspec.Struct, frozen=True, kw_only=True):
    """One form field to type, once for all items that share it."""

    key: str
    field: Field
    serves: tuple[Served, ...]
    required: bool


class _City(msgspec.Struct, frozen=True):
    """What the city knows of the applicant today."""

    licences: tuple[Licence, ...]
    seen: Seen
    today: date


class _Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What stands for a line, or what would and why it does not."""

    licence: Licence | None = None
    unusable: Licence | None = None
    fact: HeldFact | None = None
    unsure: HeldFact | None = None
    flaw: Flaw | None = None


_NOTHING_SEEN = Seen()


def answer_key(item: str, situation: str) -> str:
    """Where a draft keeps the answer to an item's situation."""
    return f"{item}/{situation}"


def applies(when: tuple[Condition, ...], answers: Mapping[str, str]) -> bool:
    """Whether all conditions hold under these answers of one item."""
    return all(answers.get(one.situation, "") in one.options for one in when)


def answers_of(item: Item, answers: Mapping[str, str]) -> dict[str, str]:
    """One item's own answers out of a draft's."""
    return {
        one.key: answers[answer_key(item.id, one.key)]
        for one in item.situations
        if answers.get(answer_key(item.id, one.key))
    }


def open_situations(item: Item, answers: Mapping[str, str]) -> tuple[Situation, ...]:
    """The situations to be asked under the answers so far."""
    own = answers_of(item, answers)
    return tuple(one for one in item.situations if applies(one.when, own))


def checklist(
    items: Sequence[Item],
    answers: Mapping[str, str],
    licences: Sequence[Licence],
    today: date,
    seen: Seen = _NOTHING_SEEN,
) -> tuple[Line, ...]:
    """The papers that these items demand under these answers, in the order they are met."""
    city = _City(tuple(licences), seen, today)
    grouped: dict[str, list[tuple[Item, Material]]] = {}
    for item in items:
        for key, material in _keyed(item, answers):
            grouped.setdefault(key, []).append((item, material))
    return tuple(_line(key, members, city) for key, members in grouped.items())


def _keyed(item: Item, answers: Mapping[str, str]) -> list[tuple[str, Material]]:
    """An item's materials under the key that shares them with other items, twins numbered."""
    own = answers_of(item, answers)
    seen: dict[str, int] = {}
    keyed = []
    for material in item.materials:
        if not applies(material.when, own):
            continue
        shared = share_key(material)
        seen[shared] = seen.get(shared, 0) + 1
        keyed.append((f"{shared}#{seen[shared]}" if seen[shared] > 1 else shared, material))
    return keyed


def share_key(material: Material) -> str:
    """What a paper is the same by in several items."""
    return material.shared or "".join(material.name.split())


def _line(key: str, members: list[tuple[Item, Material]], city: _City) -> Line:
    """One line for all members: the strictest of their demands, the mildest of their favours."""
    materials = [material for _, material in members]
    standing = _find_standing(materials, city)
    return Line(
        key=key,
        name=materials[0].name,
        material=materials[0],
        serves=tuple(Served(item.id, material.key) for item, material in members),
        originals=max(one.originals for one in materials),
        copies=max(one.copies for one in materials),
        required=any(one.necessity is Necessity.REQUIRED for one in materials),
        deferrable_days=min(one.deferrable_days for one in materials),
        declarable=all(one.declarable for one in materials),
        licence=standing.licence,
        unusable=standing.unusable,
        fact=standing.fact,
        unsure=standing.unsure,
        flaw=standing.flaw,
    )


def _find_standing(materials: list[Material], city: _City) -> _Standing:
    """A licence before a fact; what does not hold is named only where nothing does."""
    licences = [
        (one, licence_flaw(one, city.seen, city.today))
        for one in _candidates(materials, city.licences)
    ]
    facts = find_facts(materials, city.seen, city.today)
    if usable := next((one for one, flaw in licences if flaw is None), None):
        return _Standing(licence=usable)
    if known := next((one for one, flaw in facts if flaw is None), None):
        return _Standing(fact=known)
    for unusable, flaw in licences:
        return _Standing(unusable=unusable, flaw=flaw)
    for unsure, flaw in facts:
        return _Standing(unsure=unsure, flaw=flaw)
    return _Standing()


def _candidates(materials: list[Material], licences: Sequence[Licence]) -> list[Licence]:
    """Licences that may replace the paper in every item that asks for it, longest first."""
    found = [one for one in licences if all(stands_for(one, each) for each in materials)]
    return sorted(found, key=lambda one: one.valid_until or date.max, reverse=True)


def describe_held(licence: Licence) -> str:
    """What stands on paper and screen for an exempted material; the number is masked.

    Its type, its number, and the days it holds from and until; Chinese, as papers are.
    """
    until = licence.valid_until.isoformat() if licence.valid_until else "长期"
    told = f"{licence.type_name} {scrub(licence.number)} {licence.issued_on}–{until}"
    if licence.renewal is not Renewal.CONFIRMED:
        return told
    on = f"{licence.renewal_on.isoformat()}由" if licence.renewal_on else "已由"
    return f"{told}（视为准予延续，{on}{licence.renewal_by or licence.issuer}确认）"


def describe_fact(fact: HeldFact) -> str:
    """The same for a fact of a register: never its value, which not everybody may see."""
    told = f"{fact.source} {fact.label}"
    if fact.since or fact.until:
        since = fact.since.isoformat() if fact.since else ""
        until = fact.until.isoformat() if fact.until else "长期"
        told += f" {since}–{until}"
    return f"{told} {fact.as_of.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"


def form_fields(items: Sequence[Item], answers: Mapping[str, str]) -> tuple[FieldLine, ...]:
    """The fields to type, each shared one once."""
    grouped: dict[str, list[tuple[Item, Field]]] = {}
    for item in items:
        own = answers_of(item, answers)
        for field in item.fields:
            if applies(field.when, own):
                key = field.shared or f"{item.id}/{field.key}"
                grouped.setdefault(key, []).append((item, field))
    return tuple(
        FieldLine(
            key=key,
            field=members[0][1],
            serves=tuple(Served(item.id, field.key) for item, field in members),
            required=any(field.required for _, field in members),
        )
        for key, members in grouped.items()
    )


def satisfied(line: Line, tick: Tick | None) -> bool:
    """Whether nothing more is to be asked for on this line."""
    if line.exempted or not line.required:
        return True
    if tick is None:
        return False
    if tick.state in {MaterialState.DEFERRED, MaterialState.DECLARED, MaterialState.CORRECTED}:
        return True
    return (
        tick.state is MaterialState.PROVIDED
        and tick.originals >= line.originals
        and tick.copies >= line.copies
    )
