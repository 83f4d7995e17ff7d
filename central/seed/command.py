"""`clerk-central seed`: a city to begin with."""

from __future__ import annotations

import argparse
import random
import sys

import msgspec

from central.db import migrating
from central.db.engine import Connection, Database
from central.seals.passphrase import find_passphrase
from central.seed.city import DemoCity, Size, demo_city, found_city
from clerk.clock import Clock
from clerk.errors import StoreError
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.watched import watched


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `seed`; `run` in the defaults carries it out."""
    text = _("lay out the sample catalogue and generate people, organisations and licences")
    parser = subparsers.add_parser("seed", help=text, description=text)
    parser.add_argument(
        "--people", type=_count, default=2000, help=_("how many people (default 2000)")
    )
    parser.add_argument(
        "--organisations", type=_count, default=300, help=_("how many organisations (default 300)")
    )
    parser.add_argument(
        "--seed", type=int, default=1, help=_("the same number makes the same city (default 1)")
    )
    parser.add_argument(
        "--demo", action="store_true", help=_("add demo users and codes for desks, shown once")
    )
    parser.add_argument(
        "--password", default="", help=_("the password of all demo users (default: made up)")
    )
    parser.add_argument(
        "--json", action="store_true", help=_("tell the demo city as JSON, for another program")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Make the city and say what a person needs to know of it."""
    if not migrating.is_current(database):
        raise StoreError("database.not_initialised")
    size = Size(people=arguments.people, organisations=arguments.organisations)
    now = clock.now()

    def make(connection: Connection) -> DemoCity | None:
        chance = random.Random(arguments.seed)  # noqa: S311 - invented people are no secret
        if arguments.demo:
            return demo_city(
                connection,
                now,
                chance,
                size,
                arguments.password,
                seal_passphrase=find_passphrase(),
                errand=errand,
            )
        found_city(connection, now, chance, size, errand)
        return None

    with watched() as errand:
        city = database.commit(errand.surely(make))
    if city and arguments.json:
        sys.stdout.write(msgspec.json.encode(city).decode() + "\n")
        return 0
    text = _("The catalogue is laid out; {people} people and {organisations} organisations.")
    lines = [text.format(people=size.people, organisations=size.organisations)]
    sys.stdout.write("\n".join(lines + (_describe(city) if city else [])) + "\n")
    return 0


def _describe(city: DemoCity) -> list[str]:
    """Logins, the password and the codes: they are shown this once and stored as hashes."""
    login = _("{role}: {login}")
    codes = _("Code for a desk of {place}: {code}")
    return [
        _("Password of all demo users: {password}").format(password=city.password),
        login.format(role=_("Counter"), login=", ".join(city.counter)),
        login.format(role=_("Manager"), login=city.manager),
        login.format(role=_("Supervisor"), login=city.supervisor),
        login.format(role=_("Head of the government"), login=city.government_head),
        login.format(role=_("System administrator"), login=city.system_administrator),
        login.format(role=_("Security administrator"), login=city.security_administrator),
        login.format(role=_("Auditor"), login=city.auditor),
        *(
            _("Department {department}: {handler}, {reviewer}, {approver}, {head}").format(
                department=department,
                handler=staff.handler,
                reviewer=staff.reviewer,
                approver=staff.approver,
                head=staff.head,
            )
            for department, staff in city.staff.items()
        ),
        codes.format(place=city.window, code=city.window_code),
        *(codes.format(place=one, code=code) for one, code in city.department_codes.items()),
    ]


def _count(text: str) -> int:
    count = int(text)
    if not 1 < count <= 10**6:
        message = _("from 2 to a million")
        raise argparse.ArgumentTypeError(message)
    return count
