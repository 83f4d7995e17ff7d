"""The calls of reports: the facts behind them, page by page; encoding is the edge's."""

from __future__ import annotations

from central import access
from central.db import report_templates
from central.db.engine import Connection
from central.http.asked import Asked
from central.reporting import pages, templates
from central.service import Central
from clerk.contract.report import CaseFact, FactPage
from clerk.contract.report_template import ReportTemplate, TemplateFile
from clerk.contract.user import Role
from clerk.rules.reports.listing import WORKLOAD, get_report
from clerk.rules.reports.parts import Report


def list_facts(central: Central, asked: Asked) -> FactPage:
    """One page of the facts behind a report."""
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
        report = get_report(asked.query.get("report", ""))
        access.demand_role(caller.user, report.roles)
        period = pages.read_period(asked.query.get("since", ""), asked.query.get("until", ""))
        wanted = pages.Wanted(
            report=report,
            period=period,
            user=caller.user.id,
            department=caller.user.department,
            clerks=caller.user.has(Role.MANAGER),
        )
        return pages.read_page(connection, wanted, central.clock, asked.query.get("after", ""))


def list_templates(central: Central, asked: Asked) -> tuple[ReportTemplate, ...]:
    """The office's own workbooks for a report, for whoever may make it."""
    with central.database.read() as connection:
        report = _demand_report(connection, asked)
        return report_templates.list_all(connection, report.key)


def get_template(central: Central, asked: Asked) -> TemplateFile:
    """One of them, whole."""
    with central.database.read() as connection:
        report = _demand_report(connection, asked)
        return templates.get_template(connection, report, asked.query.get("name", ""))


def _demand_report(connection: Connection, asked: Asked) -> Report:
    caller = asked.get_caller(connection)
    report = get_report(asked.query.get("report", ""))
    access.demand_role(caller.user, report.roles)
    return report


def list_cases(central: Central, asked: Asked) -> tuple[CaseFact, ...]:
    """All cases of a period at once, as desks of the version before ask for them."""
    period = pages.read_period(asked.query.get("since", ""), asked.query.get("until", ""))
    found: list[CaseFact] = []
    with central.database.read() as connection:
        access.demand_role(asked.get_caller(connection).user, WORKLOAD.roles)
        wanted, after = pages.Wanted(report=WORKLOAD, period=period), ""
        while True:
            page = pages.read_page(connection, wanted, central.clock, after)
            found += page.cases
            after = page.next
            if not after:
                return tuple(sorted(found, key=lambda fact: fact.number))
