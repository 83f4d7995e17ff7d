"""What the page of a case says of its clock: what stops it, what waits for an approval."""

from __future__ import annotations

from textual.content import Content

from clerk.locale import _
from clerk.rules.case import Case, Context
from clerk.rules.case.proposing import Seat, seat_for
from clerk.rules.case.standing import last_planned_day, standing_stops
from screens.lights import name_day
from screens.plans import tell_plan, with_hearing
from screens.widgets.facts import Fact
from screens.words import word


def stops(case: Case, context: Context) -> list[Fact]:
    """Each special procedure that stops the clock, and until when."""
    facts = []
    for stop in standing_stops(case, context):
        last = last_planned_day(stop, context.calendar)
        told = _("{procedure} until {day}").format(
            procedure=word(stop.procedure), day=name_day(last)
        )
        if last < context.today:
            told, style = f"{told} · " + _("overrun"), "$text-warning"
        else:
            style = "$text-muted"
        facts.append(Fact(_("Stopped"), with_hearing(told, stop.hearing), style))
    return facts


def proposals(case: Case) -> Content:
    """What was proposed and waits for somebody else."""
    lines: list[Content] = []
    for one in case.proposals:
        seat = name_seat(seat_for(case, one.plan))
        lines.append(Content.styled("? " + tell_plan(one.plan), "$text-warning"))
        text = _("proposed by {name}, to be approved by: {seat}")
        lines.append(Content("  " + text.format(name=one.by.name, seat=seat)))
        lines.append(Content.styled("  " + one.plan.reason, "italic"))
    return Content("\n").join(lines)


def name_seat(seat: Seat) -> str:
    """Who may approve, in words."""
    return " / ".join(word(role) for role in seat.roles)
