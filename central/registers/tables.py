"""The registers as tables of central's own, loaded in bulk."""

from __future__ import annotations

from central.db import people
from central.db.engine import Connection
from central.registers.register import Holding
from clerk.contract.identity import ORGANISATION_KINDS, PERSONAL_KINDS, IdKind
from clerk.contract.party import PartyKind
from clerk.rules.identifiers import mask_identifier, mask_phone


class PopulationTable:
    """People by ID number (人口库)."""

    name = "population"

    def __init__(self, connection: Connection) -> None:
        """Read through this connection."""
        self._connection = connection

    def holds(self, id_kind: IdKind) -> bool:
        """Whether this is a kind of number that people have."""
        return id_kind in PERSONAL_KINDS

    def find(self, id_kind: IdKind, id_number: str) -> Holding | None:
        """Somebody, if the number was of this kind of document."""
        person = people.find_person(self._connection, id_number)
        if person is None or person.id_kind is not id_kind:
            return None
        facts = {
            "person.name": person.name,
            "person.sex": person.sex,
            "person.birth_date": person.birth_date.isoformat() if person.birth_date else "",
            "person.address": person.address,
            "person.phone": mask_phone(person.phone),
        }
        return _holding(PartyKind.PERSON, person, facts)


class OrganisationTable:
    """Organisations by unified social credit code (法人库)."""

    name = "organisation"

    def __init__(self, connection: Connection) -> None:
        """Read through this connection."""
        self._connection = connection

    def holds(self, id_kind: IdKind) -> bool:
        """Whether this is a kind of number that organisations have."""
        return id_kind in ORGANISATION_KINDS

    def find(self, id_kind: IdKind, id_number: str) -> Holding | None:
        """A body by its code; the table knows no older numbers."""
        if id_kind is not IdKind.USCC:
            return None
        body = people.find_organisation(self._connection, id_number)
        if body is None:
            return None
        facts = {
            "organisation.name": body.name,
            "organisation.kind": body.kind,
            "organisation.status": body.status,
            "organisation.address": body.address,
            "organisation.phone": mask_phone(body.phone),
            "organisation.representative": body.representative_name,
            "organisation.representative_number": mask_identifier(body.representative_id),
            "organisation.established_on": (
                body.established_on.isoformat() if body.established_on else ""
            ),
        }
        return _holding(PartyKind.ORGANISATION, body, facts)


def _holding(
    kind: PartyKind, row: people.Person | people.Organisation, facts: dict[str, str]
) -> Holding:
    told = {key: value for key, value in facts.items() if value}
    return Holding(kind=kind, name=row.name, source=row.source, as_of=row.as_of, facts=told)
