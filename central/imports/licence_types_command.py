"""`clerk-central import licence-types`: the licence catalogue, whole or not at all."""

from __future__ import annotations

import argparse
import getpass
import sys
from functools import partial
from pathlib import Path

from central.db import migrating
from central.db.engine import Database
from central.imports.licence_types import import_types, read_types
from central.imports.returned import hand_back_complaints
from clerk.clock import Clock
from clerk.errors import StoreError
from clerk.locale import _
from clerk.locale.problems import tell
from clerk.parsing import Subparsers


def add_licence_types(kinds: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `licence-types` to the kinds of `import`."""
    text = _("the licence catalogue: numbers, fields, validity, what each type replaces")
    parser = kinds.add_parser("licence-types", help=text, description=text)
    parser.add_argument("file", metavar=_("FILE"), help=_("an .xlsx or .toml file"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Publish the file's types; 1 where anything in it is wrong, and then nothing is changed."""
    if not migrating.is_current(database):
        raise StoreError("database.not_initialised")
    path = Path(arguments.file)
    importing = partial(
        import_types, file=read_types(path), at=clock.now(), actor=getpass.getuser()
    )
    done = database.commit(importing)
    for one in done.complaints:
        _say(f"{one.where}: {tell(one.code, one.parameters)}")
    if done.complaints:
        for line in hand_back_complaints(path, done.complaints):
            _say(line)
        _say(_("Nothing was changed: a licence catalogue is taken whole or not at all."))
        return 1
    text = _("{file}: {read} licence types read, {changed} new or changed.")
    _say(text.format(file=path.name, read=done.read, changed=done.changed))
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
