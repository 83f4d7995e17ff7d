"""What an import tells a person: how far it is, how long it takes, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from central.imports.loading import Standing
from central.imports.report import ImportReport, RowNote
from clerk.clock import Clock
from clerk.locale import _, _n
from clerk.locale.problems import tell

SHOWN = 20
"""How many refused rows are shown; all are in the file of errors."""
TELL_EVERY_MS = 2000
_MINUTE_S = 60
_HOUR_S = 3600


class Pace:
    """Tells every few seconds how far a load is, and from its own pace how long it will take."""

    def __init__(self, clock: Clock, say: Callable[[str], None]) -> None:
        """Take the time from this clock, from now on."""
        self._clock, self._say = clock, say
        self._began_ms = self._told_ms = clock.monotonic_ms()
        self._began_at: float | None = None

    def hear(self, standing: Standing) -> None:
        """A batch is written. Where an earlier load was taken up, only what came since counts."""
        now_ms = self._clock.monotonic_ms()
        if self._began_at is None:
            self._began_ms, self._began_at = now_ms, standing.share
        if now_ms - self._told_ms < TELL_EVERY_MS:
            return
        self._told_ms = now_ms
        rows, percent = standing.rows, int(standing.share * 100)
        gone, share = now_ms - self._began_ms, standing.share - self._began_at
        if share <= 0:
            self._say(_("{rows} rows, {percent} %").format(rows=rows, percent=percent))
            return
        left = say_duration(gone * (1 - standing.share) / share / 1000)
        text = _("{rows} rows, {percent} %, about {left} left")
        self._say(text.format(rows=rows, percent=percent, left=left))


def say_duration(seconds: float) -> str:
    """A time to wait, as exactly as it matters."""
    if seconds < _MINUTE_S:
        return _("{seconds} s").format(seconds=max(1, round(seconds)))
    if seconds < _HOUR_S:
        return _("{minutes} min").format(minutes=round(seconds / _MINUTE_S))
    hours, minutes = divmod(round(seconds / _MINUTE_S), 60)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def account(report: ImportReport, name: str) -> list[str]:
    """The report in lines for a person."""
    lines = [
        _(
            "{file}: rows read: {read}; {added} new, {changed} changed, {unchanged} unchanged,"
            " {refused} refused."
        ).format(
            file=name,
            read=report.read,
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
            refused=report.refused_count,
        )
    ]
    if not report.applied:
        lines.append(_("Nothing was imported, because rows were refused (--strict)."))
    if report.versions:
        text = _("New versions of items: {versions}, new departments: {departments}.")
        lines.append(text.format(versions=report.versions, departments=report.departments))
    if report.waiting:
        text = _n(
            "{waiting} row is kept and waits for its item.",
            "{waiting} rows are kept and wait for their items.",
            report.waiting,
        )
        lines.append(text.format(waiting=report.waiting))
    return lines + _refused_lines(report) + _warning_lines(report)


def _refused_lines(report: ImportReport) -> list[str]:
    lines = [_place(note) + _say_note(note) for note in report.refused[:SHOWN]]
    more = report.refused_count - len(lines)
    if lines and more > 0:
        lines.append(
            _n(
                "... and {more} more refusal, in the file of notes.",
                "... and {more} more refusals, in the file of notes.",
                more,
            ).format(more=more)
        )
    return lines


def _warning_lines(report: ImportReport) -> list[str]:
    """One line for each kind of warning: how often, and the first of them."""
    counts = Counter(note.code for note in report.warnings)
    first = {note.code: note for note in reversed(report.warnings)}
    text = _("Warning (×{count}), first in {place}{sentence}")
    return [
        text.format(count=count, place=_place(first[code]), sentence=_say_note(first[code]))
        for code, count in counts.most_common()
    ]


def _place(note: RowNote) -> str:
    where = _("row {row}: ") if not note.column else _("row {row}, column {column}: ")
    told = where.format(row=note.row, column=note.column)
    return _("{file}, {place}").format(file=note.file, place=told) if note.file else told


def _say_note(note: RowNote) -> str:
    return str(tell(note.code, note.parameters))
