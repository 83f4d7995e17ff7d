"""`clerk-central import`: a file in, an account of what became of its rows out."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from central.catalogue.coming import demand_day
from central.catalogue.touched_text import tell_all
from central.db import loads, migrating
from central.db.engine import Database
from central.imports.account import Pace, account
from central.imports.calendar_command import add_calendar
from central.imports.catalogue import import_catalogue, preview_catalogue, read_catalogue_file
from central.imports.columns import Shape
from central.imports.error_file import ErrorFile, errors_beside
from central.imports.flows import command as flows
from central.imports.folder import find_files
from central.imports.licence_types_command import add_licence_types
from central.imports.loading import Load
from central.imports.registers import ORGANISATIONS, PEOPLE, licences_of
from central.imports.report import ImportReport, Notes
from central.imports.returned import hand_back_notes
from central.imports.rows import LONGEST_SOURCE
from central.imports.users_command import add_users_kind
from central.typed import typed_day
from clerk.clock import OFFICE_ZONE, Clock
from clerk.errand import Errand
from clerk.errors import CancelledError, InputError, StoreError
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.watched import watched

_LISTED = 20

_SHAPES = {
    "items": (Shape.ITEMS, Shape.LIMITS, Shape.MATERIALS),
    "limits": (Shape.LIMITS,),
    "materials": (Shape.MATERIALS,),
}
_SOURCES = {"people": "人口库", "organisations": "法人库", "licences": "证照库"}


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `import` with its kinds; `run` in the defaults carries it out."""
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
    _add_register(kinds, "licences", _("the licence library"))
    text = _("list the newest loads of registers, and those that broke off")
    kinds.add_parser("list", help=text, description=text).set_defaults(run=show_loads)
    flows.add_kinds(kinds)
    add_calendar(kinds)
    add_licence_types(kinds)
    add_users_kind(kinds)


