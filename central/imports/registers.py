"""The registers that can be loaded: population, organisations, the licence library."""

from __future__ import annotations

from functools import partial

from central.db import licence_loads, registers
from central.db import people as store
from central.db.engine import Connection
from central.db.licence_loads import LoadedLicence
from central.db.people import Organisation, Person
from central.imports.columns import Shape
from central.imports.licence_rows import read_licence
from central.imports.merging import Register
from central.imports.people import read_organisation, read_person

PEOPLE: Register[Person] = Register(
    shape=Shape.PEOPLE,
    key=lambda person: person.id_number,
    number=lambda person: person.id_number,
    bearer="name",
    read=read_person,
    find=registers.find_people,
    put=store.put_people,
)
ORGANISATIONS: Register[Organisation] = Register(
    shape=Shape.ORGANISATIONS,
    key=lambda body: body.uscc,
    number=lambda body: body.uscc,
    bearer="name",
    read=read_organisation,
    find=registers.find_organisations,
    put=store.put_organisations,
)


def licences_of(connection: Connection) -> Register[LoadedLicence]:
    """The licence library, with the types that the licence catalogue has now."""
    types = licence_loads.list_types(connection)
    return Register(
        shape=Shape.LICENCES,
        key=lambda licence: (licence.type, licence.number),
        number=lambda licence: licence.number,
        bearer="holder_number",
        read=partial(read_licence, types=types),
        find=licence_loads.find_licences,
        put=licence_loads.put_licences,
        twice="licence.number_twice",
        other="licence.other_holder",
    )
