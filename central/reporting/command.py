"""The command of `clerk-central` that writes a report, the same as a desk would."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from central.commands import add_command
from central.db import users
from central.db.engine import Database
from central.reporting import pages, templates
from clerk.clock import Clock
from clerk.contract.report import FactPage
from clerk.errand import Errand
from clerk.errors import StoreError
from clerk.locale import _, language
from clerk.locale.punctuation import labelled
from clerk.parsing import Subparsers
from clerk.rules.reports.listing import OWN, REPORTS, get_report
from clerk.rules.reports.paging import Facts
from clerk.rules.reports.parts import Report
from clerk.watched import watched
from exports.workbook.own.laying import laid_out

if TYPE_CHECKING:
    from exports.workbook.report import Order


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command; `run` in the defaults carries it out."""
    text = _("write the workbook of a report; without a name, list the reports")
    report = add_command(subparsers, "report", text, _report)
    report.add_argument("report", nargs="?", default="", help=_("which report"))
    report.add_argument("--first", default="", help=_("the first day, such as 2026-06-01"))
    report.add_argument("--last", default="", help=_("the last day, such as 2026-06-30"))
    report.add_argument("--out", type=Path, help=_("the file to write"))
    report.add_argument(
        "--detail", action="store_true", help=_("the rows behind the figures alone, however many")
    )
    own = report.add_mutually_exclusive_group()
    filled = _("the office's own workbook, to be filled: a file, or the name of one central keeps")
    own.add_argument("--template", type=Path, help=filled)
    own.add_argument("--check", type=Path, help=_("a workbook of the office's to look through"))
    report.add_argument("--user", default="", metavar="LOGIN", help=_("whose own work is told"))


def open_facts(
    database: Database, clock: Clock, wanted: pages.Wanted, errand: Errand | None = None
) -> Facts:
    """The facts behind a report, each page in a look at the database of its own."""

    def ask(after: str) -> FactPage:
        with database.read() as connection:
            return pages.read_page(connection, wanted, clock, after)

    return Facts(wanted.report.subject.key, ask, errand or Errand())


def _report(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    if not arguments.report:
        return _list_reports()
    if arguments.check:
        return _check(arguments)
    wanted = _read(arguments, database)
    with watched() as errand:
        path, told = _write(arguments, database, clock, wanted, errand)
    for line in (*told, _("The workbook is at {path}").format(path=path)):
        sys.stdout.write(f"{line}\n")
    return 0


def _write(
    arguments: argparse.Namespace,
    database: Database,
    clock: Clock,
    wanted: pages.Wanted,
    errand: Errand,
) -> tuple[Path, tuple[str, ...]]:
    """Where the workbook is, and what the office's own one asks for and is not there."""
    from exports.workbook.report import Order, write_detail, write_report

    facts, period = open_facts(database, clock, wanted, errand), wanted.period
    order = Order(report=wanted.report, period=period, made_at=facts.made_at, language=language())
    kind = f"-{arguments.template.stem}" if arguments.template else ""
    named = Path(f"report-{wanted.report.key}{kind}-{period.first}-{period.last}.xlsx")
    path = arguments.out or named
    try:
        if arguments.template:
            with _found(database, wanted.report, arguments.template) as template:
                return path, _fill(order, facts, path, template, errand)
        write = write_detail if arguments.detail else write_report
        write(order, facts, path, errand)
    except OSError as error:
        raise StoreError("report.not_written", path=str(path)) from error
    return path, ()


def _check(arguments: argparse.Namespace) -> int:
    """Tell what the office's own workbook asks for; 1 where it is wrong."""
    from exports.workbook.own.fill import check_template
    from exports.workbook.own.writing import tell_scan

    scan = check_template(arguments.check, get_report(arguments.report))
    sys.stdout.write("\n".join((*tell_scan(scan), "")))
    return int(bool(scan.faults))


@contextmanager
def _found(database: Database, report: Report, named: Path) -> Iterator[Path]:
    """The file of this path, else the kept workbook of this name."""
    if named.exists() or len(named.parts) > 1 or named.suffix:
        yield named
        return
    with database.read() as connection:
        kept = templates.get_template(connection, report, str(named))
    with laid_out(kept) as path:
        yield path


def _fill(
    order: Order, facts: Facts, path: Path, template: Path, errand: Errand
) -> tuple[str, ...]:
    from exports.workbook.own.writing import tell_lacking, write_own

    lacking = write_own(order, facts, path, errand, template=template, office=facts.office)
    return tuple(tell_lacking(lacking))


def _read(arguments: argparse.Namespace, database: Database) -> pages.Wanted:
    report, user = get_report(arguments.report), ""
    if arguments.user or report is OWN:
        with database.read() as connection:
            user = users.get_by_login(connection, arguments.user).id
    period = pages.read_period(arguments.first, arguments.last)
    return pages.Wanted(report=report, period=period, user=user)


def _list_reports() -> int:
    for one in REPORTS.values():
        sys.stdout.write(f"{one.key:<12} {labelled(_(one.title), _(one.about))}\n")
    return 0
