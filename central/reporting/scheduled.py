"""Making one report that is due and bringing it where it belongs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from central.db import audit, report_schedules
from central.db.engine import Connection, Database
from central.db.report_schedules import MOST_ATTEMPTS, Run, Schedule
from central.reporting import pages, placing, templates, webhook
from central.reporting.command import open_facts
from clerk.clock import Clock
from clerk.contract.user import CLOCK_ACTOR
from clerk.errand import Errand, Phase
from clerk.errors import ClerkError, InputError, StoreError
from clerk.rules.reports.listing import get_report
from clerk.rules.reports.schedule import period_of
from exports.workbook.own.laying import laid_out
from exports.workbook.own.writing import write_own
from exports.workbook.report import Order, write_report

_SIGN_EVERY = timedelta(minutes=1)


def carry_out(
    database: Database, clock: Clock, run: Run, schedule: Schedule, errand: Errand | None = None
) -> Run:
    """Make a run that this process holds, and write down what became of it.

    Whoever waits for it follows it by an errand.
    """
    try:
        files = _deliver(run, schedule, _Held(database, clock, run, errand or Errand()))
    except ClerkError as error:
        last = run.attempts >= MOST_ATTEMPTS
        return _note_failure(database, clock, run, error, last=last)
    return _note_end(database, clock, run, files)


def give_up(database: Database, clock: Clock, run: Run, problem: str) -> Run:
    """End one that nobody will try again."""
    return _note_failure(database, clock, run, StoreError(problem), last=True)


class _Held(Errand):
    """Work that gives a sign of life now and then, and stops once another process has it."""

    def __init__(self, database: Database, clock: Clock, run: Run, awaited: Errand) -> None:
        super().__init__()
        self.database, self.clock, self._run = database, clock, run
        self._awaited = awaited
        self._told_at = clock.now()

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        """Say how far it is, to the database and to whoever waits too. Raises CancelledError."""
        self._awaited.tell(phase, done, total)
        now = self.clock.now()
        if now - self._told_at >= _SIGN_EVERY:
            self._told_at = now
            holding = partial(report_schedules.hold, run=self._run, now=now)
            if not self.database.commit(holding):
                self.cancel()
        super().tell(phase, done, total)

    def make_sure(self) -> None:
        """Ask everybody for the last time. Raises CancelledError."""
        self._awaited.make_sure()
        super().make_sure()


def _deliver(run: Run, schedule: Schedule, held: _Held) -> tuple[str, ...]:
    stem, write = _stem(run, schedule), partial(_write, run, schedule, held)
    if not schedule.target.folder:
        with tempfile.TemporaryDirectory(prefix="clerk-report-") as rough:
            files = write(Path(rough) / f"{stem}.xlsx")
            _send_all(held.clock, run, schedule, files)
        return tuple(one.name for one in files)
    folder = Path(schedule.target.folder)
    if not folder.is_dir():
        raise StoreError("schedule.folder", folder=str(folder))
    try:
        return _place(folder, stem, write, again=run.attempts > 1)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise StoreError("schedule.folder_closed", folder=str(folder), reason=reason) from error


def _place(
    folder: Path, stem: str, write: Callable[[Path], tuple[Path, ...]], *, again: bool
) -> tuple[str, ...]:
    if again and (folder / f"{stem}.xlsx").exists():
        # Whoever tried before died after it had put the file there.
        return (f"{stem}.xlsx",)
    # In the folder itself: a name is given at once within one file system only.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".clerk-report-") as rough:
        files = write(Path(rough) / placing.free_name(folder, stem).name)
        return tuple(one.name for one in placing.place_all(files, folder))


def _stem(run: Run, schedule: Schedule) -> str:
    period = period_of(schedule.span, run.due_at)
    moment = f"{run.due_at:%Y%m%d-%H%M%S}"
    kind = f"-{schedule.template}" if schedule.template else ""
    return f"report-{schedule.report}{kind}-{period.first}-{period.last}-{moment}-{run.schedule}"


def _write(run: Run, schedule: Schedule, held: _Held, path: Path) -> tuple[Path, ...]:
    report, period = get_report(schedule.report), period_of(schedule.span, run.due_at)
    wanted = pages.Wanted(report=report, period=period, user=schedule.user)
    facts = open_facts(held.database, held.clock, wanted, held)
    order = Order(report=report, period=period, made_at=facts.made_at, language=schedule.language)
    if not schedule.template:
        return write_report(order, facts, path, held)
    with held.database.read() as connection:
        kept = templates.get_template(connection, report, schedule.template)
    try:
        with laid_out(kept) as template:
            write_own(order, facts, path, held, template=template, office=facts.office)
    except InputError as error:
        # It was looked through when it was kept: a later version counts other things.
        raise StoreError("schedule.template", reason=schedule.template) from error
    return (path,)


def _send_all(clock: Clock, run: Run, schedule: Schedule, files: Sequence[Path]) -> None:
    for n, path in enumerate(files, 1):
        name = f"{run.schedule}-{run.due_at:%Y%m%dT%H%M%S}-{n}"
        webhook.send(schedule.target, webhook.Parcel(id=name, path=path, made_at=clock.now()))


def _note_end(database: Database, clock: Clock, run: Run, files: Sequence[str]) -> Run:
    now = clock.now()

    def note(connection: Connection) -> Run:
        if report_schedules.end(connection, run, now, files):
            audit.append(connection, _entry(run, now, "report.delivered"))
        return report_schedules.get_run(connection, run)

    return database.commit(note)


def _note_failure(
    database: Database, clock: Clock, run: Run, error: ClerkError, *, last: bool
) -> Run:
    now, reason = clock.now(), str(error.parameters.get("reason", ""))

    def note(connection: Connection) -> Run:
        failed = report_schedules.fail(connection, run, now, error.code, reason, last=last)
        if failed is not None and last:
            audit.append(connection, _entry(failed, now, "report.not_delivered"))
        return report_schedules.get_run(connection, run)

    return database.commit(note)


def _entry(run: Run, now: datetime, action: str) -> audit.Entry:
    detail = {"due": run.due_at.isoformat(), "attempts": str(run.attempts)}
    if run.problem:
        detail["problem"] = run.problem
    return audit.Entry(
        at=now, actor=CLOCK_ACTOR.user, action=action, subject=str(run.schedule), detail=detail
    )
