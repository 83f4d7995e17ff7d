"""The desk's commands without a window: enroll, sync, doctor, report."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from clerk.contract.report import Period
from clerk.errand import Errand
from clerk.errors import InputError
from clerk.locale import _, _n
from clerk.locale.findings import tell_finding
from clerk.rules.reports.listing import get_report
from clerk.rules.reports.parts import Report
from clerk.watched import watched
from services.bootstrap import Desk, demand_enrolled, enrol_desk, open_desk
from services.doctor import Grade
from services.log_file import logging_of
from services.passphrase import ask_passphrase
from services.profile import get_profile
from services.report import Filled, Reports

PASSWORD_VARIABLE = "CLERK_PASSWORD"  # noqa: S105 - the name of a variable


class ReportAsked(NamedTuple):
    """Which report of which desk and days, in whose name, and where it is written."""

    profile: str
    key: str
    first: str
    last: str
    out: Path | None
    login: str
    detail: bool
    template: Path | None = None


def enroll(profile_name: str, address: str, code: str) -> int:
    """Make this desk known to central."""
    profile = get_profile(profile_name)
    enrolled = enrol_desk(profile, address=address, code=code, passphrase=ask_passphrase(profile))
    parts = (enrolled.centre, enrolled.window_name, enrolled.department_name)
    place = " ".join(part for part in parts if part) or _("Audit")
    _say(_("This desk is enrolled: {place}.").format(place=place))
    return 0


def sync(profile_name: str) -> int:
    """One round with central."""
    with opened(profile_name) as desk:
        with watched(cancelled="sync.cancelled") as errand:
            desk.sync.run_once(errand=errand)
        status = desk.sync.status()
    _say(
        _("Waiting: {waiting}, refused: {refused}, case numbers left: {numbers}.").format(
            waiting=status.waiting, refused=status.refused, numbers=status.numbers_left
        )
    )
    return 0


def export_outbox(profile_name: str, path: Path) -> int:
    """Seal what has no answer into a file."""
    with opened(profile_name) as desk, watched() as errand:
        count = desk.sealing.export(path, errand)
    _say(
        _n("{count} act is sealed in {path}.", "{count} acts are sealed in {path}.", count).format(
            count=count, path=path
        )
    )
    _say(_("Take it to central: clerk-central outbox import FILE ANSWERS."))
    return 0


def take_answers(profile_name: str, path: Path) -> int:
    """Take central's answers back from a file."""
    with opened(profile_name) as desk:
        count = desk.sealing.take_answers(path)
    _say(
        _n("{count} answer was taken in.", "{count} answers were taken in.", count).format(
            count=count
        )
    )
    return 0


def doctor(profile_name: str) -> int:
    """Tell every finding; the exit status is 1 where something is broken."""
    with opened(profile_name) as desk, watched() as errand:
        findings = desk.doctor.examine(errand)
    for one in findings:
        _say(f"{_MARKS[one.grade]} {tell_finding(one.code, one.parameters)}")
    return int(any(one.grade is Grade.WRONG for one in findings))


def report(asked: ReportAsked) -> int:
    """Write the workbook of a report, or the rows behind it alone."""
    wanted, period = get_report(asked.key), read_period(asked.first, asked.last)
    with opened(asked.profile) as desk:
        desk.session.sign_in(asked.login, _password())
        with watched() as errand:
            written = _write(desk.reports, asked, wanted, period, errand)
    _say("\n".join((*written.told, _("The workbook is at {path}").format(path=written.path))))
    return 0


def _write(
    reports: Reports, asked: ReportAsked, wanted: Report, period: Period, errand: Errand
) -> Filled:
    """The workbook of this path, else the one that central keeps under this name, else ours."""
    named, out = asked.template, asked.out
    if named is None:
        export = reports.export_detail if asked.detail else reports.export
        return Filled(export(period, out, report=wanted, errand=errand), ())
    if named.exists() or len(named.parts) > 1 or named.suffix:
        return reports.export_own(period, named, out, report=wanted, errand=errand)
    return reports.export_kept(period, str(named), out, report=wanted, errand=errand)


def check_template(key: str, template: Path) -> int:
    """Tell what the office's own workbook asks for; the exit status is 1 where it is wrong."""
    from exports.workbook.own.fill import check_template as check
    from exports.workbook.own.writing import tell_scan

    scan = check(template, get_report(key))
    _say("\n".join(tell_scan(scan)))
    return int(bool(scan.faults))


@contextmanager
def opened(profile_name: str) -> Iterator[Desk]:
    """The desk of a profile, closed again."""
    profile = get_profile(profile_name)
    demand_enrolled(profile)
    passphrase = ask_passphrase(profile)
    with logging_of(profile):
        desk = open_desk(profile, passphrase=passphrase)
        try:
            yield desk
        finally:
            desk.close()


def _password() -> str:
    """The password from the environment, for a scheduled report, else typed."""
    return os.environ.get(PASSWORD_VARIABLE) or getpass.getpass(_("Password: "))


def read_period(first: str, last: str) -> Period:
    """A period from two days as they were typed. Raises InputError `report.dates`."""
    try:
        days = (date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise InputError("report.dates", first=first, last=last) from None
    if days[0] > days[1]:
        raise InputError("report.dates", first=first, last=last)
    return Period(*days)


_MARKS = {Grade.WELL: "✓", Grade.WARNING: "!", Grade.WRONG: "✗"}


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
