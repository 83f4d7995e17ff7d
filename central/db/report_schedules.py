"""Reports that make themselves: when, where to, and what became of each due time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Row, func, select, update

from central.db import dialect
from central.db.engine import Connection
from central.db.schedule_schema import report_runs, report_schedules
from clerk.decoding import decode
from clerk.rules.reports.schedule import Span, Timing

MOST_ATTEMPTS = 5
RESTS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long is waited after each attempt that failed, until the last one."""
HELD = timedelta(minutes=10)
"""How long after its last sign of life a process is taken for dead."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where to: a folder, or a webhook and where its secret lies (env:NAME or file:PATH)."""

    folder: str = ""
    url: str = ""
    secret: str = ""

    def __repr__(self) -> str:
        """Without the address: what follows its host may be a key."""
        return f"Target({'folder' if self.folder else 'webhook'})"


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """One report that makes itself; `user` is whose own work it tells.

    `template` is the office's own workbook that it is filled into, by its name.
    """

    report: str
    span: Span
    timing: Timing
    language: str
    target: Target
    user: str = ""
    template: str = ""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A schedule under its number, and since when what is due is still to be made."""

    id: int
    since: datetime
    schedule: Schedule


class State(StrEnum):
    """How far a run is. One that waits or is at work is tried again once `open_at` has come."""

    WORKING = "working"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One due time. `attempts` tells apart whoever holds it from whoever held it before."""

    schedule: int
    due_at: datetime
    state: State
    attempts: int
    open_at: datetime
    ended_at: datetime | None = None
    problem: str = ""
    reason: str = ""
    files: str = ""


def add(connection: Connection, schedule: Schedule, at: datetime) -> int:
    """Keep one from now on; its number, which is never given twice."""
    last = connection.execute(select(func.max(report_schedules.c.id))).scalar()
    number = (last or 0) + 1
    row = {"id": number, "added_at": at, "since": at, "body": msgspec.json.encode(schedule)}
    connection.execute(report_schedules.insert().values(**row))
    return number


def list_all(connection: Connection) -> tuple[Kept, ...]:
    """Those that are in force, by number."""
    found = select(report_schedules).where(report_schedules.c.removed_at.is_(None))
    rows = connection.execute(found.order_by(report_schedules.c.id))
    return tuple(_read_kept(row) for row in rows)


def find(connection: Connection, number: int, *, lock: bool = False) -> Kept | None:
    """One that is in force, kept from others on demand."""
    found = select(report_schedules).where(
        report_schedules.c.id == number, report_schedules.c.removed_at.is_(None)
    )
    row = connection.execute(found.with_for_update() if lock else found).one_or_none()
    return _read_kept(row) if row else None


def remove(connection: Connection, number: int, at: datetime) -> None:
    """Let one rest for good, and drop what was still to be tried again."""
    mine = report_schedules.c.id == number
    connection.execute(update(report_schedules).where(mine).values(removed_at=at))
    waiting = (report_runs.c.schedule == number) & (report_runs.c.state == State.WAITING.value)
    values = {"state": State.FAILED.value, "ended_at": at, "problem": "schedule.removed"}
    connection.execute(update(report_runs).where(waiting).values(**values))


def begin(connection: Connection, kept: Kept, due: datetime, now: datetime) -> Run | None:
    """Take a due time; None where another process was faster, or it is out of force."""
    known = find(connection, kept.id, lock=True)
    if known is None or due <= known.since:
        return None
    connection.execute(
        update(report_schedules).where(report_schedules.c.id == kept.id).values(since=due)
    )
    return open_run(connection, kept.id, due, now)


def open_run(connection: Connection, number: int, due: datetime, now: datetime) -> Run | None:
    """Write down that one is being made; None where it is already."""
    run = Run(schedule=number, due_at=due, state=State.WORKING, attempts=1, open_at=now + HELD)
    row = {**msgspec.structs.asdict(run), "state": run.state.value}
    return run if dialect.add_unless_there(connection, report_runs, row) else None


def list_open(connection: Connection, now: datetime) -> tuple[Run, ...]:
    """Those that may be tried again: after a rest, or after whoever held them has died."""
    unfinished = (State.WORKING.value, State.WAITING.value)
    found = select(report_runs).where(
        report_runs.c.state.in_(unfinished), report_runs.c.open_at <= now
    )
    rows = connection.execute(found.order_by(report_runs.c.due_at, report_runs.c.schedule))
    return tuple(_read_run(row) for row in rows)


def take(connection: Connection, run: Run, now: datetime) -> Run | None:
    """Try one again; None where another process was faster."""
    mine = msgspec.structs.replace(
        run, state=State.WORKING, attempts=run.attempts + 1, open_at=now + HELD
    )
    return mine if _change(connection, run, mine) else None


def hold(connection: Connection, run: Run, now: datetime) -> bool:
    """Give a sign of life; False where another process has taken it over."""
    return _change(connection, run, msgspec.structs.replace(run, open_at=now + HELD))


def end(connection: Connection, run: Run, now: datetime, files: Sequence[str]) -> bool:
    """It is where it belongs."""
    told = {
        "state": State.DONE,
        "ended_at": now,
        "problem": "",
        "reason": "",
        "files": "\n".join(files),
    }
    return _change(connection, run, msgspec.structs.replace(run, **told))


def fail(
    connection: Connection, run: Run, now: datetime, problem: str, reason: str, *, last: bool
) -> Run | None:
    """It did not work: it waits, or after the last attempt it has failed for good.

    None where another process has taken it over.
    """
    told = msgspec.structs.replace(
        run,
        state=State.FAILED if last else State.WAITING,
        ended_at=now,
        problem=problem,
        reason=reason,
        open_at=now if last else now + RESTS[run.attempts - 1],
    )
    return told if _change(connection, run, told) else None


def get_run(connection: Connection, run: Run) -> Run:
    """A run as it stands now."""
    mine = (report_runs.c.schedule == run.schedule) & (report_runs.c.due_at == run.due_at)
    return _read_run(connection.execute(select(report_runs).where(mine)).one())


def find_last_run(connection: Connection, number: int) -> Run | None:
    """What became of the newest due time."""
    mine = select(report_runs).where(report_runs.c.schedule == number)
    row = connection.execute(mine.order_by(report_runs.c.due_at.desc()).limit(1)).one_or_none()
    return _read_run(row) if row else None


def _change(connection: Connection, before: Run, after: Run) -> bool:
    """Change a run that is still as it was; the holder alone knows its number of attempts."""
    same = (
        (report_runs.c.schedule == before.schedule)
        & (report_runs.c.due_at == before.due_at)
        & (report_runs.c.state == before.state.value)
        & (report_runs.c.attempts == before.attempts)
    )
    values = {**msgspec.structs.asdict(after), "state": after.state.value}
    return connection.execute(update(report_runs).where(same).values(**values)).rowcount == 1


def _read_kept(row: Row[Any]) -> Kept:
    schedule = decode(row.body, Schedule)
    return Kept(id=row.id, since=row.since, schedule=schedule)


def _read_run(row: Row[Any]) -> Run:
    told = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way, despite its name
    return Run(**{**told, "state": State(row.state)})
