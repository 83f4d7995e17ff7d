"""How the clocks of one case are counted where the law leaves it to the item or the office."""

from __future__ import annotations

from clerk.contract.limits import Limit
from clerk.contract.setting import ClockChoice
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.state import Case
from clerk.rules.clock import DEFAULT_OFFICE_HOURS, RECEIPT_LIMIT, ClockSettings, OfficeHours


def settings_for(case: Case, calendar: WorkCalendar) -> ClockSettings:
    """The settings of a case: those that held when it was received, so that none moves back."""
    choice = calendar.choices.held_at(case.received_at)
    return clock_settings(choice, pauses=case.terms.pause_counts_for_promised)


def clock_settings(choice: ClockChoice | None, *, pauses: bool = True) -> ClockSettings:
    """A choice as the clock takes it; `pauses` is what the item says of its promise."""
    if choice is None:
        return ClockSettings(stops_pause_promised=pauses)
    return ClockSettings(
        stay_stopped=choice.stay_stopped,
        stops_pause_promised=pauses and choice.pause_promise,
        warning=choice.warning,
        office_hours=tuple(OfficeHours(one.opens, one.closes) for one in choice.hours)
        or DEFAULT_OFFICE_HOURS,
    )


def receipt_settings(
    case: Case, calendar: WorkCalendar, limit: Limit = RECEIPT_LIMIT
) -> ClockSettings:
    """The settings of the five days: yellow from the start where nothing may be put off."""
    choice = calendar.choices.held_at(case.received_at)
    may_wait = choice is None or choice.defer_acceptance
    return ClockSettings() if may_wait else ClockSettings(warning=limit.amount)
