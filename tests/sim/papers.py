"""What people do with the papers of a case: mostly what lies in front of them wants."""

from __future__ import annotations

from random import Random

from clerk.contract.case import AnyEvent
from clerk.contract.command import (
    AnyCommand,
    FilePapers,
    GivePapers,
    RecallPapers,
    ReturnPapers,
    TakePapers,
)
from clerk.contract.custody import (
    Holder,
    HolderKind,
    LossMadeGood,
    PaperForm,
    PaperLine,
    Remedy,
    Shortage,
)
from clerk.rules.case import Case
from clerk.rules.custody.ledger import Ledger, SlipState
from clerk.rules.custody.places import custody_of, places_of
from clerk.rules.custody.slips import slip_number
from tests.sim.engine import ViolationError
from tests.sim.town import BEGINNING, CLERKS, STAFF


def with_papers(case: Case, place: Holder, chance: Random) -> tuple[AnyCommand, str] | None:
    """Take what comes, else hand on, give back or file what lies here; nothing, if none does."""
    ledger = custody_of(case)
    at_window = place.kind is HolderKind.WINDOW
    user = chance.choice(CLERKS if at_window else STAFF[place.id])
    coming = [one for one in ledger.slips if one.state is SlipState.OPEN and one.to == place]
    gone = [one for one in ledger.slips if one.state is SlipState.OPEN and one.giver == place]
    if coming:
        return _taken(coming[0].number, coming[0].papers, chance), user
    if gone and chance.random() < 0.3:
        return RecallPapers(slip=gone[0].number), user
    papers = _free(ledger, place)
    if not papers:
        return None
    if at_window and chance.random() < 0.2:
        return (
            ReturnPapers(slip=_slip(chance), papers=papers[:1], receiver="本人", signature="签"),
            user,
        )
    if not case.in_hand and chance.random() < 0.5:
        return FilePapers(papers=papers, place="甲柜"), user
    others = [one for one in places_of(case) if one != place]
    return GivePapers(slip=_slip(chance), to=chance.choice(others), papers=papers), user


def check_custody(case: Case, events: tuple[AnyEvent, ...]) -> None:
    """What everybody holds together is what came in, told once more from the ticks alone."""
    held: dict[tuple[str, PaperForm], int] = {}
    for lot in custody_of(case).lots:
        if not 0 <= lot.on_way <= lot.count:
            raise ViolationError("papers_out_of_balance", case=case.id, lot=lot)
        key = (lot.material, lot.form)
        held[key] = held.get(key, 0) + lot.count
    if held != _came_in(events):
        raise ViolationError("papers_out_of_balance", case=case.id, held=held)


def _came_in(events: tuple[AnyEvent, ...]) -> dict[tuple[str, PaperForm], int]:
    """In this town a paper lacks whole or is there whole; what comes anew is one more.

    So is what the office got in place of a lost one.
    """
    came: dict[tuple[str, PaperForm], int] = {}
    for event in events:
        if isinstance(event, LossMadeGood) and event.remedy is Remedy.REPLACED:
            for one in event.papers:
                came[one.material, one.form] = came.get((one.material, one.form), 0) + one.count
        for tick in getattr(event, "materials", ()):
            for form, count in (
                (PaperForm.ORIGINAL, tick.originals),
                (PaperForm.COPY, tick.copies),
            ):
                came[tick.key, form] = came.get((tick.key, form), 0) + count
    return {paper: count for paper, count in came.items() if count}


def _taken(slip: str, papers: tuple[PaperLine, ...], chance: Random) -> TakePapers:
    if chance.random() < 0.8:
        return TakePapers(slip=slip)
    one = chance.choice(papers)
    return TakePapers(slip=slip, short=(Shortage(one.material, one.form, 1, "袋中没有"),))


def _free(ledger: Ledger, place: Holder) -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(one.material, one.form, one.free) for one in ledger.held_by(place) if one.free
    )


def _slip(chance: Random) -> str:
    return slip_number(BEGINNING.date(), chance.getrandbits(64).to_bytes(8))
