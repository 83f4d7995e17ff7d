"""Handing a package out to whoever shows a good key; each pull is on record before its bytes."""

from __future__ import annotations

from datetime import datetime

import msgspec

from central.db import audit, packages
from central.db.engine import Connection, Database
from central.db.packages import PackageFile, PackageKey, Release
from central.packages.keys import demand_good, find_key
from clerk.errors import RefusedError

NEWEST = "newest"


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What a key opens: a dataset, and the versions of it that can be had, the newest first."""

    dataset: str
    versions: tuple[int, ...]
    until: datetime


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks for, with the key that they show. `version` may be `newest`."""

    key: str
    dataset: str
    version: str
    file: str


def list_open(connection: Connection, key: str, now: datetime) -> Listing:
    """What a key opens."""
    found = find_key(connection, key)
    demand_good(connection, found, now)
    versions = packages.list_versions(connection, found.dataset, found.subscriber)
    return Listing(dataset=found.dataset, versions=tuple(versions), until=found.until)


def pull(database: Database, ask: Ask, now: datetime) -> PackageFile:
    """The file that is asked for; the pull is on record when this returns, a refused one too.

    Raises RefusedError `package.key_unknown`, `package.key_ended`, `package.agreement_ended`,
    `package.unknown`.
    """

    def act(connection: Connection) -> PackageFile | RefusedError:
        key = find_key(connection, ask.key)
        try:
            demand_good(connection, key, now)
            release, file = _find(connection, key, ask)
        except RefusedError as refused:
            _note_refused(connection, key, ask, refused, now)
            return refused
        packages.note_use(connection, key.id, now)
        _note_pulled(connection, key, release, file, now)
        return file

    found = database.commit(act)
    if isinstance(found, RefusedError):
        raise found
    return found


def _find(connection: Connection, key: PackageKey, ask: Ask) -> tuple[Release, PackageFile]:
    """A file of the key's own dataset; of another one nothing is told, not even that it is."""
    known = ask.version == NEWEST or (ask.version.isascii() and ask.version.isdecimal())
    if ask.dataset != key.dataset or not known or len(ask.version) > _LONGEST_VERSION:
        raise RefusedError("package.unknown")
    version = None if ask.version == NEWEST else int(ask.version)
    release = packages.find_release(connection, key.dataset, key.subscriber, version)
    file = release.find_file(ask.file) if release else None
    if release is None or file is None:
        raise RefusedError("package.unknown")
    return release, file


_LONGEST_VERSION = 9


def _note_pulled(
    connection: Connection, key: PackageKey, release: Release, file: PackageFile, now: datetime
) -> None:
    detail = {
        "key": key.id,
        "file": file.name,
        "rows": str(file.rows),
        "bytes": str(file.size),
        "sha256": file.sha256,
    }
    entry = audit.Entry(
        at=now,
        actor=key.subscriber,
        action="package.pulled",
        subject=f"{release.dataset}/{release.version}",
        detail=detail,
    )
    audit.append(connection, entry)


def _note_refused(
    connection: Connection, key: PackageKey, ask: Ask, refused: RefusedError, now: datetime
) -> None:
    """A key that is known and opens nothing; what was asked for is not repeated."""
    entry = audit.Entry(
        at=now,
        actor=key.subscriber,
        action="package.refused",
        subject=key.dataset,
        detail={"key": key.id, "code": refused.code, "own": str(ask.dataset == key.dataset)},
    )
    audit.append(connection, entry)
