"""The office's own workbooks: looked through before they are kept, found by their name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from central.db import audit, report_schedules, report_templates
from central.db.engine import Connection
from clerk.contract.report_template import LARGEST_BYTES, ReportTemplate, TemplateFile
from clerk.errors import InputError
from clerk.rules.reports.parts import Report
from exports.workbook.own.fill import check_template

_LONGEST_NAME = 60
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


def read_template(report: Report, path: Path, name: str = "") -> tuple[str, bytes]:
    """The name and the bytes of a workbook that can be filled with a report.

    Raises InputError `template.…` for the first thing wrong with it, or `template.name`.
    """
    name = (name or path.stem).strip()
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable() or name.startswith("."):
        raise InputError("template.name", name=name, most=_LONGEST_NAME)
    if _NOT_IN_NAMES.intersection(name):
        raise InputError("template.name", name=name, most=_LONGEST_NAME)
    scan = check_template(path, report)
    if scan.faults:
        raise scan.faults[0]
    data = path.read_bytes()
    if len(data) > LARGEST_BYTES:
        raise InputError("template.too_large_to_keep", file=path.name, most=LARGEST_BYTES >> 20)
    return name, data


def keep(
    connection: Connection, report: Report, named: tuple[str, bytes], at: datetime
) -> ReportTemplate:
    """Keep one for all desks, in the place of what bore its name, with a record of it."""
    kept = report_templates.put(connection, report.key, *named, at)
    _record(connection, at, "report_template.saved", kept.report, kept.name, kept.sha256)
    return kept


def drop(connection: Connection, report: Report, name: str, at: datetime) -> None:
    """Keep one no more. Raises InputError where there is none, or a schedule needs it."""
    kept = get_template(connection, report, name).template
    needing = [
        str(one.id)
        for one in report_schedules.list_all(connection)
        if (one.schedule.report, one.schedule.template) == (kept.report, kept.name)
    ]
    if needing:
        raise InputError("template.scheduled", name=name, numbers=", ".join(needing))
    report_templates.remove(connection, kept.report, kept.name)
    _record(connection, at, "report_template.removed", kept.report, kept.name, kept.sha256)


def get_template(connection: Connection, report: Report, name: str) -> TemplateFile:
    """One that is kept. Raises InputError `template.not_kept`, which names those that are."""
    found = report_templates.find(connection, report.key, name)
    if found is None:
        known = [one.name for one in report_templates.list_all(connection, report.key)]
        raise InputError(
            "template.not_kept", name=name, report=report.key, known=", ".join(known) or "-"
        )
    return found


def _record(  # noqa: PLR0917 - what an entry is made of
    connection: Connection, at: datetime, action: str, report: str, name: str, sha256: str
) -> None:
    detail = {"name": name, "sha256": sha256}
    entry = audit.Entry(at=at, actor="command", action=action, subject=report, detail=detail)
    audit.append(connection, entry)
