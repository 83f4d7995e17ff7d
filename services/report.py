"""Reports: facts from central, figures by the rules, a workbook over them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clerk.contract.report import CaseFact, FactPage, Period
from clerk.contract.report_template import ReportTemplate, TemplateFile
from clerk.errand import Errand
from clerk.errors import StoreError
from clerk.locale import language
from clerk.rules.daily import Day, daily
from clerk.rules.reports.counting import Tally, tally
from clerk.rules.reports.listing import REPORTS, WORKLOAD
from clerk.rules.reports.paging import Facts
from clerk.rules.reports.parts import Report, seen_by
from services.client import Call
from services.line import Line
from services.profile import Profile
from services.session import Session

if TYPE_CHECKING:
    from exports.workbook.report import Order

_ANSWER_S = 60.0


class Summary(NamedTuple):
    """What the screen shows of a report; days are told where it is over cases."""

    report: Report
    tally: Tally
    days: tuple[Day, ...]


class Filled(NamedTuple):
    """Where the office's own workbook lies, and lines about what it asked for in vain."""

    path: Path
    told: tuple[str, ...]


class Reports:
    """Reports on a period; central is asked each time."""

    def __init__(self, profile: Profile, line: Line, session: Session) -> None:
        """Ask in the name of whoever is signed in."""
        self._folder = profile.reports
        self._line = line
        self._session = session

    def offered(self) -> tuple[Report, ...]:
        """The reports that whoever is signed in may see, with what of each is for them."""
        user = self._session.user
        roles = frozenset(user.roles) if user else frozenset()
        offered = (one for one in REPORTS.values() if roles.intersection(one.roles))
        return tuple(seen_by(one, roles) for one in offered)

    def facts(self, report: Report, period: Period, errand: Errand | None = None) -> Facts:
        """The facts behind a report, fetched while they are read."""
        ask = partial(self._ask, report, period)
        return Facts(report.subject.key, ask, errand or Errand())

    def figures(self, period: Period, report: Report = WORKLOAD) -> Tally:
        """The figures of a report."""
        return self.summary(report, period).tally

    def summary(self, report: Report, period: Period, errand: Errand | None = None) -> Summary:
        """The figures, and what came in and was decided on each day."""
        coming = self.facts(report, period, errand)
        known = tuple(coming)
        cases = [one for one in known if isinstance(one, CaseFact)]
        days = daily(cases, period) if cases and not report.only else ()
        return Summary(report, tally(report, known, period, coming.made_at), days)

    def export(
        self,
        period: Period,
        path: Path | None = None,
        *,
        report: Report = WORKLOAD,
        errand: Errand | None = None,
    ) -> Path:
        """Write the workbook, by default into the profile's folder of reports.

        Called off, it leaves no file. Raises StoreError `report.not_written`, and CancelledError.
        """
        from exports.workbook.report import write_report

        return self._write(report, period, path, errand, write_report)

    def export_detail(
        self,
        period: Period,
        path: Path | None = None,
        *,
        report: Report = WORKLOAD,
        errand: Errand | None = None,
    ) -> Path:
        """Write the rows behind the figures alone, however many; as `export` in all else."""
        from exports.workbook.report import write_detail

        return self._write(report, period, path, errand, write_detail, "-detail")

    def templates(self, report: Report) -> tuple[ReportTemplate, ...]:
        """The office's own workbooks that central keeps for a report."""
        query = {"report": report.key}
        call = Call(path="/reports/templates", method="GET", query=query, answer_s=_ANSWER_S)
        return self._line.ask(call, tuple[ReportTemplate, ...], self._session.get_token())

    def export_kept(
        self,
        period: Period,
        name: str,
        path: Path | None = None,
        *,
        report: Report = WORKLOAD,
        errand: Errand | None = None,
    ) -> Filled:
        """Fill a workbook that central keeps, by its name; as `export_own` in all else."""
        from exports.workbook.own.laying import laid_out

        query = {"report": report.key, "name": name}
        call = Call(path="/reports/template", method="GET", query=query, answer_s=_ANSWER_S)
        kept = self._line.ask(call, TemplateFile, self._session.get_token())
        with laid_out(kept) as template:
            return self.export_own(period, template, path, report=report, errand=errand)

    def export_own(
        self,
        period: Period,
        template: Path,
        path: Path | None = None,
        *,
        report: Report = WORKLOAD,
        errand: Errand | None = None,
    ) -> Filled:
        """Fill the office's own workbook; as `export` in all else.

        Raises InputError `template.…` where it asks for what the report does not have.
        """
        from exports.workbook.own.writing import tell_lacking, write_own

        lines: list[str] = []

        def write(order: Order, facts: Facts, out: Path, errand: Errand) -> None:
            lacking = write_own(order, facts, out, errand, template=template, office=facts.office)
            lines.extend(tell_lacking(lacking))

        out = self._write(report, period, path, errand, write, f"-{template.stem}")
        return Filled(out, tuple(lines))

    def _write(  # noqa: PLR0917 - what a file of a report is made of
        self,
        report: Report,
        period: Period,
        path: Path | None,
        errand: Errand | None,
        write: Callable[..., object],
        kind: str = "",
    ) -> Path:
        from exports.workbook.report import Order

        errand = errand or Errand()
        facts = self.facts(report, period, errand)
        days = f"{period.first}-{period.last}"
        path = path or self._folder / f"report-{report.key}{kind}-{days}.xlsx"
        order = Order(report=report, period=period, made_at=facts.made_at, language=language())
        try:
            write(order, facts, path, errand)
        except OSError as error:
            raise StoreError("report.not_written", path=str(path)) from error
        return path

    def _ask(self, report: Report, period: Period, after: str) -> FactPage:
        call = Call(
            path="/reports/facts",
            method="GET",
            query={
                "report": report.key,
                "since": period.first.isoformat(),
                "until": period.last.isoformat(),
                "after": after,
            },
            answer_s=_ANSWER_S,
        )
        return self._line.ask(call, FactPage, self._session.get_token())
