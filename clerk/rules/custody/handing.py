"""Handing papers over: given on a slip, taken by somebody else, returned, filed (材料交接)."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.command import (
    FilePapers,
    GivePapers,
    RecallPapers,
    ReturnPapers,
    TakePapers,
)
from clerk.contract.custody import (
    Holder,
    HolderKind,
    PaperLine,
    PapersFiled,
    PapersGiven,
    PapersRecalled,
    PapersReturned,
    PapersTaken,
    Shortage,
)
from clerk.errors import InputError
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Case
from clerk.rules.custody.ledger import Slip, SlipState
from clerk.rules.custody.lines import each_once, refuse_papers
from clerk.rules.custody.losing import unreported_at
from clerk.rules.custody.places import custody_of, find_place, places_of
from clerk.rules.custody.slips import read_slip_number
from clerk.rules.reaching import is_name

Decision = tuple[AnyEvent, ...] | Refusal


def give(case: Case, command: GivePapers, context: Context) -> Decision:
    """Put papers on a slip for another place of the case; they stay the giver's until taken."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    if command.to == place or command.to not in places_of(case):
        return refuse("papers.no_such_place", "to")
    wrong = _wrong_slip(case, command.slip) or _wrong_papers(case, place, command.papers)
    return wrong or (
        PapersGiven(
            at=context.now,
            by=context.actor,
            slip=command.slip,
            giver=place,
            to=command.to,
            papers=command.papers,
        ),
    )


def take(case: Case, command: TakePapers, context: Context) -> Decision:
    """Confirm a slip at the place it goes to; nobody confirms what they gave themselves."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    slip = _open_slip(case, command.slip)
    if isinstance(slip, Refusal):
        return slip
    if slip.to != place:
        return refuse("slip.not_for_you", slip=slip.number)
    if slip.by.user == context.user.id:
        return refuse("slip.same_person", slip=slip.number)
    wrong = _wrong_shortages(slip, command.short)
    return wrong or (
        PapersTaken(at=context.now, by=context.actor, slip=slip.number, short=command.short),
    )


def recall(case: Case, command: RecallPapers, context: Context) -> Decision:
    """Take a slip back before anybody confirmed it; whoever is at the giver's place may."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    slip = _open_slip(case, command.slip)
    if isinstance(slip, Refusal):
        return slip
    if slip.giver != place:
        return refuse("slip.not_yours", slip=slip.number)
    return (PapersRecalled(at=context.now, by=context.actor, slip=slip.number),)


def give_back(case: Case, command: ReturnPapers, context: Context) -> Decision:
    """Return papers to the applicant at the window, against a signature."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    if place.kind is not HolderKind.WINDOW:
        return refuse("papers.returned_at_window")
    if not is_name(command.receiver):
        return refuse("papers.receiver_missing", "receiver")
    if not command.signature.strip():
        return refuse("collector.signature_missing", "signature")
    wrong = _wrong_slip(case, command.slip) or _wrong_papers(case, place, command.papers)
    return wrong or (
        PapersReturned(
            at=context.now,
            by=context.actor,
            slip=command.slip,
            giver=place,
            papers=command.papers,
            receiver=command.receiver.strip(),
            signature=command.signature.strip(),
        ),
    )


def put_on_file(case: Case, command: FilePapers, context: Context) -> Decision:
    """File the papers of a case that nobody has to move on any more."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    if case.in_hand:
        return refuse("papers.not_over", number=case.number)
    wrong = _wrong_papers(case, place, command.papers)
    return wrong or (
        PapersFiled(
            at=context.now,
            by=context.actor,
            giver=place,
            papers=command.papers,
            place=command.place.strip(),
        ),
    )


def _wrong_slip(case: Case, number: str) -> Refusal | None:
    try:
        plain = read_slip_number(number)
    except InputError as error:
        return refuse(error.code, "slip")
    if plain != number or custody_of(case).find_slip(number):
        return refuse("slip.used", "slip", slip=number)
    return None


def _wrong_papers(case: Case, place: Holder, papers: tuple[PaperLine, ...]) -> Refusal | None:
    """Each paper once, at least one, and no more than lie here free of another slip."""
    return refuse_papers(case, papers, unreported_at(case, place))


def _open_slip(case: Case, number: str) -> Slip | Refusal:
    slip = custody_of(case).find_slip(number)
    if slip is None:
        return refuse("slip.unknown", slip=number)
    if slip.state is not SlipState.OPEN:
        return refuse("slip.not_open", slip=number)
    return slip


def _wrong_shortages(slip: Slip, short: tuple[Shortage, ...]) -> Refusal | None:
    """Only what stood on the slip can be short, and each with a reason."""
    stood = {(one.material, one.form): one.count for one in slip.papers}
    if not each_once(short):
        return refuse("slip.wrong_count", "short", slip=slip.number)
    for one in short:
        if not 1 <= one.count <= stood.get((one.material, one.form), 0):
            return refuse("slip.wrong_count", "short", slip=slip.number)
        if not one.reason.strip():
            return refuse("slip.reason_missing", "short")
    return None
