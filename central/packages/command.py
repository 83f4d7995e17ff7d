"""`clerk-central package`: datasets defined, published, and opened with keys."""

from __future__ import annotations

import argparse
import getpass
import sys
from functools import partial
from pathlib import Path

import msgspec

from central.blobs.store import BlobStore
from central.commands import add_command
from central.db import audit, offices, packages
from central.db.engine import Connection, Database
from central.db.packages import PackageKey
from central.packages.definition import Dataset, read_definitions
from central.packages.keys import MOST_DAYS, give_key, revoke_key
from central.packages.publishing import Publisher
from central.place import blobs_url
from clerk.clock import Clock
from clerk.decoding import decode
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.watched import watched

_DAYS = 90


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands; `run` in the defaults carries one out."""
    text = _("define datasets, publish them as data packages, give keys to them")
    parser = subparsers.add_parser("package", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    defining = add_command(acts, "define", _("let the datasets of a TOML file hold"), _define)
    defining.add_argument("file", type=Path, help=_("TOML with [[datasets]]"))
    text = _("list the datasets with their subscribers and newest versions")
    add_command(acts, "list", text, _list)
    text = _("publish a package for each subscriber of these datasets, or of all")
    publishing = add_command(acts, "publish", text, _publish)
    publishing.add_argument("names", nargs="*", metavar=_("NAME"), help=_("datasets; none is all"))
    text = _("take a dataset back: its versions are thrown away, its keys open nothing any more")
    withdrawing = add_command(acts, "withdraw", text, _withdraw)
    withdrawing.add_argument("name", metavar=_("NAME"), help=_("the dataset"))
    _add_keys(acts)


def _add_keys(acts: Subparsers[argparse.ArgumentParser]) -> None:
    text = _("give, list and revoke the keys of subscribers")
    parser = acts.add_parser("key", help=text, description=text)
    keys = parser.add_subparsers(metavar=_("ACT"), required=True)
    adding = add_command(keys, "add", _("give a key; it is shown this once"), _add_key)
    adding.add_argument("dataset", metavar=_("NAME"), help=_("the dataset that it opens"))
    adding.add_argument("subscriber", metavar="ID", help=_("whose key it is"))
    text = _("for so many days, at most {most} (default {days})")
    adding.add_argument(
        "--days", type=int, default=_DAYS, help=text.format(most=MOST_DAYS, days=_DAYS)
    )
    add_command(keys, "list", _("list all keys, never the keys themselves"), _list_keys)
    revoking = add_command(keys, "revoke", _("let a key open nothing any more"), _revoke_key)
    revoking.add_argument("key", metavar="ID", help=_("its id, as the list shows it"))


def _define(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with database.read() as connection:
        owners = {one.id for one in offices.list_departments(connection)}
    defined = read_definitions(arguments.file, owners)
    actor = getpass.getuser()

    def act(connection: Connection) -> list[tuple[str, int | None]]:
        return [(one.name, _put(connection, one, clock, actor)) for one in defined]

    for name, version in database.commit(act):
        if version is None:
            _say(_("{name}: unchanged").format(name=name))
        else:
            _say(_("{name}: definition {version} holds").format(name=name, version=version))
    return 0


def _put(connection: Connection, dataset: Dataset, clock: Clock, actor: str) -> int | None:
    body, now = msgspec.json.encode(dataset), clock.now()
    version = packages.put_dataset(connection, dataset.name, dataset.owner, body, now)
    if version is not None:
        detail = {
            "definition": str(version),
            "subscribers": " ".join(one.id for one in dataset.subscribers),
        }
        entry = audit.Entry(
            at=now, actor=actor, action="package.defined", subject=dataset.name, detail=detail
        )
        audit.append(connection, entry)
    return version


def _publish(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    names = arguments.names
    if not names:
        with database.read() as connection:
            names = [one.name for _, one in _datasets(connection)]
    publisher = _publisher(database)
    for name in names:
        with watched(cancelled="package.cancelled") as errand:
            releases = publisher.publish(name, clock.now(), getpass.getuser(), errand)
        if not releases:
            _say(_("{name}: nothing has changed; nothing was published").format(name=name))
        for one in releases:
            rows = sum(file.rows for file in one.files if file.name == "data.csv")
            text = _(
                "{name} {version} for {subscriber}: {added} new, {changed} changed,"
                " {removed} gone, rows in all: {rows}"
            )
            _say(
                text.format(
                    name=name,
                    version=one.version,
                    subscriber=one.subscriber,
                    rows=rows,
                    added=one.added,
                    changed=one.changed,
                    removed=one.removed,
                )
            )
    return 0


def _withdraw(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    _publisher(database).withdraw(arguments.name, clock.now(), getpass.getuser())
    _say(_("{name} is taken back.").format(name=arguments.name))
    return 0


def _publisher(database: Database) -> Publisher:
    return Publisher(database, BlobStore(blobs_url(database.file)))


def _list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        datasets = tuple(_datasets(connection))
        if not datasets:
            _say(_("No data package is defined yet."))
        for version, dataset in datasets:
            told = (dataset.name, dataset.source.value, dataset.owner, str(version), dataset.title)
            _say("\t".join(told))
            for one in dataset.subscribers:
                newest = packages.find_release(connection, dataset.name, one.id)
                state = (
                    f"{newest.version}\t{newest.published_at:%Y-%m-%d %H:%M}"
                    if newest
                    else _("nothing published yet")
                )
                until = one.until.isoformat() if one.until else ""
                _say(f"  {one.id}\t{one.agreement}\t{until}\t{state}")
    return 0


def _datasets(connection: Connection) -> list[tuple[int, Dataset]]:
    return [
        (version, decode(body, Dataset)) for version, body in packages.list_datasets(connection)
    ]


def _add_key(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    told = (clock.now(), getpass.getuser())
    giving = partial(
        give_key,
        dataset=arguments.dataset,
        subscriber=arguments.subscriber,
        days=arguments.days,
        told=told,
    )
    key, text = database.commit(giving)
    until = f"{key.until:%Y-%m-%d %H:%M}"
    _say(text)
    _say(
        _("Key {key} is good until {until} and is not shown again.").format(key=key.id, until=until)
    )
    return 0


def _list_keys(_arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with database.read() as connection:
        keys = tuple(packages.list_keys(connection))
        if not keys:
            _say(_("No key is given out yet."))
        for key in keys:
            _say(_describe(key, clock))
    return 0


def _describe(key: PackageKey, clock: Clock) -> str:
    used = f"{key.used_at:%Y-%m-%d %H:%M}" if key.used_at else _("never")
    over = _("run out") if key.until <= clock.now() else ""
    state = _("revoked") if key.revoked_at else over
    until = f"{key.until:%Y-%m-%d %H:%M}"
    return f"{key.id}\t{key.dataset}\t{key.subscriber}\t{until}\t{used}\t{state}".rstrip()


def _revoke_key(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    told = (clock.now(), getpass.getuser())
    key = database.commit(partial(revoke_key, key_id=arguments.key, told=told))
    _say(_("Key {key} opens nothing any more.").format(key=key.id))
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
