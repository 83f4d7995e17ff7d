"""Publishing a dataset: for each subscriber a package of their own, all out of one snapshot."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from central.blobs.store import BlobStore
from central.db import audit, meta, offices, package_sources, packages
from central.db.engine import Connection, Database
from central.db.package_sources import Row, Wanted
from central.db.packages import PackageFile, Release
from central.packages.definition import Dataset, Subscriber
from central.packages.fields import SourceKind
from central.packages.view import View
from central.packages.writing import (
    DATA,
    Facts,
    Known,
    Written,
    read_known,
    write_descriptor,
    write_rows,
)
from clerk.clock import OFFICE_ZONE
from clerk.contract.ids import new_id
from clerk.decoding import decode
from clerk.errand import Errand, Phase
from clerk.errors import InputError, RefusedError

_Made = tuple[Release, bool, tuple[Written, ...]]
"""A release, whether it is as the last one was, and its files."""

KEPT = 12
"""How many versions stay to be pulled; what is older is thrown away, rows about people too."""

_READERS: dict[SourceKind, Callable[[Connection, Wanted], Iterator[Row]]] = {
    SourceKind.CASES: package_sources.list_cases,
    SourceKind.LICENCES: package_sources.list_licences,
    SourceKind.ITEMS: package_sources.list_items,
    SourceKind.STATISTICS: package_sources.list_statistics,
}


class Publisher:
    """Publishes datasets of one database into one object store."""

    def __init__(self, database: Database, store: BlobStore) -> None:
        """Read from this database, lay the files into this store."""
        self._database, self._store = database, store

    def publish(
        self, name: str, now: datetime, actor: str, errand: Errand | None = None
    ) -> tuple[Release, ...]:
        """The new releases of a dataset; none where nothing has changed for anybody.

        Raises InputError `dataset.unknown`, `dataset.nobody`; and CancelledError: then nothing of
        it is in the store.
        """
        errand = errand or Errand()
        with tempfile.TemporaryDirectory(prefix="clerk-package-") as folder:
            made = self._write_all(name, now, Path(folder), errand)
            if all(same for _, same, _ in made):
                return ()
            releases = tuple(release for release, _, _ in made)
            announcing = partial(_announce, releases=releases, now=now, actor=actor)
            with self._put(made):
                outdated = self._database.commit(errand.surely(announcing))
        self._store.delete([file.place for file in outdated])
        return releases

    @contextmanager
    def _put(self, made: Sequence[_Made]) -> Iterator[None]:
        """Lay the files into the store; they go again where nobody is told of them."""
        files = [file for release, _, _ in made for file in release.files]
        paths = [one.path for _, _, written in made for one in written]
        try:
            for file, path in zip(files, paths, strict=True):
                self._store.put_file(file.place, path)
            yield
        except BaseException:
            self._store.delete([file.place for file in files])
            raise

    def withdraw(self, name: str, now: datetime, actor: str) -> None:
        """Take a dataset back: its definition, all its versions, and what its keys opened.

        Raises InputError `dataset.unknown`.
        """

        def act(connection: Connection) -> tuple[PackageFile, ...]:
            get_dataset(connection, name)
            for key in packages.list_keys(connection):
                if key.dataset == name:
                    packages.revoke_key(connection, key.id, now)
            files = packages.drop_dataset(connection, name)
            entry = audit.Entry(at=now, actor=actor, action="package.withdrawn", subject=name)
            audit.append(connection, entry)
            return files

        self._store.delete([file.place for file in self._database.commit(act)])

    def _write_all(self, name: str, now: datetime, folder: Path, errand: Errand) -> list[_Made]:
        """A package for each subscriber; whether it is as the last one was; its files."""
        made = []
        with self._database.read() as connection:
            definition, dataset = get_dataset(connection, name)
            today = now.astimezone(OFFICE_ZONE).date()
            served = [one for one in dataset.subscribers if one.is_served_on(today)]
            if not served:
                raise InputError("dataset.nobody", dataset=name)
            version = packages.last_version(connection, name) + 1
            for one in served:
                place = folder / one.id
                place.mkdir()
                writing = _Writing(connection, self._store, dataset, one, place, errand)
                made.append(writing.write(version, definition, now))
        return made


class _Writing:
    """The writing of one subscriber's package."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        connection: Connection,
        store: BlobStore,
        dataset: Dataset,
        subscriber: Subscriber,
        folder: Path,
        errand: Errand,
    ) -> None:
        self._connection, self._store, self._folder = connection, store, folder
        self._errand = errand
        self._dataset, self._subscriber = dataset, subscriber

    def write(
        self, version: int, definition: int, now: datetime
    ) -> tuple[Release, bool, tuple[Written, ...]]:
        """Write the files; whether the rows and the terms are those of the last release."""
        dataset = self._dataset
        secret = bytes.fromhex(meta.get(self._connection, meta.DIGEST_KEY))
        view = View(dataset, self._subscriber, secret)
        last = packages.find_release(self._connection, dataset.name, self._subscriber.id)
        known = self._read_last(last)
        read = _READERS[dataset.source](self._connection, _wanted(dataset))
        rows = self._errand.follow(Phase.WRITING, read, self._foresee(last))
        data, changes, counts = write_rows(self._folder, view, rows, known)
        since = last if known is not None and known.header == view.header else None
        facts = Facts(
            id=new_id(int(now.timestamp() * 1000), os.urandom),
            version=version,
            at=now,
            definition=definition,
            owner_name=offices.get_department(self._connection, dataset.owner).name,
            since=str(since.version) if since else None,
            since_id=since.id if since else None,
            counts=counts,
            data=data,
            changes=changes,
        )
        descriptor = write_descriptor(self._folder, (dataset, self._subscriber, view), facts)
        release = self._release(facts, descriptor)
        return release, _is_same(last, release), (descriptor, data, changes)

    def _foresee(self, last: Release | None) -> int:
        """About how many rows there are: as last time, else as many as there could be."""
        if last is not None:
            return next(file.rows for file in last.files if file.name == DATA)
        return package_sources.count(self._connection, self._dataset.source.value)

    def _read_last(self, last: Release | None) -> Known | None:
        file = last.find_file(DATA) if last else None
        return read_known(_lines(self._store.stream(file.place))) if file else None

    def _release(self, facts: Facts, descriptor: Written) -> Release:
        place = f"packages/{self._dataset.name}/{self._subscriber.id}/{facts.id}"
        return Release(
            id=facts.id,
            dataset=self._dataset.name,
            subscriber=self._subscriber.id,
            version=facts.version,
            published_at=facts.at,
            definition=facts.definition,
            files=tuple(_file(place, one) for one in (descriptor, facts.data, facts.changes)),
            added=facts.counts.added,
            changed=facts.counts.changed,
            removed=facts.counts.removed,
        )


