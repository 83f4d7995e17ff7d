"""`clerk-central import users`: everybody on a list is added, or nobody is."""

from __future__ import annotations

import argparse
import csv
import getpass
import io
import sys
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from central.db import migrating
from central.db.engine import Database
from central.imports.account import account
from central.imports.columns import Shape
from central.imports.encoding import examine
from central.imports.error_file import as_text
from central.imports.report import Notes
from central.imports.returned import hand_back_notes
from central.imports.table import open_table
from central.imports.users import (
    Doing,
    NewUser,
    add_users,
    give_passwords,
    plan_users,
    report_of,
)
from clerk.clock import Clock
from clerk.errors import InputError, StoreError
from clerk.files import write_atomic
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.watched import watched


def add_users_kind(kinds: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `users` to the kinds of `import`."""
    text = _("the people who work here, each with a first password")
    parser = kinds.add_parser("users", help=text, description=text)
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("a CSV or .xlsx file"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Add who is new; 1 where a row is refused, and then nobody is added."""
    if not migrating.is_current(database):
        raise StoreError("database.not_initialised")
    path: Path = arguments.file
    nature, notes = examine(path), Notes()
    table = open_table(nature, (Shape.USERS,), notes)
    for column in table.unknown:
        notes.warn(table.header_row, column, "column.unknown")
    with database.read() as connection:
        plan = plan_users(connection, table, notes)
    _say(account(report_of(plan), path.name))
    if notes.refused:
        _say(hand_back_notes(path, (Shape.USERS,), notes.refused, notes.warnings))
        _say([_("Nobody was added: a list of users is taken whole or not at all.")])
        return 1
    if not plan.read:
        raise InputError("users.none_in_file", file=path.name)
    if plan.new:
        with watched() as errand:
            new, doing = give_passwords(plan.new, errand), Doing(getpass.getuser(), clock)
            handed = _write_passwords(path, new)
            try:
                adding = errand.surely(add_users)
                database.commit(lambda one: adding(one, plan, new, nature, doing))
            except BaseException:
                handed.unlink()
                raise
        text = _("The first passwords are in {file}. Hand them over and delete the file.")
        _say([text.format(file=handed)])
    return 0


def _write_passwords(path: Path, new: Sequence[NewUser]) -> Path:
    """Beside the list, for its owner only, and before anybody is added: no password is lost."""
    stem = f"{path.stem}-" + _("passwords")
    names = (path.with_name(f"{stem}{f'-{n}' if n > 1 else ''}.csv") for n in count(1))
    target = next(name for name in names if not name.exists())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((_("Login"), _("Name"), _("First password")))
    writer.writerows((as_text(one.user.login), as_text(one.user.name), one.password) for one in new)
    try:
        write_atomic(target, text.getvalue().encode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("file.unwritable", file=target.name, reason=reason) from error
    return target


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
