"""`clerk-central report-template`: the office's own workbooks, kept for all desks."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from central.commands import add_command
from central.db import report_templates
from central.db.engine import Database
from central.reporting import templates
from clerk.clock import OFFICE_ZONE, Clock
from clerk.files import write_atomic
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.rules.reports.listing import get_report


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command with its acts; `run` in the defaults carries one out."""
    text = _("keep the office's own workbooks, which reports are filled into")
    parser = subparsers.add_parser("report-template", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    adding = add_command(acts, "add", _("look a workbook through and keep it for all desks"), _add)
    add_command(acts, "list", _("list those that are kept"), _list)
    taking = add_command(acts, "take", _("write one into a file, to be changed"), _take)
    removing = add_command(acts, "remove", _("keep one no more"), _remove)
    for one in (adding, taking, removing):
        one.add_argument("report", help=_("which report"))
    for one in (taking, removing):
        one.add_argument("name", help=_("its name in the list"))
    adding.add_argument("file", type=Path, help=_("the office's own workbook, to be filled"))
    adding.add_argument("--name", default="", help=_("its name; otherwise that of the file"))
    taking.add_argument("file", type=Path, help=_("the file to write"))


def _add(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    report = get_report(arguments.report)
    named = templates.read_template(report, arguments.file, arguments.name)
    keeping = partial(templates.keep, report=report, named=named, at=clock.now())
    kept = database.commit(keeping)
    _say(_("“{name}” is kept; desks that make this report offer it.").format(name=kept.name))
    return 0


def _list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        for one in report_templates.list_all(connection):
            saved = f"{one.saved_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
            _say(f"{one.report}\t{one.name}\t{saved}\t{one.size:,}")
    return 0


def _take(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        kept = templates.get_template(connection, get_report(arguments.report), arguments.name)
    write_atomic(arguments.file, kept.data)
    _say(_("The workbook is at {path}").format(path=arguments.file))
    return 0


def _remove(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    report = get_report(arguments.report)
    database.commit(partial(templates.drop, report=report, name=arguments.name, at=clock.now()))
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
