"""`clerk-central materials`: duplicates listed, and merged where a person says so."""

from __future__ import annotations

import argparse
import getpass
import sys

from central.catalogue.coming import Doing
from central.catalogue.materials import Merged, Same, find_duplicates, merge, plan_merge
from central.catalogue.touched_text import tell_all
from central.commands import add_command
from central.db import feed
from central.db.engine import Connection, Database
from central.db.touching import list_touched
from clerk.clock import Clock
from clerk.locale import _, _n
from clerk.parsing import Subparsers
from clerk.watched import watched


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `materials` with its acts; `run` in the defaults carries one out."""
    text = _("find materials that may be one and the same, and share them")
    parser = subparsers.add_parser("materials", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    text = _("list materials of the same name, and of near ones")
    add_command(acts, "duplicates", text, _duplicates)
    text = _("let materials of these names be one shared material: asked for once")
    merging = add_command(acts, "merge", text, _merge)
    merging.add_argument("word", metavar=_("WORD"), help=_("what the shared material is called by"))
    merging.add_argument("names", metavar=_("NAME"), nargs="+", help=_("a name, exactly as listed"))
    text = _("merge nothing: show what it would touch")
    merging.add_argument("--preview", action="store_true", help=text)
    merging.add_argument("--reason", default="", help=_("why; it stands in the audit record"))


def _duplicates(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with watched() as errand, database.read() as connection:
        same, near = find_duplicates(connection, errand)
    for one in same:
        _tell(_("same\t{items} items\t{names}").format(items=one.items, names=_names(one)))
    for pair in near:
        text = _("near {likeness}\t{first_items} and {second_items} items\t{first}\t{second}")
        _tell(
            text.format(
                likeness=f"{pair.likeness:.2f}",
                first_items=pair.first.items,
                second_items=pair.second.items,
                first=_names(pair.first),
                second=_names(pair.second),
            )
        )
    text = _("Of the same name: {same}, near pairs: {near}. Nothing is merged unless you say so.")
    _tell(text.format(same=len(same), near=len(near)))
    return 0


def _merge(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Shows what it touches; with `--preview` that is all."""
    with database.read() as connection:
        fresh, left = plan_merge(connection, arguments.word, arguments.names)
        touched = list_touched(connection, [one.id for one in fresh])
    for line in tell_all(touched):
        _tell(line)
    for one in left:
        _tell(_("Left as it is, because it asks for two of these: {item}").format(item=one))
    if arguments.preview:
        _tell(_("Nothing was merged: this is a preview."))
        return 0
    doing = Doing(at=clock.now(), actor=getpass.getuser(), reason=arguments.reason)

    def carry_out(connection: Connection) -> Merged:
        merged = merge(connection, arguments.word, arguments.names, doing)
        feed.announce(connection, merged.changes)
        return merged

    merged = database.commit(carry_out)
    text = _n(
        "{count} item has a new version; its cases keep to the one they have.",
        "{count} items have a new version; their cases keep to the one they have.",
        len(merged.items),
    )
    _tell(text.format(count=len(merged.items)))
    return 0


def _names(one: Same) -> str:
    return " | ".join(one.names)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
