"""The five days after receipt, and acceptance by their passing (视为受理, Art. 32(4)).

Counting rule 9. Settled here: something done on the fifth day is in time; a notice or an
acceptance that comes after it finds the case already accepted and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from clerk.contract.limits import Limit
from clerk.rules.calendar import WorkCalendar
from clerk.rules.clock.deadline import derive_deadline
from clerk.rules.clock.facts import DEFAULT_SETTINGS, ClockFacts, ClockSettings
from clerk.rules.clock.limits import RECEIPT_LIMIT
from clerk.rules.clock.moments import day_of


class SupplementRound(msgspec.Struct, frozen=True):
    """A supplement notice (补正告知书), and when all that it asks for was in."""

    noticed_at: datetime
    completed_at: datetime | None = None


class ReceiptFacts(msgspec.Struct, frozen=True):
    """What happened between receipt and acceptance.

    `concluded_at`: accepted, declined or withdrawn, whichever it was. The law knows one round;
    where an office allows more, they follow one another.
    """

    received_at: datetime
    rounds: tuple[SupplementRound, ...] = ()
    concluded_at: datetime | None = None
    limit: Limit = RECEIPT_LIMIT
    settings: ClockSettings = DEFAULT_SETTINGS


class DeemedAcceptance(msgspec.Struct, frozen=True):
    """Accepted by the clock: at the end of one day, dated from another.

    The decision limits start at `dated_at`, when the last five days started.
    """

    happened_on: date
    dated_at: datetime

    @property
    def dated_from(self) -> date:
        """The day from which the case counts as accepted."""
        return day_of(self.dated_at)


class ReceiptStanding(msgspec.Struct, frozen=True):
    """Where the five days stand: those that run, or the last that ran.

    `clock` is theirs, for a light, a deadline or an explanation; it is finished by a notice or
    a conclusion. `fifth_day` may be a forecast. `running`: something must yet be done by it.
    """

    clock: ClockFacts
    fifth_day: date
    running: bool
    deemed: DeemedAcceptance | None


def derive_receipt(facts: ReceiptFacts, calendar: WorkCalendar, now: datetime) -> ReceiptStanding:
    """The five days as they stand now."""
    standing: ReceiptStanding | None = None
    for clock in _clocks_of(facts):
        standing = _stand(clock, calendar, now)
        if standing.deemed is not None:
            break
    assert standing is not None, "receipt itself starts the first five days"
    return standing


def find_deemed_acceptance(
    facts: ReceiptFacts, calendar: WorkCalendar, now: datetime
) -> DeemedAcceptance | None:
    """Acceptance by the clock, if five days passed without a notice or a conclusion."""
    return derive_receipt(facts, calendar, now).deemed


def _clocks_of(facts: ReceiptFacts) -> Iterator[ClockFacts]:
    """One clock for each five days: from receipt, and from each completion."""
    started_at: datetime | None = facts.received_at
    for each in facts.rounds:
        if started_at is not None:
            yield ClockFacts(started_at, facts.limit, (), (), each.noticed_at, facts.settings)
        started_at = each.completed_at
    if started_at is not None:
        yield ClockFacts(started_at, facts.limit, (), (), facts.concluded_at, facts.settings)


def _stand(clock: ClockFacts, calendar: WorkCalendar, now: datetime) -> ReceiptStanding:
    deadline = derive_deadline(clock, calendar, now)
    deemed = DeemedAcceptance(deadline.due_on, clock.started_at) if deadline.overdue else None
    return ReceiptStanding(
        clock=clock,
        fifth_day=deadline.due_on,
        running=clock.finished_at is None and deemed is None,
        deemed=deemed,
    )