def get_dataset(connection: Connection, name: str) -> tuple[int, Dataset]:
    """The definition of a dataset with its version; raises InputError `dataset.unknown`."""
    found = packages.find_dataset(connection, name)
    if found is None:
        raise InputError("dataset.unknown", dataset=name)
    return found[0], decode(found[1], Dataset)


def _announce(
    connection: Connection, releases: tuple[Release, ...], now: datetime, actor: str
) -> tuple[PackageFile, ...]:
    """Let the releases be pulled, all or none; the files of those that are kept no longer."""
    outdated: list[PackageFile] = []
    for one in releases:
        if not packages.add_release(connection, one):
            raise RefusedError("dataset.published_meanwhile", dataset=one.dataset)
        outdated += packages.drop_older(connection, one.dataset, one.subscriber, KEPT)
    entries = [_entry(one, now, actor) for one in releases]
    audit.append(connection, *entries)
    return tuple(outdated)


def _entry(release: Release, now: datetime, actor: str) -> audit.Entry:
    data = release.find_file(DATA)
    assert data is not None, "every release has its rows"
    told = {
        "subscriber": release.subscriber,
        "rows": str(data.rows),
        "sha256": data.sha256,
        "added": str(release.added),
        "changed": str(release.changed),
        "removed": str(release.removed),
    }
    subject = f"{release.dataset}/{release.version}"
    return audit.Entry(
        at=now, actor=actor, action="package.published", subject=subject, detail=told
    )


def _wanted(dataset: Dataset) -> Wanted:
    chosen = dataset.select
    return Wanted(
        departments=chosen.departments,
        types=chosen.types,
        since=chosen.since,
        until=chosen.until,
    )


def _is_same(last: Release | None, release: Release) -> bool:
    if last is None or last.definition != release.definition:
        return False
    before, after = last.find_file(DATA), release.find_file(DATA)
    return before is not None and after is not None and before.sha256 == after.sha256


def _file(place: str, written: Written) -> PackageFile:
    return PackageFile(
        name=written.path.name,
        place=f"{place}/{written.path.name}",
        sha256=written.sha256,
        size=written.size,
        rows=written.rows,
    )


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    """The lines of a text that comes in pieces, as csv wants them: with their ends."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield (line + b"\n").decode()
    if rest:
        yield rest.decode()
