"""The command line of the central service: `clerk-central`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from central import (
    commands,
    document_numbers,
    item_settings,
    matter_settings,
    office,
    office_forms,
    office_settings,
    rating_settings,
    upkeep,
)
from central import reminding_command as reminding
from central.catalogue import command as catalogue
from central.catalogue import materials_command as materials
from central.db.engine import open_database
from central.imports import command as imports
from central.imports import template_command as templates
from central.packages import command as packages
from central.place import default_url, make_folder
from central.registers import command as registers
from central.reporting import command as reporting
from central.reporting import schedule_command as scheduling
from central.reporting import template_command as workbooks
from central.seals import command as sealing
from central.seed import command as seed
from central.watching import command as watching
from clerk.clock import SystemClock
from clerk.edge import run_command
from clerk.locale import _
from clerk.locale.choice import speak_as_asked
from clerk.log import logging_to
from clerk.parsing import begin_parser

_OTHERS = 0o077
"""Who may neither read nor write what central makes: the database speaks of people."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is told in words, and the exit status says so too."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak_as_asked(given)
    mask = os.umask(_OTHERS)
    try:
        with logging_to(sys.stderr):
            return run_command("clerk-central", lambda: _run(given))
    finally:
        os.umask(mask)


def _run(given: Sequence[str]) -> int:
    parsed = _parser().parse_args(given)
    url = parsed.database or default_url()
    make_folder(url)
    database = open_database(url)
    try:
        return int(parsed.run(parsed, database, SystemClock()))
    finally:
        database.close()


def _parser() -> argparse.ArgumentParser:
    told = _("The central service: one window for every department.")
    parser = begin_parser("clerk-central", told)
    parser.add_argument(
        "--database",
        metavar="URL",
        help=_(
            "sqlite:///FILE or postgresql://…; by default CLERK_DATABASE, else a file of this user"
        ),
    )
    subparsers = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    office_side = (
        *(commands, office, office_settings, rating_settings, item_settings),
        *(upkeep, watching, reporting),
    )
    of_catalogue = (imports, catalogue, materials, templates, seed)
    of_libraries = (office_forms, document_numbers, packages, registers, sealing)
    timed = (matter_settings, reminding, scheduling, workbooks)
    for one in (*office_side, *of_catalogue, *of_libraries, *timed):
        one.add_arguments(subparsers)
    return parser


if __name__ == "__main__":
    sys.exit(main())
