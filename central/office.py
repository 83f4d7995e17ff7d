"""The commands of `clerk-central` that lay out the office itself: windows and departments."""

from __future__ import annotations

import argparse
import sys

import msgspec

from central.commands import add_command
from central.db import audit, feed, offices
from central.db.engine import Connection, Database
from clerk.clock import Clock
from clerk.contract.item import Window
from clerk.contract.numbers import LAST_WINDOW
from clerk.errors import InputError
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.rules.supervision.recording import demand_template


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands; `run` in the defaults carries one out."""
    text = _("add and list the windows of the centre")
    windows = subparsers.add_parser("window", help=text, description=text)
    acts = windows.add_subparsers(metavar=_("ACT"), required=True)
    adding = add_command(acts, "add", _("add a window, or change its name"), _window_add)
    adding.add_argument("id", help=_("a short name of your own, such as w1"))
    adding.add_argument(
        "--number", type=int, required=True, help=_("its number in every case number, 1 to 999")
    )
    adding.add_argument("--name", required=True, help=_("how receipts call it"))
    adding.add_argument("--centre", required=True, help=_("the service centre it is in"))
    text = _("set the template of the link to a window's recording; none takes it away")
    recording = add_command(acts, "recording", text, _window_recording)
    recording.add_argument("id", help=_("the window's id"))
    recording.add_argument(
        "template",
        nargs="?",
        default="",
        help=_("an address with {window}, {from} and {to}, or {from_ms} and {to_ms}"),
    )
    add_command(acts, "list", _("list all windows"), _window_list)
    text = _("list all departments with their ids")
    add_command(subparsers, "departments", text, _department_list)


def _window_add(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    if not 1 <= arguments.number <= LAST_WINDOW:
        raise InputError("window.number", number=arguments.number, most=LAST_WINDOW)
    wanted = Window(
        id=arguments.id, number=arguments.number, name=arguments.name, centre=arguments.centre
    )

    def add(connection: Connection) -> None:
        known = {one.id: one for one in offices.list_windows(connection)}
        if any(one.number == wanted.number for one in known.values() if one.id != wanted.id):
            raise InputError("window.number_taken", number=wanted.number)
        before = known.get(wanted.id)
        after = wanted
        if before is not None:
            later = before.version + 1
            after = msgspec.structs.replace(wanted, version=later, recording=before.recording)
        _put_window(connection, after, clock)

    database.commit(add)
    return _window_list(arguments, database, clock)


def _window_recording(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    if arguments.template:
        demand_template(arguments.template)

    def change(connection: Connection) -> None:
        window = offices.get_window(connection, arguments.id, lock=True)
        changes = {"version": window.version + 1, "recording": arguments.template}
        _put_window(connection, msgspec.structs.replace(window, **changes), clock)

    database.commit(change)
    return _window_list(arguments, database, clock)


def _put_window(connection: Connection, window: Window, clock: Clock) -> None:
    change = offices.put_window(connection, window)
    entry = audit.Entry(at=clock.now(), actor="command", action="window.put", subject=window.id)
    audit.append(connection, entry)
    feed.announce(connection, (change,))


def _window_list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        found = offices.list_windows(connection)
    for one in found:
        line = f"{one.number:03}  {one.id}  {one.name}  {one.centre}  {one.recording}"
        sys.stdout.write(f"{line.rstrip()}\n")
    return 0


def _department_list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        found = offices.list_departments(connection)
    for one in found:
        sys.stdout.write(f"{one.id}  {one.name}\n")
    return 0
