"""The demo city: a catalogue, windows, people, licences and staff, made from one seed."""

from __future__ import annotations

import random
from datetime import datetime

import msgspec

from central.db import audit, feed
from central.db.engine import Connection
from central.sample.catalogue import load_sample
from central.secrets import new_code
from central.seed.catalogue import lay_out
from central.seed.citizens import Issuing, Population, invent_population, settle
from central.seed.matters import bring_matters
from central.seed.ratings import Hall, rate_before
from central.seed.seals import give_seals
from central.seed.staff import (
    AUDITOR,
    COUNTER,
    GOVERNMENT_HEAD,
    MANAGER,
    SECURITY_ADMINISTRATOR,
    SUPERVISOR,
    SYSTEM_ADMINISTRATOR,
    DepartmentStaff,
    departments_of,
    employ,
    staff_of,
)
from central.sync.enrol import give_code
from clerk.errand import Errand
from clerk.rules.specimens import SpecimenOrganisation, SpecimenPerson
from clerk.sync.scope import ADMINISTRATION

_RATED_BY = 7
"""A seed of its own for ratings, so that they change nothing else of the city."""

FIRST_WINDOW = 1
"""The number of the window whose desk the demo enrols."""


class DemoCity(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody needs to know to play in the demo city.

    `names` are those of the window and of the staffed departments by id.
    Its departments seal licences where a passphrase for their keys was given (`sealed`).
    `window_code` enrols a desk at window 1, `department_codes` one in each staffed department,
    `audit_code` that of the auditors, `administration_code` that of the administrators.
    Everybody has the same `password`. `people` and `organisations` are in the registers; the
    first of each hold licences that hold, the second's identity card has lapsed, the second
    organisation's business licence is revoked.
    """

    password: str
    counter: tuple[str, ...] = COUNTER
    manager: str = MANAGER
    government_head: str = GOVERNMENT_HEAD
    supervisor: str = SUPERVISOR
    system_administrator: str = SYSTEM_ADMINISTRATOR
    security_administrator: str = SECURITY_ADMINISTRATOR
    auditor: str = AUDITOR
    staff: dict[str, DepartmentStaff]
    window: str
    names: dict[str, str]
    window_code: str
    department_codes: dict[str, str]
    audit_code: str
    administration_code: str
    people: tuple[SpecimenPerson, ...]
    organisations: tuple[SpecimenOrganisation, ...]
    sealed: bool = False


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How many people and organisations a city has."""

    people: int = 200
    organisations: int = 40


def demo_city(
    connection: Connection,
    now: datetime,
    chance: random.Random,
    size: Size | None = None,
    password: str = "",
    *,
    seal_passphrase: bytes = b"",
    errand: Errand | None = None,
) -> DemoCity:
    """Make the demo city in a database that was initialised, in the caller's transaction.

    One seed is one city, apart from what is secret: codes, and the password unless it is given.
    Raises CancelledError.
    """
    population = found_city(connection, now, chance, size or Size(), errand)
    sample = load_sample()
    staffed = departments_of(sample.items)
    password = password or new_code()
    employ(connection, staffed, password, now, chance)
    names = {one.id: one.name for one in sample.departments if one.id in staffed}
    if seal_passphrase:
        give_seals(connection, names, seal_passphrase, now)
    window = next(one for one in sample.windows if one.number == FIRST_WINDOW)
    complete = [one for one in sample.items if one.department in staffed and one.materials]
    rate_before(connection, Hall(connection, complete, window, COUNTER), now, _RATED_BY)
    bring_matters(connection, staffed, window.id, population.people, now)
    return DemoCity(
        password=password,
        staff={one: staff_of(one) for one in staffed},
        window=window.id,
        names={window.id: window.name} | names,
        window_code=give_code(connection, window.id, "", now),
        department_codes={one: give_code(connection, "", one, now) for one in staffed},
        audit_code=give_code(connection, "", "", now, audit_desk=True),
        administration_code=give_code(connection, "", ADMINISTRATION, now),
        people=population.people,
        organisations=population.organisations,
        sealed=bool(seal_passphrase),
    )


def found_city(
    connection: Connection,
    now: datetime,
    chance: random.Random,
    size: Size,
    errand: Errand | None = None,
) -> Population:
    """The sample catalogue, the calendar and a generated population, without any staff.

    Raises CancelledError.
    """
    errand = errand or Errand()
    sample = load_sample()
    changes = lay_out(connection, sample, now)
    population = invent_population(chance, size.people, size.organisations, errand)
    issuing = Issuing(
        {one.id: one for one in sample.licence_types},
        {one.id: one.name for one in sample.departments},
        now,
        chance,
    )
    settle(connection, population, issuing, now, errand)
    feed.announce(connection, changes)
    counted = {"people": size.people, "organisations": size.organisations, "changes": len(changes)}
    detail = {name: str(count) for name, count in counted.items()}
    audit.append(
        connection, audit.Entry(at=now, actor="seed", action="seed", subject="city", detail=detail)
    )
    return population
