"""What a shift leaves and what a day comes to, counted case by case: no number of cases is cut.

The cases are read one by one. What stays in memory is what is signed: a line for each paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from clerk.contract.case import CaseRecord, Delivery
from clerk.contract.custody import Holder, HolderKind
from clerk.contract.journal import BalanceLine, DayBalance, HeldLine, LostLine, Missed
from clerk.errand import Errand, Phase
from clerk.rules.case import Case, fold
from clerk.rules.custody.balance import balance_of
from clerk.rules.custody.lost_lines import lost_lines
from clerk.rules.custody.places import custody_of
from clerk.rules.overlay import Laid
from services.overlay import every_record, lay_all
from storage import cases
from storage.case_head import label_of, lost_label
from storage.cases import CaseQuery
from storage.store import Connection


class ShiftCount(msgspec.Struct, frozen=True, kw_only=True):
    """What the lists say of a window now: what a shift that ends leaves behind."""

    since: datetime
    drafts: int
    receipts: int
    papers: tuple[HeldLine, ...]
    certificates: tuple[str, ...]
    losses: tuple[LostLine, ...] = ()

    @property
    def listed_papers(self) -> int:
        """How many papers the ledger has here."""
        return sum(one.count for one in self.papers)


class DayCount(msgspec.Struct, frozen=True, kw_only=True):
    """What the balance comes to now, before anybody has counted."""

    since: datetime
    lines: tuple[BalanceLine, ...]
    missed: tuple[Missed, ...]
    losses: tuple[LostLine, ...] = ()

    @property
    def held(self) -> int:
        """How many papers the ledger has here."""
        return sum(one.held for one in self.lines)

    @property
    def gaps(self) -> tuple[BalanceLine, ...]:
        """The papers whose sum does not come out."""
        return tuple(one for one in self.lines if one.gap)


def count_shift(  # noqa: PLR0917 - each is named
    connection: Connection,
    window: str,
    since: datetime,
    drafts: int,
    now: datetime,
    errand: Errand,
) -> ShiftCount:
    """What there is to hand over, the oldest cases first. Raises CancelledError."""
    place, laid = Holder(HolderKind.WINDOW, window), lay_all(connection)
    query = CaseQuery(window=window, papers_at=label_of(place))
    records = every_record(connection, query, now, laid)
    total = cases.count(connection, query, now)
    found = map(fold, errand.follow(Phase.CASES, records, total))
    held = [(one.received_at, one.number, tuple(_held_lines(one, place))) for one in found]
    held.sort(key=lambda one: one[:2])
    ready = CaseQuery(window=window, deliveries=(Delivery.AT_WINDOW,))
    return ShiftCount(
        since=since,
        drafts=drafts,
        receipts=_count_receipts(connection, window, since, now, laid),
        papers=tuple(line for *_key, lines in held for line in lines),
        certificates=cases.numbers(connection, ready, now),
        losses=tuple(_lost(connection, place, now, laid)),
    )


def count_day(
    connection: Connection,
    window: str,
    before: DayBalance | None,
    now: datetime,
    *,
    begins: datetime,
    errand: Errand,
) -> DayCount:
    """The balance since the one before; without one it begins at a moment that is told.

    Raises CancelledError.
    """
    place, since = Holder(HolderKind.WINDOW, window), before.at if before else begins
    signed = {line.case_id for line in before.lines} if before else set()
    total = max(cases.count(connection, one, now) for one in _queries(place, since))
    moved = _moved(connection, place, since, now, signed)
    records = errand.follow(Phase.CASES, moved, total)
    found = balance_of(place, records, before, now, begins=begins)
    return DayCount(since=since, lines=found.lines, missed=found.missed, losses=found.losses)


def _moved(
    connection: Connection, place: Holder, since: datetime, now: datetime, signed: set[str]
) -> Iterator[CaseRecord]:
    """The cases with papers or a loss here, of which any moved since, or that were signed for."""
    seen = set[str]()
    here, moved = _queries(place, since)
    for record in every_record(connection, here, now, lay_all(connection)):
        seen.add(record.id)
        yield record
    for record in cases.every(connection, moved, now, seen):
        seen.add(record.id)
        yield record
    lost = CaseQuery(papers_at=lost_label(place))
    for record in cases.every(connection, lost, now, seen):
        seen.add(record.id)
        yield record
    for case_id in signed - seen:
        gone = cases.find(connection, case_id)
        if gone is not None:
            yield gone


def _queries(place: Holder, since: datetime) -> tuple[CaseQuery, CaseQuery]:
    """The cases with papers here, and those of which any moved since."""
    here = CaseQuery(window=place.id, papers_at=label_of(place))
    return here, CaseQuery(window=place.id, papers_since=since)


def _count_receipts(
    connection: Connection,
    window: str,
    since: datetime,
    now: datetime,
    laid: Mapping[str, Laid],
) -> int:
    """What was received since, what is waiting for the line in its own place."""
    known = [cases.find_row(connection, case_id) for case_id in laid]
    twice = [row.window == window and row.received_at >= since for row in known if row]
    waiting = [fold(one.record) for one in laid.values() if one.record]
    there = cases.count(connection, CaseQuery(window=window, received_since=since), now)
    here = sum(one.window == window and one.received_at >= since for one in waiting)
    return there - sum(twice) + here


def _lost(
    connection: Connection, place: Holder, now: datetime, laid: Mapping[str, Laid]
) -> Iterator[LostLine]:
    query = CaseQuery(papers_at=lost_label(place))
    found = map(fold, every_record(connection, query, now, laid))
    for case in sorted(found, key=lambda one: (one.received_at, one.number)):
        yield from lost_lines(case, place)


def _held_lines(case: Case, place: Holder) -> Iterator[HeldLine]:
    names = {one.key: one.name for one in case.terms.materials}
    for lot in custody_of(case).held_by(place):
        yield HeldLine(
            case_id=case.id,
            number=case.number,
            material=lot.material,
            name=names.get(lot.material, lot.material),
            form=lot.form,
            count=lot.count,
        )
