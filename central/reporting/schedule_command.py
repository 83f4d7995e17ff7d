"""`clerk-central schedule`: reports that make themselves, into a folder or to a webhook."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from central.calendars import get_calendar
from central.commands import add_command
from central.db import audit, report_schedules, users
from central.db.engine import Connection, Database
from central.db.report_schedules import Kept, Run, Schedule, State, Target
from central.jobs.scheduled_reports import find_calendar
from central.reporting import targets, templates
from central.reporting.scheduled import carry_out, give_up
from clerk.clock import Clock
from clerk.errors import CancelledError, InputError
from clerk.locale import LANGUAGES, _, _n, language
from clerk.locale.problems import tell
from clerk.parsing import Subparsers
from clerk.rules.reports import schedule as rules
from clerk.rules.reports.listing import OWN, get_report
from clerk.rules.reports.parts import Report
from clerk.watched import watched
from exports.workbook.own.laying import laid_out


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `schedule` with its acts; `run` in the defaults carries one out."""
    text = _("add, list, remove and run reports that make themselves")
    parser = subparsers.add_parser("schedule", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    _add_adding(acts)
    add_command(acts, "list", _("list them, when each is next due and how the last went"), _list)
    removing = add_command(acts, "remove", _("make a report by itself no more"), _remove)
    running = add_command(acts, "run", _("make and deliver one now, beside its times"), _run)
    for one in (removing, running):
        one.add_argument("number", type=int, help=_("its number in the list"))


def _add_adding(acts: Subparsers[argparse.ArgumentParser]) -> None:
    adding = add_command(acts, "add", _("make a report by itself from now on"), _add)
    adding.add_argument("report", help=_("which report"))
    days = " / ".join(rules.NAMED_DAYS)
    on = _("the days it is made on: {days}, or a day of the month").format(days=days)
    span = _("which days it is about: {known}").format(known=" / ".join(rules.Span))
    adding.add_argument("--span", required=True, help=span)
    adding.add_argument("--on", required=True, metavar=_("DAYS"), help=on)
    adding.add_argument("--at", required=True, help=_("the time in Asia/Shanghai, such as 07:30"))
    places = adding.add_mutually_exclusive_group(required=True)
    places.add_argument("--folder", type=Path, help=_("the folder that it is put into"))
    places.add_argument("--webhook", default="", metavar="URL", help=_("where it is sent to"))
    secret = _("where the secret that signs it lies: env:NAME or file:PATH; with --webhook")
    adding.add_argument("--secret", default="", help=secret)
    in_language = _("the language of the workbook")
    adding.add_argument("--workbook-language", choices=LANGUAGES, help=in_language)
    adding.add_argument("--user", default="", metavar="LOGIN", help=_("whose own work is told"))
    filled = _("a workbook of the office's that central keeps, to be filled")
    adding.add_argument("--template", default="", metavar=_("NAME"), help=filled)


def _add(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    schedule = _read(arguments, database)
    if schedule.timing.needs_calendar:
        with database.read() as connection:
            get_calendar(connection)
    now = clock.now()

    def add(connection: Connection) -> int:
        number = report_schedules.add(connection, schedule, now)
        detail = {"report": schedule.report, "to": _where(schedule.target)}
        _record(connection, now, "schedule.added", number, detail)
        return number

    number = database.commit(add)
    _say(_("The report makes itself from now on, as number {number}.").format(number=number))
    return 0


def _read(arguments: argparse.Namespace, database: Database) -> Schedule:
    report, user, template = get_report(arguments.report), "", ""
    with database.read() as connection:
        if arguments.user or report is OWN:
            user = users.get_by_login(connection, arguments.user).id
        if arguments.template:
            template = _check_template(connection, report, arguments.template)
    if arguments.folder is not None:
        target = targets.read_folder(arguments.folder)
    else:
        target = targets.read_webhook(arguments.webhook, arguments.secret)
    return Schedule(
        report=report.key,
        span=rules.read_span(arguments.span),
        timing=rules.read_timing(arguments.on, arguments.at),
        language=arguments.workbook_language or language(),
        target=target,
        user=user,
        template=template,
    )


def _check_template(connection: Connection, report: Report, name: str) -> str:
    """The name of a kept workbook that this version can fill. Raises InputError `template.…`."""
    with laid_out(templates.get_template(connection, report, name)) as path:
        templates.read_template(report, path)
    return name


def _list(_arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with database.read() as connection:
        calendar = find_calendar(connection)
        for kept in report_schedules.list_all(connection):
            due = rules.find_next_due(kept.schedule.timing, calendar, clock.now())
            last = report_schedules.find_last_run(connection, kept.id)
            _say(_describe(kept, due))
            _say("    " + (_("not made yet") if last is None else _tell(last, kept.schedule)))
    return 0


def _describe(kept: Kept, due: datetime | None) -> str:
    one = kept.schedule
    timing = f"{one.timing.on} {one.timing.at:%H:%M}"
    following = _("next: {due}").format(due=f"{due:%Y-%m-%d %H:%M}" if due else "-")
    report = f"{one.report} ({one.template})" if one.template else one.report
    told = (str(kept.id), report, one.span.value, timing, one.language, _where(one.target))
    return "\t".join((*told, following))


def _tell(run: Run, schedule: Schedule) -> str:
    due, attempts = f"{run.due_at:%Y-%m-%d %H:%M}", run.attempts
    if run.state is State.DONE:
        files = ", ".join(run.files.splitlines())
        return _("{due} delivered: {files}").format(due=due, files=files)
    if run.state is State.WORKING:
        return _("{due} is being made (attempt {attempts})").format(due=due, attempts=attempts)
    parameters = {"reason": run.reason, "folder": schedule.target.folder}
    problem = tell(run.problem, parameters)
    if run.state is State.FAILED:
        text = _n(
            "{due} not delivered, given up after {attempts} attempt. {problem}",
            "{due} not delivered, given up after {attempts} attempts. {problem}",
            attempts,
        )
        return text.format(due=due, attempts=attempts, problem=problem)
    text = _("{due} not delivered yet, tried again from {again}. {problem}")
    return text.format(due=due, again=f"{run.open_at:%H:%M}", problem=problem)


def _remove(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    now = clock.now()

    def remove(connection: Connection) -> None:
        kept = _get(connection, arguments.number, lock=True)
        report_schedules.remove(connection, kept.id, now)
        _record(connection, now, "schedule.removed", kept.id, {"report": kept.schedule.report})

    database.commit(remove)
    _say(_("It makes itself no more; what was delivered stays."))
    return 0


def _run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    now = clock.now()
    with database.read() as connection:
        kept = _get(connection, arguments.number)
    opening = partial(report_schedules.open_run, number=kept.id, due=now, now=now)
    run = database.commit(opening)
    if run is None:
        raise InputError("schedule.at_work", number=kept.id)
    try:
        with watched() as errand:
            ended = carry_out(database, clock, run, kept.schedule, errand)
    except CancelledError as cancelled:
        # Or a server would take it for one whose maker has died, and deliver it all the same.
        give_up(database, clock, run, cancelled.code)
        raise
    _say(_tell(ended, kept.schedule))
    return 0 if ended.state is State.DONE else 1


def _get(connection: Connection, number: int, *, lock: bool = False) -> Kept:
    kept = report_schedules.find(connection, number, lock=lock)
    if kept is None:
        raise InputError("schedule.unknown", number=number)
    return kept


def _record(
    connection: Connection, at: datetime, action: str, number: int, detail: dict[str, str]
) -> None:
    entry = audit.Entry(at=at, actor="command", action=action, subject=str(number), detail=detail)
    audit.append(connection, entry)


def _where(target: Target) -> str:
    return target.folder or targets.host_of(target)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
