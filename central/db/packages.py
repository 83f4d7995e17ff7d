"""Datasets as they are defined now, what was published of them, and the keys to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.package_schema import datasets, package_keys, package_releases
from clerk.decoding import decode


class PackageFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a release: where it lies in the object store, and what it must hash to."""

    name: str
    place: str
    sha256: str
    size: int
    rows: int = 0


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a dataset as one subscriber gets it. `definition` is that of the dataset.

    After a restore a version may be published anew with other rows: `id` tells the two apart.
    """

    id: str
    dataset: str
    subscriber: str
    version: int
    published_at: datetime
    definition: int
    files: tuple[PackageFile, ...]
    added: int = 0
    changed: int = 0
    removed: int = 0

    def find_file(self, name: str) -> PackageFile | None:
        """One of its files."""
        return next((one for one in self.files if one.name == name), None)


class PackageKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key to one dataset for one subscriber. The key itself is nowhere but with them."""

    id: str
    dataset: str
    subscriber: str
    actor: str
    created_at: datetime
    until: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None


_OF_KEY = tuple(package_keys.c[name] for name in PackageKey.__struct_fields__)


def put_dataset(
    connection: Connection, name: str, owner: str, body: bytes, at: datetime
) -> int | None:
    """Let a definition hold; its version, or None where it held already."""
    known = find_dataset(connection, name)
    if known is not None and known[1] == body:
        return None
    version = known[0] + 1 if known else 1
    row = {"name": name, "version": version, "owner": owner, "defined_at": at, "body": body}
    dialect.put(connection, datasets, row)
    return version


def find_dataset(connection: Connection, name: str) -> tuple[int, bytes] | None:
    """Version and body of a definition."""
    statement = select(datasets.c.version, datasets.c.body).where(datasets.c.name == name)
    row = connection.execute(statement).one_or_none()
    return None if row is None else (row.version, row.body)


def list_datasets(connection: Connection) -> list[tuple[int, bytes]]:
    """All definitions by name, each with its version."""
    statement = select(datasets.c.version, datasets.c.body).order_by(datasets.c.name)
    return [(row.version, row.body) for row in connection.execute(statement)]


def find_release(
    connection: Connection, dataset: str, subscriber: str, version: int | None = None
) -> Release | None:
    """A release for a subscriber; without a version the newest."""
    mine = _of(dataset, subscriber)
    if version is not None:
        mine &= package_releases.c.version == version
    statement = select(package_releases.c.body).where(mine)
    newest = statement.order_by(package_releases.c.version.desc()).limit(1)
    body = connection.execute(newest).scalar()
    return None if body is None else decode(body, Release)


def list_versions(connection: Connection, dataset: str, subscriber: str) -> list[int]:
    """The versions that a subscriber can still get, the newest first."""
    statement = select(package_releases.c.version).where(_of(dataset, subscriber))
    newest = statement.order_by(package_releases.c.version.desc())
    return list(connection.execute(newest).scalars())


class Newest(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of a dataset for one subscriber."""

    dataset: str
    subscriber: str
    version: int
    published_at: datetime


def list_newest(connection: Connection) -> tuple[Newest, ...]:
    """What each subscriber got last of each dataset."""
    of = (package_releases.c.dataset, package_releases.c.subscriber)
    newest = func.max(package_releases.c.version).label("version")
    at = func.max(package_releases.c.published_at).label("published_at")
    rows = connection.execute(select(*of, newest, at).group_by(*of).order_by(*of))
    return tuple(Newest(**row._asdict()) for row in rows)


def last_version(connection: Connection, dataset: str) -> int:
    """The newest version of a dataset for whomever; 0 where nothing was published."""
    newest = select(func.max(package_releases.c.version))
    found = connection.execute(newest.where(package_releases.c.dataset == dataset)).scalar()
    return found or 0


def add_release(connection: Connection, release: Release) -> bool:
    """Publish; False where another process has published that version meanwhile."""
    row = {
        "dataset": release.dataset,
        "subscriber": release.subscriber,
        "version": release.version,
        "published_at": release.published_at,
        "body": msgspec.json.encode(release),
    }
    return dialect.add_unless_there(connection, package_releases, row)


def drop_older(
    connection: Connection, dataset: str, subscriber: str, keep: int
) -> tuple[PackageFile, ...]:
    """Forget all releases but the newest; the files that nobody can ask for any more."""
    old = list_versions(connection, dataset, subscriber)[keep:]
    if not old:
        return ()
    outdated = _of(dataset, subscriber) & package_releases.c.version.in_(old)
    bodies = connection.execute(select(package_releases.c.body).where(outdated)).scalars().all()
    connection.execute(delete(package_releases).where(outdated))
    return _files_of(bodies)


def drop_dataset(connection: Connection, name: str) -> tuple[PackageFile, ...]:
    """Forget a dataset and all that was published of it; the files that are nobody's now."""
    mine = package_releases.c.dataset == name
    bodies = connection.execute(select(package_releases.c.body).where(mine)).scalars().all()
    connection.execute(delete(package_releases).where(mine))
    connection.execute(delete(datasets).where(datasets.c.name == name))
    return _files_of(bodies)


def add_key(connection: Connection, key: PackageKey, key_hash: str) -> None:
    """Remember a key by its hash."""
    connection.execute(
        insert(package_keys).values(**msgspec.structs.asdict(key), key_hash=key_hash)
    )


def find_key(connection: Connection, key_hash: str) -> PackageKey | None:
    """The key with this hash, good or not any more."""
    statement = select(*_OF_KEY).where(package_keys.c.key_hash == key_hash)
    row = connection.execute(statement).one_or_none()
    return None if row is None else _key(row)


def list_keys(connection: Connection) -> Sequence[PackageKey]:
    """All keys, the oldest first."""
    statement = select(*_OF_KEY).order_by(package_keys.c.created_at, package_keys.c.id)
    return [_key(row) for row in connection.execute(statement)]


def revoke_key(connection: Connection, key_id: str, at: datetime) -> bool:
    """Let a key open nothing any more; False where there is none that does."""
    live = (package_keys.c.id == key_id) & package_keys.c.revoked_at.is_(None)
    changed = connection.execute(update(package_keys).where(live).values(revoked_at=at))
    return bool(changed.rowcount)


def note_use(connection: Connection, key_id: str, at: datetime) -> None:
    """Remember when a key was used last."""
    connection.execute(update(package_keys).where(package_keys.c.id == key_id).values(used_at=at))


def _files_of(bodies: Iterable[bytes]) -> tuple[PackageFile, ...]:
    return tuple(file for body in bodies for file in decode(body, Release).files)


def _of(dataset: str, subscriber: str) -> ColumnElement[bool]:
    return (package_releases.c.dataset == dataset) & (package_releases.c.subscriber == subscriber)


def _key(row: Row[Any]) -> PackageKey:
    return PackageKey(**row._asdict())
