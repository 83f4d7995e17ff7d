"""The end-of-day balance: received = sent + held, paper by paper (日结).

The two sides come from two sources, so that the sum can fail: what is held from the ledger,
what came and went from the events themselves, without the ledger, and what was there before
from the balance that was signed last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from clerk.contract.case import AnyEvent, CaseRecord
from clerk.contract.custody import (
    Holder,
    HolderKind,
    PaperForm,
    PaperLine,
    PapersFiled,
    PapersGiven,
    PapersReturned,
    PapersTaken,
)
from clerk.contract.journal import BalanceLine, DayBalance, Missed
from clerk.contract.tick import MaterialState, Ticked
from clerk.rules.case import Case, fold
from clerk.rules.case.trail import ticks_of
from clerk.rules.custody.ledger import Paper
from clerk.rules.custody.places import custody_of

_LACKED = frozenset({MaterialState.MISSING, MaterialState.DEFERRED})


def balance_lines(
    place: Holder, records: Iterable[CaseRecord], before: DayBalance | None, now: datetime
) -> tuple[BalanceLine, ...]:
    """The lines of all papers that were, came or are here since the balance of before."""
    opening = (
        {(one.case_id, (one.material, one.form)): one.held for one in before.lines}
        if before
        else {}
    )
    lines: list[BalanceLine] = []
    for record in records:
        case = fold(record)
        there = {paper: count for (case_id, paper), count in opening.items() if case_id == case.id}
        moved = _count_flows(place, record, before.at if before else None, now)
        held = Counter[Paper]()
        for lot in custody_of(case).held_by(place):
            held[lot.material, lot.form] += lot.count
        lines += _lines_of(case, there, moved, held)
    return tuple(lines)


def missed_since(
    place: Holder, records: Iterable[CaseRecord], since: datetime | None
) -> tuple[Missed, ...]:
    """What was short on slips to or from here that were confirmed since then."""
    return tuple(
        Missed(
            number=case.number,
            name=_name(case, one.material),
            form=one.form,
            count=one.count,
            slip=slip.number,
            reason=one.reason,
        )
        for case in map(fold, records)
        for slip, one in custody_of(case).differences
        if place in {slip.giver, slip.to}
        and slip.taken_at is not None
        and (since is None or slip.taken_at > since)
    )


def _lines_of(
    case: Case,
    opening: dict[Paper, int],
    moved: dict[str, Counter[Paper]],
    held: Counter[Paper],
) -> Iterator[BalanceLine]:
    papers = dict.fromkeys((*opening, *(one for flow in moved.values() for one in flow), *held))
    for paper in papers:
        line = BalanceLine(
            case_id=case.id,
            number=case.number,
            material=paper[0],
            name=_name(case, paper[0]),
            form=paper[1],
            opening=opening.get(paper, 0),
            received=moved["received"][paper],
            came=moved["came"][paper],
            sent=moved["sent"][paper],
            returned=moved["returned"][paper],
            filed=moved["filed"][paper],
            held=held[paper],
        )
        if any((line.opening, line.received, line.came, line.sent, line.held, line.gap)):
            yield line


def _count_flows(
    place: Holder, record: CaseRecord, since: datetime | None, now: datetime
) -> dict[str, Counter[Paper]]:
    """Only what happened after the balance of before and up to now."""
    counted = {kind: Counter[Paper]() for kind in ("received", "came", "sent", "returned", "filed")}
    for event, kind, paper, count in _flows(place, record):
        if (since is None or event.at > since) and event.at <= now:
            counted[kind][paper] += count
    return counted


def _flows(place: Holder, record: CaseRecord) -> Iterator[tuple[AnyEvent, str, Paper, int]]:
    if place == Holder(HolderKind.WINDOW, fold(record).window):
        yield from _receipts(record)
    given = {one.slip: one for one in record.events if isinstance(one, PapersGiven)}
    for event in record.events:
        if isinstance(event, PapersTaken):
            slip = given[event.slip]
            kind = "sent" if slip.giver == place else "came"
            for paper, count in _came(slip, event) if place in {slip.giver, slip.to} else ():
                yield event, kind, paper, count
        elif isinstance(event, PapersReturned | PapersFiled) and event.giver == place:
            kind = "returned" if isinstance(event, PapersReturned) else "filed"
            for one in event.papers:
                yield event, kind, _paper(one), one.count


def _receipts(record: CaseRecord) -> Iterator[tuple[AnyEvent, str, Paper, int]]:
    """What the window of the case took in."""
    ticked: dict[str, Ticked] = {}
    for event in record.events:
        ticks, amended = ticks_of(event)
        for tick in ticks:
            for paper, count in _brought(ticked.get(tick.key), tick, amended=amended):
                yield event, "received", paper, count
            ticked[tick.key] = tick


def _brought(before: Ticked | None, tick: Ticked, *, amended: bool) -> Iterator[tuple[Paper, int]]:
    """What a tick brought: all of it for a paper that was there, else what was not there yet."""
    second = before is not None and before.state not in _LACKED and not amended
    there = (0, 0) if before is None or second else (before.originals, before.copies)
    yield (tick.key, PaperForm.ORIGINAL), tick.originals - there[0]
    yield (tick.key, PaperForm.COPY), tick.copies - there[1]


def _came(slip: PapersGiven, taken: PapersTaken) -> Iterator[tuple[Paper, int]]:
    short = {(one.material, one.form): one.count for one in taken.short}
    for one in slip.papers:
        yield _paper(one), one.count - short.get(_paper(one), 0)


def _paper(line: PaperLine) -> Paper:
    return (line.material, line.form)


def _name(case: Case, material: str) -> str:
    return next((one.name for one in case.terms.materials if one.key == material), material)
