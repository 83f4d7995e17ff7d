"""The manager's report: facts from central, figures by the rules, a workbook over them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from clerk.clock import Clock
from clerk.contract.report import CaseFact, Period
from clerk.errand import Errand, Phase
from clerk.errors import StoreError
from clerk.files import write_atomic
from clerk.locale import language
from clerk.rules.daily import Day, daily
from clerk.rules.figures import Tally, tally
from services.client import Call
from services.line import Line
from services.profile import Profile
from services.session import Session

_ANSWER_S = 60.0


class Summary(NamedTuple):
    """What the screen shows of a period."""

    tally: Tally
    days: tuple[Day, ...]


class Report:
    """Reports on a period; central is asked each time."""

    def __init__(self, profile: Profile, line: Line, session: Session, clock: Clock) -> None:
        """Ask in the name of whoever is signed in."""
        self._folder = profile.reports
        self._line = line
        self._session = session
        self._clock = clock

    def facts(self, period: Period) -> tuple[CaseFact, ...]:
        """The cases of a period, without anybody's name."""
        call = Call(
            path="/reports/cases",
            method="GET",
            query={"since": period.first.isoformat(), "until": period.last.isoformat()},
            answer_s=_ANSWER_S,
        )
        return self._line.ask(call, tuple[CaseFact, ...], self._session.get_token())

    def figures(self, period: Period) -> Tally:
        """The figures by department and by window."""
        return tally(self.facts(period), period, self._clock.now())

    def summary(self, period: Period) -> Summary:
        """The figures, and what came in and was decided on each day."""
        facts = self.facts(period)
        return Summary(tally(facts, period, self._clock.now()), daily(facts, period))

    def export(
        self, period: Period, path: Path | None = None, *, errand: Errand | None = None
    ) -> Path:
        """Write the workbook, by default into the profile's folder of reports.

        Called off, it leaves no file. Raises StoreError `report.not_written`, and CancelledError.
        """
        from exports.workbook.report import manager_workbook

        errand = errand or Errand()
        errand.tell(Phase.FETCHING)
        facts = self.facts(period)
        path = path or self._folder / f"report-{period.first}-{period.last}.xlsx"
        book = manager_workbook(facts, period, self._clock.now(), language(), errand)
        errand.make_sure()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomic(path, book)
        except OSError as error:
            raise StoreError("report.not_written", path=str(path)) from error
        return path
