"""The end-of-day balance: received = sent + held + lost, paper by paper (日结).

The two sides come from two sources, so that the sum can fail: what is held from the ledger,
what came and went from the events themselves, without the ledger, and what was there before
from the balance that was signed last. The first balance of all begins with what the events of
the days before left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from clerk.contract.case import AnyEvent, CaseRecord
from clerk.contract.custody import (
    Holder,
    HolderKind,
    LossMadeGood,
    Mishap,
    PaperForm,
    PaperLine,
    PapersFiled,
    PapersGiven,
    PapersLost,
    PapersReturned,
    PapersTaken,
    Remedy,
)
from clerk.contract.journal import BalanceLine, DayBalance, LostLine, Missed
from clerk.contract.tick import MaterialState, Ticked
from clerk.rules.case import Case, fold
from clerk.rules.case.trail import ticks_of
from clerk.rules.custody.ledger import Ledger, Paper
from clerk.rules.custody.lines import name_material
from clerk.rules.custody.lost_lines import lost_lines
from clerk.rules.custody.places import custody_of

_Flow = tuple[AnyEvent, str, Paper, int]
_INWARD = ("received", "came", "found")
_NOTHING: dict[str, int] = {}
_LACKED = frozenset({MaterialState.MISSING, MaterialState.DEFERRED})


class Balance(NamedTuple):
    """The lines of a balance, what was short since the one before, and what is lost."""

    lines: tuple[BalanceLine, ...]
    missed: tuple[Missed, ...]
    losses: tuple[LostLine, ...]


def balance_of(
    place: Holder,
    records: Iterable[CaseRecord],
    before: DayBalance | None,
    now: datetime,
    *,
    begins: datetime | None = None,
) -> Balance:
    """All papers that were, came or are here since the balance of before, the oldest cases first.

    Without one it `begins` at that moment, with what the events until then left here. The cases
    are taken one by one: what is kept of each is its lines.
    """
    since = before.at if before else begins
    signed: dict[str, dict[Paper, int]] = {}
    for line in before.lines if before else ():
        signed.setdefault(line.case_id, {})[line.material, line.form] = line.held
    found = []
    for record in records:
        case = fold(record)
        ledger = custody_of(case)
        flows = tuple(_flows(place, case, record))
        opening = signed.get(case.id, {}) if before else _left_by(flows, since)
        moved = _count_flows(flows, since, now)
        lines = tuple(_lines_of(case, opening, moved, _held_at(place, ledger)))
        missed = tuple(_missed_since(place, case, ledger, since))
        losses = tuple(lost_lines(case, place))
        found.append((case.received_at, case.number, lines, missed, losses))
    found.sort(key=lambda one: one[:2])
    return Balance(
        lines=tuple(line for *_key, lines, _missed, _lost in found for line in lines),
        missed=tuple(one for *_key, missed, _lost in found for one in missed),
        losses=tuple(one for *_key, losses in found for one in losses),
    )


def _missed_since(
    place: Holder, case: Case, ledger: Ledger, since: datetime | None
) -> Iterator[Missed]:
    """What was short on slips to or from here that were confirmed since then."""
    for slip, one in ledger.differences:
        confirmed = slip.taken_at is not None and (since is None or slip.taken_at > since)
        if confirmed and place in {slip.giver, slip.to}:
            yield Missed(
                number=case.number,
                name=name_material(case, one.material),
                form=one.form,
                count=one.count,
                slip=slip.number,
                reason=one.reason,
            )


def _held_at(place: Holder, ledger: Ledger) -> Counter[Paper]:
    held = Counter[Paper]()
    for lot in ledger.held_by(place):
        held[lot.material, lot.form] += lot.count
    return held


def _left_by(flows: Iterable[_Flow], until: datetime | None) -> dict[Paper, int]:
    """What came and did not go until a moment, by the events alone."""
    left = Counter[Paper]()
    for event, kind, paper, count in flows:
        if until is not None and event.at <= until:
            left[paper] += count if kind in _INWARD else -count
    return dict(left)


def _lines_of(
    case: Case,
    opening: dict[Paper, int],
    moved: dict[Paper, dict[str, int]],
    held: Counter[Paper],
) -> Iterator[BalanceLine]:
    names = {one.key: one.name for one in case.terms.materials}
    for paper in dict.fromkeys((*opening, *moved, *held)):
        line = BalanceLine(
            case_id=case.id,
            number=case.number,
            material=paper[0],
            name=names.get(paper[0], paper[0]),
            form=paper[1],
            opening=opening.get(paper, 0),
            held=held.get(paper, 0),
            **moved.get(paper, _NOTHING),
        )
        told = (line.opening, line.received, line.came, line.found, line.sent, line.held, line.gap)
        if any(told):
            yield line


def _count_flows(
    flows: Iterable[_Flow], since: datetime | None, now: datetime
) -> dict[Paper, dict[str, int]]:
    """How many of each paper went each way after the balance of before and up to now."""
    counted: dict[Paper, dict[str, int]] = {}
    for event, kind, paper, count in flows:
        if count and (since is None or event.at > since) and event.at <= now:
            ways = counted.setdefault(paper, {})
            ways[kind] = ways.get(kind, 0) + count
    return counted


def _flows(place: Holder, case: Case, record: CaseRecord) -> Iterator[_Flow]:
    if place == Holder(HolderKind.WINDOW, case.window):
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
        elif isinstance(event, PapersLost | LossMadeGood) and event.holder == place:
            yield from _losses(event)


def _losses(event: PapersLost | LossMadeGood) -> Iterator[_Flow]:
    """What is damaged lies where it lay; what comes in place of a lost one was received."""
    if isinstance(event, LossMadeGood):
        kind = "found" if event.remedy is Remedy.FOUND else "received"
    elif event.mishap is Mishap.LOST:
        kind = "lost"
    else:
        return
    for one in event.papers:
        yield event, kind, _paper(one), one.count


def _receipts(record: CaseRecord) -> Iterator[_Flow]:
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
