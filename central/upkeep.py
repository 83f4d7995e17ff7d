"""The commands of `clerk-central` that keep it up: backup, restore, desks, settings."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

import msgspec

from central import desks, restoring
from central.commands import add_administration, add_command, department_of
from central.db import backup, backups, meta
from central.db.backups import BackUp
from central.db.devices import ListedDevice
from central.db.engine import Database
from central.service import Central
from central.sync.sealed import take_in
from clerk.clock import Clock
from clerk.contract.sealed import Sealed
from clerk.decoding import decode
from clerk.errors import InputError
from clerk.files import read_file, write_atomic
from clerk.locale import _, _n
from clerk.parsing import Subparsers
from clerk.sync.scope import AUDIT
from clerk.watched import watched

_DESK = "DESK"
_MOST_LEASE_HOURS = 720


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands; `run` in the defaults carries one out."""
    text = _("copy the database to a file while the desks go on working (SQLite)")
    backing = add_command(subparsers, "backup", text, _back_up)
    backing.add_argument("file", type=Path, help=_("the file to write"))
    text = _("put a backup in the database's place; the desks send again what it lacks")
    restoring = add_command(subparsers, "restore", text, _restore)
    restoring.add_argument(
        "file",
        type=Path,
        nargs="?",
        help=_("the backup; none if the database itself was restored by pg_restore or the like"),
    )
    text = _("how many hours a desk shows cases without hearing of central")
    lease = add_command(subparsers, "lease-hours", text, _set_lease)
    lease.add_argument("hours", type=int, help=_("hours, 1 to 720"))
    _add_desks(subparsers)
    _add_outbox(subparsers)


def _add_outbox(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    text = _("take in the outbox of a desk whose line is broken")
    parser = subparsers.add_parser("outbox", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    taking = add_command(acts, "import", text, _take_outbox)
    taking.add_argument("file", type=Path, help=_("what `clerk outbox export` has written"))
    taking.add_argument("answers", type=Path, help=_("the file of answers to write"))


def _add_desks(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    text = _("list, move, disable and release desks")
    parser = subparsers.add_parser("desk", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    add_command(acts, "list", _("list all desks"), _list)
    moving = add_command(acts, "move", _("give a desk another place"), _move)
    disabling = add_command(
        acts, "disable", _("let a desk in no more; it hands over what it has, and is emptied"), _off
    )
    releasing = add_command(acts, "release", _("let a quarantined desk in again"), _release)
    for one in (moving, disabling, releasing):
        one.add_argument("desk", metavar=_DESK, help=_("its id, or how that begins"))
    place = moving.add_mutually_exclusive_group(required=True)
    place.add_argument("--window", default="", metavar="ID", help=_("a desk at this window"))
    place.add_argument(
        "--department", default="", metavar="ID", help=_("a desk of this department")
    )
    place.add_argument("--audit", action="store_true", help=_("a desk of the auditors"))
    add_administration(place)


def _back_up(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with watched() as errand:
        backup.back_up(database, arguments.file, errand)
        taken = BackUp(at=clock.now(), path=str(arguments.file.absolute()))
        database.commit(lambda connection: backups.note(connection, taken))
    _say(_("The backup is at {path}").format(path=arguments.file))
    return 0


def _restore(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    begin = partial(restoring.begin_again, now=clock.now())
    if arguments.file is not None:
        with watched() as errand:
            generation = backup.put_in_place(database, arguments.file, begin, errand)
    else:
        with watched(cancelled="restore.cancelled") as errand:
            generation = begin(database, errand=errand)
    Central(database, clock).demand_ready()
    _say(_("Restored as generation {generation}.").format(generation=generation))
    _say(_("Start central again; for a day it waits for what the desks send again."))
    return 0


def _set_lease(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    hours = arguments.hours
    if not 1 <= hours <= _MOST_LEASE_HOURS:
        raise InputError("setting.lease_hours", most=_MOST_LEASE_HOURS)
    database.commit(lambda connection: meta.put(connection, meta.LEASE_HOURS, str(hours)))
    _say(
        _n(
            "Desks show cases for {hours} hour without central.",
            "Desks show cases for {hours} hours without central.",
            hours,
        ).format(hours=hours)
    )
    return 0


def _take_outbox(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    try:
        sealed = decode(read_file(arguments.file), Sealed)
    except msgspec.DecodeError:
        raise InputError("outbox.file_unreadable") from None
    with watched(cancelled="outbox.cancelled") as errand:
        pushed, answers = take_in(database, sealed, clock.now(), errand)
        write_atomic(arguments.answers, msgspec.json.encode(answers))
    _say(
        _n("{count} act was answered.", "{count} acts were answered.", len(pushed.answers)).format(
            count=len(pushed.answers)
        )
    )
    _say(_("Take {path} back to the desk.").format(path=arguments.answers))
    return 0


def _list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        for desk in desks.list_desks(connection):
            _say(_describe(desk))
    return 0


def _describe(desk: ListedDevice) -> str:
    seen = f"{desk.seen_at:%Y-%m-%d %H:%M}" if desk.seen_at else _("never")
    state = _("disabled") if desk.disabled else _("quarantined") if desk.quarantined else ""
    place = desk.window or desk.department or AUDIT
    return f"{desk.id}\t{place}\t{desk.name}\t{desk.last_n}\t{seen}\t{state}".rstrip()


def _move(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    moving = partial(
        desks.move_desk,
        device_id=arguments.desk,
        window=arguments.window,
        department=department_of(arguments),
        now=clock.now(),
        audit_desk=arguments.audit,
    )
    database.commit(moving)
    _say(_("The desk begins again at its new place."))
    return 0


def _off(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    database.commit(partial(desks.disable_desk, device_id=arguments.desk, now=clock.now()))
    _say(_("The desk hands over what it has and is emptied at its next call."))
    return 0


def _release(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    database.commit(partial(desks.release_desk, device_id=arguments.desk, now=clock.now()))
    _say(_("The desk may come in again. Make sure that its copy never does."))
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
