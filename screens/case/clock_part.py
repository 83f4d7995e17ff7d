"""The clock of a case explained on its page: each limit as a bar, and what did not count."""

from __future__ import annotations

from collections import Counter
from datetime import date

from textual.content import Content

from clerk.locale import _, _n, listed
from clerk.rules.case import Case, Context
from clerk.rules.case.explaining import Explained, explain_case
from clerk.rules.clock import DayReason
from screens.explain.words import name_clock
from screens.lights import name_day
from screens.words import name_limit

_WIDTH = 24
_GONE, _LEFT = "█", "░"


def clocks(case: Case, context: Context, *, plain: bool = False) -> Content:
    """Every limit that ran for the case; Enter tells it day by day. Plain, without bars."""
    explained = explain_case(case, context.calendar, context.now)
    if not explained:
        return Content("")
    lines = [line for one in explained for line in _limit(one, context.today, plain=plain)]
    hint = Content.styled(_("Enter: day by day, and until any day"), "$text-muted")
    return Content("\n").join([*lines, hint])


def _limit(one: Explained, today: date, *, plain: bool) -> list[Content]:
    due = name_day(one.deadline.due_on)
    sign = "≈" if one.deadline.forecast else ""
    head = Content.assemble(
        (name_clock(one.kind), "bold"),
        f" · {name_limit(one.limit)}  ",
        (f"{name_day(one.started_on)} → {sign}{due}", "$text-muted"),
    )
    lines = [head]
    total, used = one.limit.amount, _used(one, today)
    if total and used is not None:
        told = _gone(min(used, total), total, one)
        lines.append(Content(f"  {told}") if plain else _bar(min(used, total), total, one, told))
    skipped = _skipped(one, today)
    if skipped:
        lines.append(Content.styled(f"  {skipped}", "$text-muted"))
    return lines


def _bar(used: int, total: int, one: Explained, told: str) -> Content:
    """How much of the limit is gone: in a shape, and in numbers beside it."""
    gone, overdue = round(_WIDTH * used / total), one.deadline.overdue
    tone = "$text-error" if overdue else "$text-success" if used < total else "$text-warning"
    return Content.assemble(
        "  ", (_GONE * gone, tone), (_LEFT * (_WIDTH - gone), "$text-muted"), f" {told}"
    )


def _gone(used: int, total: int, one: Explained) -> str:
    told = _("day {used} of {total}").format(used=used, total=total)
    if one.deadline.overdue:
        told = _("{told}, overdue").format(told=told)
    if one.finished_on is not None:
        told = _("{told}, ended on {day}").format(told=told, day=name_day(one.finished_on))
    return told


def _used(one: Explained, today: date) -> int | None:
    """Counted days until today; nothing where the limit is one of hours."""
    if any(day.minutes is not None for day in one.days):
        return None
    return max((day.nth or 0 for day in one.days if day.day <= today), default=0)


def _skipped(one: Explained, today: date) -> str:
    """The days until today that did not count, by their reasons."""
    why = Counter(day.reason for day in one.days if day.day <= today and not day.counted)
    weekends, holidays = why[DayReason.WEEKEND], why[DayReason.HOLIDAY]
    texts = {
        DayReason.WEEKEND: _n("{count} at a weekend", "{count} at weekends", weekends),
        DayReason.HOLIDAY: _n("{count} holiday", "{count} holidays", holidays),
        DayReason.STOPPED: _("{count} while the clock stood still"),
    }
    told = [text.format(count=why[reason]) for reason, text in texts.items() if why[reason]]
    return _("not counted: {days}").format(days=listed(told)) if told else ""
