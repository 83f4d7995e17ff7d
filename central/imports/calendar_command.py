"""`clerk-central import calendar`: another year in force, and every open case dated by it."""

from __future__ import annotations

import argparse
import getpass
import sys
from functools import partial
from pathlib import Path

from central.acts.redating import redate_open_cases
from central.db import migrating
from central.db.engine import Database
from central.imports.calendar import publish_calendar, read_calendar_file
from central.imports.columns import Shape
from central.imports.report import RowNote
from central.imports.returned import hand_back_notes, hand_back_whole
from clerk.clock import Clock
from clerk.errors import InputError, StoreError
from clerk.locale import _, _n
from clerk.locale.problems import tell
from clerk.parsing import Subparsers


def add_calendar(kinds: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `calendar` to the kinds of `import`."""
    text = _("the holidays and make-up days of one or more years")
    parser = kinds.add_parser("calendar", help=text, description=text)
    parser.add_argument("file", metavar=_("FILE"), help=_("a CSV, .xlsx or .toml file"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Publish the file's years; 1 where a row is refused, and then nothing is changed."""
    if not migrating.is_current(database):
        raise StoreError("database.not_initialised")
    path = Path(arguments.file)
    file = read_calendar_file(path)
    if file.notes.refused:
        for note in file.notes.refused:
            _say(_say_note(note))
        for line in hand_back_notes(path, (Shape.CALENDAR,), file.notes.refused, ()):
            _say(line)
        _say(_("Nothing was changed: a calendar is taken whole or not at all."))
        return 1
    if not file.rows:
        raise InputError("calendar.empty", version=path.name)
    publishing = partial(publish_calendar, file=file, at=clock.now(), actor=getpass.getuser())
    try:
        published = database.commit(publishing)
    except InputError as error:
        for line in hand_back_whole(path, error):
            _say(line)
        raise
    data = published.data
    if not published.changed:
        _say(_("The calendar in force says the same already."))
        return 0
    moved = redate_open_cases(database, clock.now())
    text = _n(
        "The calendar of {first} to {last} is in force; {moved} open case got other dates.",
        "The calendar of {first} to {last} is in force; {moved} open cases got other dates.",
        moved,
    )
    _say(text.format(first=data.first_year, last=data.last_year, moved=moved))
    return 0


def _say_note(note: RowNote) -> str:
    place = _("row {row}, column {column}: ").format(row=note.row, column=note.column)
    return place + str(tell(note.code, note.parameters))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
