"""The ledger of a case's papers: a fold over what came in and what changed hands.

Every paper that came in has one holder at any time: what a slip names stays its giver's until
the taker confirms, and what is short stays the giver's after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

import msgspec

from clerk.contract.case import AnyEvent
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
    PapersRecalled,
    PapersReturned,
    PapersTaken,
    Remedy,
    Shortage,
)
from clerk.contract.tick import MaterialState, Ticked
from clerk.contract.user import Actor
from clerk.rules.case.trail import ticks_of

APPLICANT = Holder(HolderKind.APPLICANT)
NOBODY = Holder(HolderKind.LOST)
"""Who holds what is lost."""
_FILE = Holder(HolderKind.FILE)
_COMES_WHOLE = frozenset({MaterialState.MISSING, MaterialState.DEFERRED})

Paper = tuple[str, PaperForm]
"""One material of the case, as original or as copy."""


class SlipState(StrEnum):
    """How far a slip has come; only an open one can be taken or recalled."""

    OPEN = "open"
    TAKEN = "taken"
    RECALLED = "recalled"
    RETURNED = "returned"


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """A hand-over with both its people; `taker` is the applicant's side where papers go back."""

    number: str
    state: SlipState
    giver: Holder
    to: Holder
    papers: tuple[PaperLine, ...]
    by: Actor
    at: datetime
    taken_by: Actor | None = None
    taken_at: datetime | None = None
    short: tuple[Shortage, ...] = ()
    receiver: str = ""
    signature: str = ""


