"""The calls of reports."""

from __future__ import annotations

from central.http import report_calls
from central.http.endpoint import OF_PERSON, Endpoint
from clerk.contract.report import CaseFact, FactPage
from clerk.contract.report_template import ReportTemplate, TemplateFile

REPORT_ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/reports/cases",
        gives=tuple[CaseFact, ...],
        handler=report_calls.list_cases,
        codes=(*OF_PERSON, "report.period", "calendar.none"),
        query=("since", "until"),
    ),
    Endpoint(
        method="GET",
        path="/reports/facts",
        gives=FactPage,
        handler=report_calls.list_facts,
        codes=(*OF_PERSON, "report.unknown", "report.period", "calendar.none"),
        query=("report", "since", "until", "after"),
    ),
    Endpoint(
        method="GET",
        path="/reports/templates",
        gives=tuple[ReportTemplate, ...],
        handler=report_calls.list_templates,
        codes=(*OF_PERSON, "report.unknown"),
        query=("report",),
    ),
    Endpoint(
        method="GET",
        path="/reports/template",
        gives=TemplateFile,
        handler=report_calls.get_template,
        codes=(*OF_PERSON, "report.unknown", "template.not_kept"),
        query=("report", "name"),
    ),
)
