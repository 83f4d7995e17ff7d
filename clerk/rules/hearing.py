"""The dates of a hearing (听证, 行政许可法 Art. 47, 48).

The applicant applies within five days of being told of the right: the applicant's own period,
so calendar days, and one that ends on no working day ends on the next. The body's periods are
working days (Art. 82): it holds the hearing within twenty of the application, and tells time
and place seven before.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from clerk.contract.answer import Refusal
from clerk.contract.proposal import Hearing
from clerk.rules.calendar import WorkCalendar

APPLY_DAYS = 5
HOLD_DAYS = 20
NOTICE_DAYS = 7


class HearingDates(msgspec.Struct, frozen=True):
    """The last days on which each thing is in time."""

    apply_until: date
    hold_until: date
    notice_until: date


def dates_of(hearing: Hearing, calendar: WorkCalendar) -> HearingDates:
    """Until when it had to be applied for, has to be held and has to be made known."""
    held = calendar.number_of(hearing.held_on.toordinal() - 1) + 1
    return HearingDates(
        apply_until=calendar.working_day_from(hearing.told_on + timedelta(days=APPLY_DAYS)),
        hold_until=calendar.working_day_after(hearing.applied_on, HOLD_DAYS),
        notice_until=date.fromordinal(calendar.ordinal_of(held - NOTICE_DAYS)),
    )


def wrong_hearing(hearing: Hearing, calendar: WorkCalendar, today: date) -> Refusal | None:
    """What is wrong with the dates, if the hearing is made known today."""
    if not hearing.place.strip():
        return Refusal(code="hearing.place_missing", field="place")
    if not hearing.told_on <= hearing.applied_on <= today:
        return Refusal(code="hearing.order", field="applied_on")
    dates = dates_of(hearing, calendar)
    if hearing.applied_on > dates.apply_until:
        return _late("hearing.applied_late", "applied_on", dates.apply_until)
    if hearing.held_on > dates.hold_until:
        return _late("hearing.held_late", "held_on", dates.hold_until)
    if today > dates.notice_until:
        earliest = calendar.working_day_after(today, NOTICE_DAYS)
        return _late("hearing.notice_late", "held_on", earliest)
    return None


def _late(code: str, field: str, day: date) -> Refusal:
    return Refusal(code=code, field=field, parameters={"day": day.isoformat()})
