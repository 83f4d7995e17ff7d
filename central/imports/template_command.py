"""`clerk-central template`: a workbook for each kind of import, to be filled in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from central.commands import add_command
from central.db import migrating, offices
from central.db.engine import Database
from central.imports.flows.templates import bundle_template, flow_template
from central.imports.templates import TABLES, table_template
from clerk.clock import Clock
from clerk.files import write_atomic
from clerk.locale import _
from clerk.parsing import Subparsers

_OTHERS = {"flows": flow_template, "bundles": bundle_template}
KINDS = (*_OTHERS, *TABLES)
"""What there is a template for, by the name of its import."""


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `template`; `run` in the defaults carries it out."""
    text = _("write an empty workbook with an example, to be filled in and imported")
    parser = subparsers.add_parser("template", help=text, description=text)
    kinds = parser.add_subparsers(dest="kind", metavar=_("KIND"), required=True)
    for name in KINDS:
        what = _("a workbook for the import of {kind}").format(kind=name)
        one = add_command(kinds, name, what, run)
        one.add_argument("file", type=Path, metavar=_("FILE"), help=_("the file to write"))


def run(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    """Write the workbook; it offers the departments that central knows."""
    departments = _departments(database)
    kind = arguments.kind
    made = _OTHERS[kind](departments) if kind in _OTHERS else table_template(kind, departments)
    write_atomic(arguments.file, made)
    sys.stdout.write(_("The template is at {path}").format(path=arguments.file) + "\n")
    return 0


def _departments(database: Database) -> tuple[str, ...]:
    """Their names, as people write them; none before there is a database."""
    if not migrating.is_current(database):
        return ()
    with database.read() as connection:
        known = offices.list_departments(connection)
    return tuple(sorted({one.name for one in known}))
