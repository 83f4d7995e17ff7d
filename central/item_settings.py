"""`clerk-central item`: what is local to an item, put into its next version.

Cases keep to the version that they were received under.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

import msgspec

from central.catalogue.publishing import publish
from central.commands import add_command
from central.db import audit, catalogue, feed
from central.db.engine import Connection, Database
from clerk.clock import Clock
from clerk.contract.item import Item
from clerk.errors import InputError
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.rules.bundle.handling import joint_limit
from clerk.rules.clock import DECISION_LIMIT, JOINT_DECISION_LIMIT

_YES_NO = ("yes", "no")
_FIELDS = {
    "second_supplement": "second_supplement",
    "joint": "joint",
    "pause_promise": "pause_counts_for_promised",
}


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command; `run` in the defaults carries it out."""
    text = _("show or change what is local to an item")
    parser = add_command(subparsers, "item", text, _item)
    parser.add_argument("item", metavar="ID", help=_("the item's id: its code, where it has one"))
    parser.add_argument(
        "--second-supplement",
        choices=_YES_NO,
        help=_("whether a supervisor may allow a second supplement notice"),
    )
    parser.add_argument(
        "--joint",
        choices=_YES_NO,
        help=_("whether several bodies act jointly: 45 days, extended by the government's head"),
    )
    parser.add_argument(
        "--pause-promise",
        choices=_YES_NO,
        help=_("whether a special procedure pauses the promised limit too"),
    )


def _item(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    wanted = {
        field: getattr(arguments, option) == "yes"
        for option, field in _FIELDS.items()
        if getattr(arguments, option) is not None
    }
    item = database.commit(partial(change_item, item_id=arguments.item, wanted=wanted, clock=clock))
    sys.stdout.write(f"{item.id}  {item.name}  v{item.version}\n")
    for option, field in _FIELDS.items():
        told = "yes" if getattr(item, field) else "no"
        sys.stdout.write(f"  {option.replace('_', '-')}: {told}\n")
    sys.stdout.write(f"  statutory: {item.statutory.amount} {item.statutory.unit.value}\n")
    return 0


def change_item(
    connection: Connection, item_id: str, wanted: dict[str, bool], clock: Clock
) -> Item:
    """The item with these settings; a version that is the same adds nothing."""
    item = catalogue.find_item(connection, item_id)
    if item is None:
        raise InputError("item.not_there", item=item_id)
    changed = _with_joint_limit(item, msgspec.structs.replace(item, **wanted))
    published = publish(connection, [changed], clock.now())
    if published.changes:
        detail = {name: "yes" if value else "no" for name, value in wanted.items()}
        entry = audit.Entry(
            at=clock.now(), actor="command", action="item.set", subject=item_id, detail=detail
        )
        audit.append(connection, entry)
        feed.announce(connection, published.changes)
    return catalogue.find_item(connection, item_id) or changed


def _with_joint_limit(before: Item, after: Item) -> Item:
    """The law's limit follows; one of the item's own stays (行政许可法 Art. 42)."""
    if before.joint is after.joint:
        return after
    limit = after.statutory
    if after.joint:
        limit = joint_limit(limit)
    elif limit == JOINT_DECISION_LIMIT:
        limit = DECISION_LIMIT
    return msgspec.structs.replace(after, statutory=limit)
