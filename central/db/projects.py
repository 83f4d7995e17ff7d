"""Bundle applications: their rows, and the cases that belong to them."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Row, insert, select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.project_schema import bundle_versions, projects
from central.db.schema import cases
from clerk.contract.item import Bundle
from clerk.decoding import decode


class StoredProject(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle application as it is stored."""

    id: str
    title: str
    bundle: str
    version: int
    applicant_number: str
    together: bool
    opened_at: datetime


def open_project(connection: Connection, project: StoredProject) -> StoredProject:
    """Open it unless it is there; kept from others until the transaction ends."""
    dialect.add_unless_there(connection, projects, msgspec.structs.asdict(project))
    found = lock(connection, project.id)
    assert found is not None, "it was added just now"
    return found


def lock(connection: Connection, project_id: str) -> StoredProject | None:
    """A bundle application, kept from others until the transaction ends."""
    statement = select(projects).where(projects.c.id == project_id).with_for_update()
    return _read(connection.execute(statement).one_or_none())


def find(connection: Connection, project_id: str) -> StoredProject | None:
    """A bundle application."""
    statement = select(projects).where(projects.c.id == project_id)
    return _read(connection.execute(statement).one_or_none())


def list_of_applicant(connection: Connection, number: str) -> tuple[StoredProject, ...]:
    """Those of somebody's ID number, the newest first."""
    statement = select(projects).where(projects.c.applicant_number == number)
    newest = statement.order_by(projects.c.opened_at.desc(), projects.c.id.desc())
    return tuple(_stored(row) for row in connection.execute(newest))


def choose_handover(connection: Connection, project_id: str, *, together: bool) -> None:
    """Keep how the applicant wants the results."""
    statement = update(projects).where(projects.c.id == project_id)
    connection.execute(statement.values(together=together))


def find_of_case(connection: Connection, case_id: str) -> str:
    """The bundle application of a case; empty where it has none."""
    statement = select(cases.c.project).where(cases.c.id == case_id)
    return connection.execute(statement).scalar() or ""


def list_cases(connection: Connection, project_id: str) -> tuple[str, ...]:
    """Its cases, in the order of their numbers."""
    statement = select(cases.c.id).where(cases.c.project == project_id)
    return tuple(connection.execute(statement.order_by(cases.c.number)).scalars())


def find_bundle(connection: Connection, bundle_id: str, version: int) -> Bundle | None:
    """A bundle in one of its versions."""
    statement = select(bundle_versions.c.body).where(
        bundle_versions.c.id == bundle_id, bundle_versions.c.version == version
    )
    body = connection.execute(statement).scalar()
    return None if body is None else decode(body, Bundle)


def keep_bundle(connection: Connection, bundle: Bundle) -> None:
    """Keep a version of a bundle for good."""
    row = {"id": bundle.id, "version": bundle.version, "body": msgspec.json.encode(bundle)}
    connection.execute(insert(bundle_versions).values(**row))


def _read(row: Row[*tuple[object, ...]] | None) -> StoredProject | None:
    return None if row is None else _stored(row)


def _stored(row: Row[*tuple[object, ...]]) -> StoredProject:
    return StoredProject(**row._mapping)  # noqa: SLF001 - SQLAlchemy has no other name for it
