"""`clerk-central import`: a file in, an account of what became of its rows out."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections import Counter
from pathlib import Path

from central.db import migrating
from central.db.engine import Database
from central.imports.calendar_command import add_calendar
from central.imports.catalogue import import_catalogue, read_catalogue_file
from central.imports.columns import Shape
from central.imports.flows import command as flows
from central.imports.registers import ORGANISATIONS, PEOPLE, Load
from central.imports.report import ImportReport, RowNote, write_notes
from central.imports.rows import LONGEST_SOURCE
from clerk.clock import Clock
from clerk.errors import InputError, StoreError
from clerk.files import write_atomic
from clerk.locale import _
from clerk.locale.problems import tell

SHOWN = 20
"""How many refused rows are shown; all are in the file of errors."""
_TOLD_EVERY = 10_000

_SHAPES = {
    "items": (Shape.ITEMS, Shape.LIMITS, Shape.MATERIALS),
    "limits": (Shape.LIMITS,),
    "materials": (Shape.MATERIALS,),
}
_SOURCES = {"people": "人口库", "organisations": "法人库"}


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import` with its six kinds; `run` in the defaults carries it out."""
    parser = subparsers.add_parser(
        "import",
        help=_("import a catalogue, a register or a calendar from a file"),
        description=_("Import catalogues, registers, calendars and flows from files."),
    )
    kinds = parser.add_subparsers(dest="kind", metavar=_("KIND"), required=True)
    _add_catalogue(kinds, "items", _("items, limits or materials, told by the columns"))
    _add_catalogue(kinds, "limits", _("promised and statutory limits of items"))
    _add_catalogue(kinds, "materials", _("materials of items"))
    _add_register(kinds, "people", _("the population register"))
    _add_register(kinds, "organisations", _("the organisation register"))
    flows.add_kinds(kinds)
    add_calendar(kinds)


def run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Import the file and say what became of it: 0 where every row was used, else 1."""
    if not migrating.is_current(database):
        raise StoreError("database.not_initialised")
    path = Path(arguments.file)
    if arguments.errors is not None and not arguments.errors.resolve().parent.is_dir():
        raise InputError("file.unreadable", file=arguments.errors.name, reason=_("no such folder"))
    if arguments.kind in _SHAPES:
        report = _import_catalogue(arguments, path, database, clock)
    else:
        report = _import_register(arguments, path, database, clock)
    for line in account(report, path.name):
        _say(line)
    if arguments.errors is not None:
        write_atomic(arguments.errors, write_notes(report, say_note))
        _say(_("All notes are in {file}.").format(file=arguments.errors.name))
    return 0 if report.applied and not report.refused_count else 1


def account(report: ImportReport, file: str) -> list[str]:
    """The report in lines for a person."""
    lines = [
        _(
            "{file}: {read} rows read; {added} new, {changed} changed, {unchanged} unchanged,"
            " {refused} refused."
        ).format(
            file=file,
            read=report.read,
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
            refused=report.refused_count,
        )
    ]
    if not report.applied:
        lines.append(_("Nothing was imported, because rows were refused (--strict)."))
    if report.versions:
        text = _("{versions} new versions of items, {departments} new departments.")
        lines.append(text.format(versions=report.versions, departments=report.departments))
    if report.waiting:
        text = _("{waiting} rows are kept and wait for their items.")
        lines.append(text.format(waiting=report.waiting))
    return lines + _refused_lines(report) + _warning_lines(report)


def say_note(note: RowNote) -> str:
    """What a note says, in one line."""
    return str(tell(note.code, note.parameters))


def _add_catalogue(
    kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> None:
    parser = _add_kind(kinds, name, text)
    parser.add_argument(
        "--source",
        default="",
        type=_source,
        help=_("the place whose items they are, if the file names none"),
    )
    parser.add_argument(
        "--strict", action="store_true", help=_("import nothing if any row is refused")
    )


def _add_register(
    kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> None:
    parser = _add_kind(kinds, name, text)
    parser.add_argument(
        "--source",
        default=_SOURCES[name],
        type=_source,
        help=_("whose word the rows are, as the desk shows it"),
    )
    parser.add_argument(
        "--renames", action="store_true", help=_("let a row change the name under a known number")
    )


def _add_kind(
    kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    parser = kinds.add_parser(name, help=text, description=text)
    parser.add_argument("file", metavar=_("FILE"), help=_("a CSV or .xlsx file"))
    parser.add_argument(
        "--errors", type=Path, metavar=_("FILE"), help=_("write every note on a row to this CSV")
    )
    parser.set_defaults(run=run)
    return parser


def _source(text: str) -> str:
    if len(text) > LONGEST_SOURCE:
        message = _("at most {most} characters").format(most=LONGEST_SOURCE)
        raise argparse.ArgumentTypeError(message)
    return text


def _import_catalogue(
    arguments: argparse.Namespace, path: Path, database: Database, clock: Clock
) -> ImportReport:
    file = read_catalogue_file(path, _SHAPES[arguments.kind], arguments.source)
    now, actor = clock.now(), getpass.getuser()
    return database.commit(
        lambda connection: import_catalogue(connection, file, now, actor, strict=arguments.strict)
    )


def _import_register(
    arguments: argparse.Namespace, path: Path, database: Database, clock: Clock
) -> ImportReport:
    options = {"source": arguments.source, "renames": arguments.renames}
    now, actor = clock.now(), getpass.getuser()
    if arguments.kind == "people":
        return Load(database, PEOPLE, **options).run(path, now, actor, _tell_progress)
    return Load(database, ORGANISATIONS, **options).run(path, now, actor, _tell_progress)


def _tell_progress(rows: int) -> None:
    if rows % _TOLD_EVERY == 0:
        _say(_("{rows} rows so far").format(rows=rows))


def _refused_lines(report: ImportReport) -> list[str]:
    lines = [_place(note) + say_note(note) for note in report.refused[:SHOWN]]
    more = len(report.refused) - len(lines)
    if more > 0:
        lines.append(_("... and {more} more refusals (--errors FILE lists all).").format(more=more))
    return lines


def _warning_lines(report: ImportReport) -> list[str]:
    """One line for each kind of warning: how often, and the first of them."""
    counts = Counter(note.code for note in report.warnings)
    first = {note.code: note for note in reversed(report.warnings)}
    text = _("Warning, {count} times, first in {place}{sentence}")
    return [
        text.format(count=count, place=_place(first[code]), sentence=say_note(first[code]))
        for code, count in counts.most_common()
    ]


def _place(note: RowNote) -> str:
    if not note.column:
        return _("row {row}: ").format(row=note.row)
    return _("row {row}, column {column}: ").format(row=note.row, column=note.column)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
