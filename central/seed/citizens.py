"""Generated citizens and organisations with the licences they hold. Nobody real is among them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from central.db import licences, people
from central.db.engine import Connection
from central.db.items import batches
from central.db.people import Organisation, Person
from central.db.registers import find_organisations, find_people
from clerk.contract.identity import IdKind
from clerk.contract.ids import new_id
from clerk.contract.licence import Licence, LicenceStatus, LicenceType
from clerk.errand import Errand, Phase
from clerk.rules.specimens import (
    SpecimenOrganisation,
    SpecimenPerson,
    invent_hmt_resident,
    invent_organisation,
    invent_person,
)

PEOPLE_SOURCE = "人口库"
ORGANISATIONS_SOURCE = "法人库"
_AT_ONCE = 500
_HMT_EVERY = 50
"""One in so many holds a residence permit of Hong Kong, Macao or Taiwan."""
_LAPSED = 0.05
_REVOKED = 0.03
_MONTH = timedelta(days=30)

_ALSO_HELD = {
    "household-register": 0.6,
    "social-security-card": 0.7,
    "marriage-certificate": 0.3,
    "driving-licence": 0.35,
    "disability-certificate": 0.02,
}
"""What people hold besides, and how many of them."""

_BUSINESSES = {"food-business": 0.15, "public-place-hygiene": 0.06, "tobacco-retail": 0.05}
"""What companies hold besides, and how many of them."""


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """The generated people and organisations, in the order they were made.

    The first two persons and organisations are for stories: the first one's licences hold, the
    second one's identity card has lapsed, the second one's business licence is revoked.
    """

    people: tuple[SpecimenPerson, ...]
    organisations: tuple[SpecimenOrganisation, ...]


class Holding(msgspec.Struct, frozen=True):
    """A licence and who holds it."""

    licence: Licence
    holder_kind: IdKind
    holder_number: str


class Issuing:
    """Issues made-up licences of the types that the catalogue knows."""

    def __init__(
        self,
        types: dict[str, LicenceType],
        departments: dict[str, str],
        now: datetime,
        chance: random.Random,
    ) -> None:
        """`departments` are the names of the departments by id, which issue licences."""
        self._types, self._departments = types, departments
        self._now, self.chance = now, chance

    def issue(
        self,
        type_id: str,
        holder: SpecimenPerson | SpecimenOrganisation,
        number: str,
        status: LicenceStatus = LicenceStatus.VALID,
        *,
        lapsed: bool = False,
    ) -> Holding:
        """A licence issued some time ago; one that has lapsed ended some weeks ago."""
        kind = self._types[type_id]
        issued_on, valid_until = self._draw_dates(kind.valid_months, lapsed=lapsed)
        licence = Licence(
            id=new_id(int(self._now.timestamp() * 1000), self.chance.randbytes),
            type=kind.id,
            type_name=kind.name,
            number=number,
            holder_name=holder.name,
            issuer=self._departments.get(kind.department, kind.department),
            issued_on=issued_on,
            valid_until=valid_until,
            status=status,
        )
        if isinstance(holder, SpecimenOrganisation):
            return Holding(licence, IdKind.USCC, holder.uscc)
        return Holding(licence, holder.id_kind, holder.id_number)

    def _draw_dates(self, months: int, *, lapsed: bool) -> tuple[date, date | None]:
        today = self._now.date()
        if not months:
            return today - self.chance.randrange(1, 120) * _MONTH, None
        whole = months * _MONTH
        if lapsed:
            ended = today - timedelta(days=self.chance.randrange(5, 90))
            return ended - whole, ended
        # At least a tenth of its time is left, so that no story's licence ends midway.
        age = timedelta(days=self.chance.randrange(1, max(2, whole.days * 9 // 10)))
        return today - age, today - age + whole


def invent_population(
    chance: random.Random, people_count: int, organisation_count: int, errand: Errand
) -> Population:
    """So many people and organisations with different numbers. Raises CancelledError."""
    total = people_count + organisation_count
    persons: dict[str, SpecimenPerson] = {}
    while len(persons) < people_count:
        errand.tell(Phase.INVENTING, len(persons), total)
        hmt = len(persons) % _HMT_EVERY == _HMT_EVERY - 1
        person = invent_hmt_resident(chance) if hmt else invent_person(chance)
        persons.setdefault(person.id_number, person)
    bodies: dict[str, SpecimenOrganisation] = {}
    while len(bodies) < organisation_count:
        errand.tell(Phase.INVENTING, people_count + len(bodies), total)
        body = invent_organisation(chance)
        bodies.setdefault(body.uscc, body)
    return Population(people=tuple(persons.values()), organisations=tuple(bodies.values()))


def settle(
    connection: Connection,
    population: Population,
    issuing: Issuing,
    now: datetime,
    errand: Errand,
) -> None:
    """Put a population and its licences into the registers; who is there already stays as is.

    Raises CancelledError.
    """
    everybody = [_resident(one, now) for one in population.people]
    everybody += [_resident(one.representative, now) for one in population.organisations]
    numbers = [one.id_number for one in everybody]
    known = {
        number for some in batches(numbers, _AT_ONCE) for number in find_people(connection, some)
    }
    codes = [one.uscc for one in population.organisations]
    taken = {
        code for some in batches(codes, _AT_ONCE) for code in find_organisations(connection, some)
    }
    people.put_people(connection, [one for one in everybody if one.id_number not in known])
    registered = [_registered(one, now) for one in population.organisations]
    people.put_organisations(connection, [one for one in registered if one.uscc not in taken])
    held = [*_personal(population, issuing), *_corporate(population, issuing)]
    for holding in errand.follow(Phase.WRITING, held, len(held)):
        if holding.holder_number not in known | taken:
            licences.add(connection, holding.licence, holding.holder_kind, holding.holder_number)


def _personal(population: Population, issuing: Issuing) -> Iterator[Holding]:
    """Identity cards for everybody, and what else people have in their drawers."""
    chance = issuing.chance
    representatives = [one.representative for one in population.organisations]
    for place, person in enumerate([*population.people, *representatives]):
        hmt = person.id_kind is IdKind.HMT_RESIDENCE
        lapsed = place == 1 or (place > 1 and chance.random() < _LAPSED)
        card = "hmt-residence-permit" if hmt else "resident-id"
        yield issuing.issue(card, person, person.id_number, lapsed=lapsed)
        for type_id, share in _ALSO_HELD.items():
            if chance.random() < share and not hmt:
                ended = place > 1 and chance.random() < _LAPSED
                yield issuing.issue(type_id, person, _draw_number(chance), lapsed=ended)


def _corporate(population: Population, issuing: Issuing) -> Iterator[Holding]:
    """Business licences for all companies, a few of them revoked, and what else they need."""
    chance = issuing.chance
    for place, body in enumerate(population.organisations):
        revoked = place == 1 or (place > 1 and chance.random() < _REVOKED)
        status = LicenceStatus.REVOKED if revoked else LicenceStatus.VALID
        yield issuing.issue("business-licence", body, body.uscc, status)
        for type_id, share in _BUSINESSES.items():
            if chance.random() < share:
                lapsed = chance.random() < _LAPSED
                yield issuing.issue(type_id, body, _draw_number(chance), lapsed=lapsed)


def _draw_number(chance: random.Random) -> str:
    return f"{chance.randrange(10**12):012d}"


def _resident(person: SpecimenPerson, now: datetime) -> Person:
    return Person(
        id_number=person.id_number,
        id_kind=person.id_kind,
        name=person.name,
        sex=person.sex.value,
        birth_date=person.born,
        address=person.address,
        phone=person.phone,
        source=PEOPLE_SOURCE,
        as_of=now,
    )


def _registered(body: SpecimenOrganisation, now: datetime) -> Organisation:
    return Organisation(
        uscc=body.uscc,
        name=body.name,
        kind="有限责任公司",
        representative_name=body.representative.name,
        representative_id=body.representative.id_number,
        address=body.address,
        phone=body.phone,
        established_on=body.founded,
        status="存续",
        source=ORGANISATIONS_SOURCE,
        as_of=now,
    )
