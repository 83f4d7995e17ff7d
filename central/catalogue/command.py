"""`clerk-central catalogue`: what a change touches, and items that come and go by their day."""

from __future__ import annotations

import argparse
import getpass
import sys

from central.catalogue import coming as life
from central.catalogue.coming import Doing
from central.catalogue.touched_text import tell_all, tell_bundles
from central.catalogue.withdrawing import call_off_bundle, offer_bundle, turns_of
from central.commands import add_command
from central.db import coming, feed
from central.db.coming import Coming
from central.db.engine import Connection, Database
from central.db.touching import list_bundles, list_touched, list_touched_bundles
from central.typed import typed_day
from clerk.clock import Clock
from clerk.contract.item import Item
from clerk.errors import InputError
from clerk.locale import _
from clerk.locale.problems import tell
from clerk.parsing import Subparsers


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `catalogue` with its acts; `run` in the defaults carries one out."""
    text = _("show what a change of an item touches, and let items go and come by their day")
    parser = subparsers.add_parser("catalogue", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    touch = add_command(acts, "touch", _("show what a change of an item touches"), _touch)
    _add_item(touch)
    add_command(acts, "coming", _("list what takes effect on a later day"), _list)
    going = add_command(acts, "withdraw", _("offer an item no more from a day on"), _withdraw)
    _add_item(going)
    again = add_command(acts, "offer", _("offer a withdrawn item again from a day on"), _offer)
    _add_item(again)
    calling = add_command(acts, "call-off", _("let something not take effect"), _call_off)
    _add_item(calling)
    for one in (going, again, calling):
        one.add_argument("--on", type=typed_day, metavar=_("DAY"), required=True)
        one.add_argument("--reason", required=True, help=_("why; it stands in the audit record"))


def _add_item(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "item",
        metavar="ID",
        help=_("the id of an item (its code, where it has one) or of a bundle"),
    )


def _touch(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        touched = list_touched(connection, [arguments.item])
        days = coming.items.days_of(connection, arguments.item)
        if not touched and not days:
            _tell(_touched_bundle(connection, arguments.item))
            return 0
    _tell(tell_all(touched))
    for day in days:
        _tell([_("Another version takes effect on {day}.").format(day=day.isoformat())])
    return 0


def _touched_bundle(connection: Connection, bundle_id: str) -> list[str]:
    """The same for a bundle. Raises InputError `item.not_there` for what is neither."""
    touched = list_touched_bundles(connection, [bundle_id])
    days = coming.bundles.days_of(connection, bundle_id)
    if not touched and not days:
        raise InputError("item.not_there", item=bundle_id)
    text = _("Another version takes effect on {day}.")
    return [*tell_bundles(touched), *(text.format(day=day.isoformat()) for day in days)]


def _list(_arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with database.read() as connection:
        found = coming.items.list_all(connection)
        bundles = coming.bundles.list_all(connection)
        turning = [
            (day, one.id, one.name, _("withdrawn") if goes else _("offered again"), "")
            for one in list_bundles(connection)
            for day, goes in turns_of(one, clock.now())
        ]
        problems = [(one, life.find_problem(connection, one)) for one in found]
    lines = [(one.on, one.item.id, one.item.name, _kind_of(one.item), one.reason) for one in found]
    lines += [(one.on, one.bundle.id, one.bundle.name, _("bundle"), one.reason) for one in bundles]
    lines += turning
    _tell(["\t".join((day.isoformat(), *told)).rstrip() for day, *told in sorted(lines)])
    _tell([_("{count} in all.").format(count=len(lines))])
    _tell([_tell_problem(one, problem) for one, problem in problems if problem])
    return 0


def _tell_problem(one: Coming, problem: InputError) -> str:
    text = _("{item} cannot take effect on {day}: {reason}")
    reason = tell(problem.code, problem.parameters).what
    return text.format(item=one.item.id, day=one.on.isoformat(), reason=reason)


def _kind_of(item: Item) -> str:
    return _("withdrawn") if item.retired else _("version")


def _withdraw(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    name = _turn(arguments, database, clock, withdrawn=True)
    text = _("“{item}” is offered no more from {day} on; its cases go on as they are.")
    _tell([text.format(item=name, day=arguments.on.isoformat())])
    return 0


def _offer(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    name = _turn(arguments, database, clock, withdrawn=False)
    text = _("“{item}” is offered again from {day} on.")
    _tell([text.format(item=name, day=arguments.on.isoformat())])
    return 0


def _turn(
    arguments: argparse.Namespace, database: Database, clock: Clock, *, withdrawn: bool
) -> str:
    """Tell what it touches, then do it; the item's name."""
    doing = Doing(at=clock.now(), actor=getpass.getuser(), reason=arguments.reason)

    def turn(connection: Connection) -> str:
        touched = list_touched_bundles(connection, [arguments.item])
        turned = offer_bundle if touched else life.offer
        _tell(tell_bundles(touched))
        found, changes = turned(
            connection, arguments.item, arguments.on, doing, withdrawn=withdrawn
        )
        feed.announce(connection, changes)
        return found.name

    return database.commit(turn)


def _call_off(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    doing = Doing(at=clock.now(), actor=getpass.getuser(), reason=arguments.reason)

    def call_off(connection: Connection) -> None:
        changes = call_off_bundle(connection, arguments.item, arguments.on, doing)
        if not changes:
            life.call_off(connection, arguments.item, arguments.on, doing)
        feed.announce(connection, changes)

    database.commit(call_off)
    _tell([_("It does not take effect.")])
    return 0


def _tell(lines: list[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