class Lot(msgspec.Struct, frozen=True):
    """So many of one paper with one holder; `on_way` of them are on an open slip."""

    material: str
    form: PaperForm
    holder: Holder
    count: int
    on_way: int = 0

    @property
    def free(self) -> int:
        """How many can be handed on now."""
        return self.count - self.on_way


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one paper that were lost or damaged at a place, and how many are made good.

    `by` confirmed what `proposed_by` had reported; `document` is the notice of it.
    """

    material: str
    form: PaperForm
    count: int
    mishap: Mishap
    holder: Holder
    at: datetime
    by: Actor
    reason: str
    proposed_by: Actor | None = None
    document: str = ""
    made_good: int = 0

    @property
    def open(self) -> int:
        """How many the office still owes."""
        return self.count - self.made_good


class Ledger(msgspec.Struct, frozen=True):
    """Where all papers of a case lie, and its slips in their order."""

    lots: tuple[Lot, ...]
    slips: tuple[Slip, ...]
    losses: tuple[Loss, ...] = ()

    def find_slip(self, number: str) -> Slip | None:
        """A slip of this case by its number."""
        return next((one for one in self.slips if one.number == number), None)

    def held_by(self, holder: Holder) -> tuple[Lot, ...]:
        """What lies with one holder."""
        return tuple(one for one in self.lots if one.holder == holder)

    def free_of(self, holder: Holder, paper: Paper) -> int:
        """How many of a paper a holder can hand on."""
        return sum(one.free for one in self.held_by(holder) if (one.material, one.form) == paper)

    @property
    def differences(self) -> tuple[tuple[Slip, Shortage], ...]:
        """Everything that was ever short, with its slip: it stays to be seen."""
        return tuple((slip, one) for slip in self.slips for one in slip.short)


def ledger_of(window: str, trail: Iterable[AnyEvent]) -> Ledger:
    """Where the papers of a case lie that its window took in."""
    book = _Book(Holder(HolderKind.WINDOW, window))
    for event in trail:
        book.enter(event)
    slips, losses = tuple(book.slips.values()), tuple(book.losses)
    return Ledger(lots=tuple(book.lots()), slips=slips, losses=losses)


def count_papers(tick: Ticked) -> dict[Paper, int]:
    """The papers that a tick of the checklist tells of."""
    return {
        (tick.key, PaperForm.ORIGINAL): max(0, tick.originals),
        (tick.key, PaperForm.COPY): max(0, tick.copies),
    }


class _Book:
    """A ledger in the making."""

    def __init__(self, window: Holder) -> None:
        self._window = window
        self._ticks: dict[str, Ticked] = {}
        self._held: dict[Paper, dict[Holder, int]] = {}
        self.slips: dict[str, Slip] = {}
        self.losses: list[Loss] = []

    def enter(self, event: AnyEvent) -> None:
        """What one event does to the papers."""
        match event:
            case PapersGiven():
                self._give(event)
            case PapersTaken(slip=number):
                self._take(self.slips[number], event)
            case PapersRecalled(slip=number):
                self._change(number, state=SlipState.RECALLED)
            case PapersReturned():
                self._return(event)
            case PapersFiled(giver=giver, papers=papers):
                self._move(papers, giver, _FILE)
            case PapersLost():
                self._lose(event)
            case LossMadeGood():
                self._make_good(event)
            case _:
                self._take_in(event)

    def lots(self) -> Iterator[Lot]:
        """What everybody holds, in the order in which it came in."""
        on_way = self._on_way()
        for paper, held in self._held.items():
            for holder, count in held.items():
                if count:
                    yield Lot(*paper, holder, count, on_way.get((paper, holder), 0))

    def _take_in(self, event: AnyEvent) -> None:
        ticks, amended = ticks_of(event)
        for tick in ticks:
            before = self._ticks.get(tick.key)
            for paper, count in count_papers(tick).items():
                stood = count_papers(before)[paper] if before else 0
                # What comes instead of a paper that was there is a second paper.
                anew = before is not None and before.state not in _COMES_WHOLE
                self._add(paper, count if anew and not amended else count - stood)
            self._ticks[tick.key] = tick

    def _add(self, paper: Paper, more: int) -> None:
        """To the window; a count put right takes from it first, then from whoever has it."""
        held = self._held.setdefault(paper, {})
        if more >= 0:
            held[self._window] = held.get(self._window, 0) + more
            return
        for holder in (self._window, *held):
            gone = min(-more, held.get(holder, 0))
            held[holder] = held.get(holder, 0) - gone
            more += gone

    def _give(self, event: PapersGiven) -> None:
        self.slips[event.slip] = Slip(
            number=event.slip,
            state=SlipState.OPEN,
            giver=event.giver,
            to=event.to,
            papers=event.papers,
            by=event.by,
            at=event.at,
        )

    def _take(self, slip: Slip, event: PapersTaken) -> None:
        short = {(one.material, one.form): one.count for one in event.short}
        came = (
            msgspec.structs.replace(one, count=one.count - short.get((one.material, one.form), 0))
            for one in slip.papers
        )
        self._move(came, slip.giver, slip.to)
        self._change(
            slip.number,
            state=SlipState.TAKEN,
            taken_by=event.by,
            taken_at=event.at,
            short=event.short,
        )

    def _return(self, event: PapersReturned) -> None:
        self._move(event.papers, event.giver, APPLICANT)
        self.slips[event.slip] = Slip(
            number=event.slip,
            state=SlipState.RETURNED,
            giver=event.giver,
            to=APPLICANT,
            papers=event.papers,
            by=event.by,
            at=event.at,
            receiver=event.receiver,
            signature=event.signature,
        )

    def _lose(self, event: PapersLost) -> None:
        """What is damaged lies where it lay; what is lost lies nowhere."""
        if event.mishap is Mishap.LOST:
            self._move(event.papers, event.holder, NOBODY)
        self.losses += (
            Loss(
                material=one.material,
                form=one.form,
                count=one.count,
                mishap=event.mishap,
                holder=event.holder,
                at=event.at,
                by=event.by,
                reason=event.reason,
                proposed_by=event.proposed_by,
                document=event.document,
            )
            for one in event.papers
        )

    def _make_good(self, event: LossMadeGood) -> None:
        found = event.remedy is Remedy.FOUND
        if found:
            self._move(event.papers, NOBODY, event.holder)
        for one in event.papers:
            if not found:
                held = self._held.setdefault((one.material, one.form), {})
                held[event.holder] = held.get(event.holder, 0) + one.count
            self._settle(one, only_lost=found)

    def _settle(self, paper: PaperLine, *, only_lost: bool) -> None:
        """The oldest loss first; what was replaced and is found after all settles nothing more."""
        left = paper.count
        for n, loss in enumerate(self.losses):
            meant = (loss.material, loss.form) == (paper.material, paper.form)
            if meant and not (only_lost and loss.mishap is Mishap.DAMAGED):
                now = min(left, loss.open)
                self.losses[n] = msgspec.structs.replace(loss, made_good=loss.made_good + now)
                left -= now

    def _move(self, papers: Iterable[PaperLine], giver: Holder, to: Holder) -> None:
        for one in papers:
            held = self._held.setdefault((one.material, one.form), {})
            there = min(one.count, held.get(giver, 0))
            held[giver] = held.get(giver, 0) - there
            held[to] = held.get(to, 0) + there

    def _change(self, number: str, **changes: object) -> None:
        self.slips[number] = msgspec.structs.replace(self.slips[number], **changes)

    def _on_way(self) -> dict[tuple[Paper, Holder], int]:
        found: dict[tuple[Paper, Holder], int] = {}
        for slip in self.slips.values():
            for one in slip.papers if slip.state is SlipState.OPEN else ():
                place = ((one.material, one.form), slip.giver)
                found[place] = found.get(place, 0) + one.count
        return found
