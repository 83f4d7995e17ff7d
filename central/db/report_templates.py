"""The office's own workbooks as they are kept, by report and name."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete, select

from central.db import dialect
from central.db.engine import Connection
from central.db.schedule_schema import report_templates
from clerk.contract.report_template import ReportTemplate, TemplateFile

_TOLD = (report_templates.c.report, report_templates.c.name, report_templates.c.saved_at,
         report_templates.c.sha256, report_templates.c.size)  # fmt: skip


def put(
    connection: Connection, report: str, name: str, data: bytes, at: datetime
) -> ReportTemplate:
    """Keep one, in the place of what bore its name."""
    digest = hashlib.sha256(data).hexdigest()
    kept = ReportTemplate(report=report, name=name, saved_at=at, sha256=digest, size=len(data))
    row = {"report": report, "name": name, "saved_at": at, "sha256": digest, "size": len(data)}
    dialect.put(connection, report_templates, {**row, "body": data})
    return kept


def list_all(connection: Connection, report: str = "") -> tuple[ReportTemplate, ...]:
    """Those of a report, or all of them; without the workbooks themselves."""
    found = select(*_TOLD).order_by(report_templates.c.report, report_templates.c.name)
    if report:
        found = found.where(report_templates.c.report == report)
    return tuple(ReportTemplate(*row) for row in connection.execute(found))


def find(connection: Connection, report: str, name: str) -> TemplateFile | None:
    """One with its workbook."""
    mine = (report_templates.c.report == report) & (report_templates.c.name == name)
    row = connection.execute(select(*_TOLD, report_templates.c.body).where(mine)).one_or_none()
    return TemplateFile(template=ReportTemplate(*row[:-1]), data=row[-1]) if row else None


def remove(connection: Connection, report: str, name: str) -> bool:
    """Keep one no more; False where there was none."""
    mine = (report_templates.c.report == report) & (report_templates.c.name == name)
    return connection.execute(delete(report_templates).where(mine)).rowcount == 1