def run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Import and say what became of it: 0 where every row was used, else 1."""
    if not migrating.is_current(database):
        raise StoreError("database.not_initialised")
    files = find_files(arguments.file)
    if getattr(arguments, "preview", False):
        return _preview(arguments, files, database)
    errors = _errors_of(arguments)
    if any(errors(one).resolve() in {path.resolve() for path in files} for one in files):
        raise InputError("import.errors_over_input", file=arguments.errors.name)
    if arguments.kind in _SHAPES:
        reports: list[ImportReport] = []
        for path in files:
            with _watched(path, done=len(reports)) as errand:
                reports.append(_import_catalogue(arguments, path, database, clock, errand))
            ErrorFile(errors(path)).put(0, _notes_of(reports[-1]))
            _tell(account(reports[-1], path.name))
            _hand_back(arguments, errors, path, reports[-1])
    else:
        try:
            reports = [_import_register(arguments, errors, database, clock)]
        except KeyboardInterrupt:
            _tell(
                ["", _("Broken off. What was read is kept: the same command goes on from there.")]
            )
            raise
        _tell(account(reports[0], arguments.file.name))
        for path in files:
            _hand_back(arguments, errors, path, _of_file(reports[0], path, files))
    for path in files:
        if errors(path).exists():
            _tell([_("All notes are in {file}.").format(file=errors(path))])
    used = all(report.applied and not report.refused_count for report in reports)
    return 0 if used else 1


def show_loads(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    """List the newest loads of the registers, with those that broke off."""
    head = (_("began"), _("list"), _("file"), _("by"), _("read"), _("added"), _("changed"))
    _tell(["\t".join((*head, _("refused"), _("state")))])
    with database.read() as connection:
        for load in loads.list_newest(connection, _LISTED):
            state = _("done") if load.ended_at else _("broke off: the same command goes on")
            began = f"{load.began_at:%Y-%m-%d %H:%M}"
            done = load.progress
            counts = f"{done.read}\t{done.added}\t{done.changed}\t{done.refused}"
            _tell([f"{began}\t{load.kind}\t{load.name}\t{load.actor}\t{counts}\t{state}"])
    return 0


def _add_catalogue(kinds: Subparsers[argparse.ArgumentParser], name: str, text: str) -> None:
    parser = _add_kind(kinds, name, text)
    parser.add_argument(
        "--source",
        default="",
        type=_source,
        help=_("the place whose items they are, if the file names none"),
    )
    parser.add_argument(
        "--on", type=typed_day, metavar=_("DAY"), help=_("take effect on this later day")
    )
    parser.add_argument(
        "--preview", action="store_true", help=_("import nothing: show what it would touch")
    )
    parser.add_argument(
        "--strict", action="store_true", help=_("import nothing if any row is refused")
    )


def _add_register(kinds: Subparsers[argparse.ArgumentParser], name: str, text: str) -> None:
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
    kinds: Subparsers[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    parser = kinds.add_parser(name, help=text, description=text)
    parser.add_argument(
        "file", type=Path, metavar=_("FILE"), help=_("a CSV or .xlsx file, or a folder of them")
    )
    parser.add_argument(
        "--errors",
        type=Path,
        metavar=_("FILE"),
        help=_("where the notes on rows go (of a folder: a folder); else beside each file"),
    )
    parser.set_defaults(run=run)
    return parser


def _source(text: str) -> str:
    if len(text) > LONGEST_SOURCE:
        message = _("at most {most} characters").format(most=LONGEST_SOURCE)
        raise argparse.ArgumentTypeError(message)
    return text


@contextmanager
def _watched(path: Path, done: int) -> Iterator[Errand]:
    """Each file is imported whole or not at all; called off, those before it stay."""
    try:
        with watched() as errand:
            yield errand
    except CancelledError:
        if not done:
            raise
        raise CancelledError("import.cancelled", file=path.name, count=done) from None


def _import_catalogue(
    arguments: argparse.Namespace, path: Path, database: Database, clock: Clock, errand: Errand
) -> ImportReport:
    file = read_catalogue_file(path, _SHAPES[arguments.kind], arguments.source, errand)
    now, actor = clock.now(), getpass.getuser()
    today, on = now.astimezone(OFFICE_ZONE).date(), arguments.on
    if on is not None:
        demand_day(on, today)
    later = on if on is not None and on > today else None
    options = {"strict": arguments.strict, "on": later, "errand": errand}
    importing = errand.surely(import_catalogue)
    return database.commit(lambda one: importing(one, file, now, actor, **options))


def _preview(arguments: argparse.Namespace, files: Sequence[Path], database: Database) -> int:
    """Tell what each file would change and touch; nothing is written."""
    refused = 0
    for path in files:
        with watched() as errand:
            file = read_catalogue_file(path, _SHAPES[arguments.kind], arguments.source, errand)
            with database.read() as connection:
                report, touched = preview_catalogue(connection, file)
        _tell([*account(report, path.name), *tell_all(touched)])
        _tell([_("Nothing was imported: this is a preview.")])
        refused += report.refused_count
    return 1 if refused else 0


def _import_register(
    arguments: argparse.Namespace,
    errors: Callable[[Path], Path],
    database: Database,
    clock: Clock,
) -> ImportReport:
    options = {"source": arguments.source, "renames": arguments.renames}
    pace = Pace(clock, lambda line: _tell([line]))
    told = (arguments.file, clock.now(), getpass.getuser(), pace.hear, errors)
    if arguments.kind == "people":
        return Load(database, PEOPLE, **options).run(*told)
    if arguments.kind == "organisations":
        return Load(database, ORGANISATIONS, **options).run(*told)
    with database.read() as connection:
        register = licences_of(connection)
    return Load(database, register, **options).run(*told)


def _errors_of(arguments: argparse.Namespace) -> Callable[[Path], Path]:
    """Where the notes on each file go."""
    chosen: Path | None = arguments.errors
    if chosen is None:
        return errors_beside
    folder = chosen if arguments.file.is_dir() else chosen.resolve().parent
    if not folder.is_dir():
        raise InputError("file.unreadable", file=chosen.name, reason=_("no such folder"))
    if arguments.file.is_dir():
        return lambda path: folder / errors_beside(path).name
    return lambda _path: chosen


def _hand_back(
    arguments: argparse.Namespace,
    errors: Callable[[Path], Path],
    path: Path,
    report: ImportReport,
) -> None:
    """Hand the workbook back with what was refused in it, where the notes on it lie."""
    shapes = _SHAPES.get(arguments.kind) or (Shape(arguments.kind),)
    folder = errors(path).parent
    _tell(list(hand_back_notes(path, shapes, report.refused, report.warnings, folder)))


def _of_file(report: ImportReport, path: Path, files: Sequence[Path]) -> ImportReport:
    """What a load of several files noted of one of them."""
    if len(files) == 1:
        return report
    mine = {
        kind: tuple(note for note in getattr(report, kind) if note.file == path.name)
        for kind in ("refused", "warnings")
    }
    return replace(report, **mine)


def _notes_of(report: ImportReport) -> Notes:
    notes = Notes()
    notes.warnings, notes.refused = list(report.warnings), list(report.refused)
    return notes


def _tell(lines: list[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
