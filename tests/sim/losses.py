"""What people do about papers that the office lost: report, confirm, find again, replace."""

from __future__ import annotations

from random import Random

from clerk.contract.case import AnyEvent, SupplementAsked
from clerk.contract.command import AnyCommand, Approve, AskSupplement, Reject
from clerk.contract.custody import (
    Holder,
    HolderKind,
    LossMadeGood,
    Mishap,
    PaperForm,
    PaperLine,
    PapersLost,
    Remedy,
)
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.contract.user import Role
from clerk.rules.case import Case
from clerk.rules.custody.losing import Report, open_losses, reported_of, reports_of
from clerk.rules.custody.places import custody_of
from tests.sim.engine import ViolationError
from tests.sim.office import LINES
from tests.sim.town import CLERKS, MANAGER, STAFF, USERS


def with_losses(case: Case, place: Holder, chance: Random) -> tuple[AnyCommand, str] | None:
    """Answer what was reported here, else make good what is owed or ask for it, else report."""
    user = chance.choice(CLERKS if place.kind is HolderKind.WINDOW else STAFF[place.id])
    reported = [one for one in reports_of(case) if one.plan.holder == place]
    if reported:
        return _answered(case, reported[0], chance)
    owed = open_losses(case)
    if owed and chance.random() < 0.5:
        return AskSupplement(lines=LINES), user
    if owed and chance.random() < 0.5:
        papers = (PaperLine(owed[0].material, owed[0].form, owed[0].open),)
        remedy = Remedy.FOUND if chance.random() < 0.5 else Remedy.REPLACED
        return MakeGood(papers=papers, remedy=remedy, note="在柜后"), user
    return _reported(case, place, chance), user


def _answered(case: Case, report: Report, chance: Random) -> tuple[AnyCommand, str]:
    n = next(one.n for one in case.proposals if one.plan == report.plan)
    over = MANAGER
    if report.plan.holder.kind is HolderKind.DEPARTMENT:
        above = (Role.APPROVER, Role.HEAD)
        staff = [one for one in STAFF[report.plan.holder.id] if one != report.by.user]
        over = next(one for one in staff if any(USERS[one].has(role) for role in above))
    if chance.random() < 0.2:
        return Reject(proposal=n, reason="再找找"), over
    return Approve(proposal=n), over


def _reported(case: Case, place: Holder, chance: Random) -> AnyCommand:
    """One paper that lies free here; where none does, one that does not, which is refused."""
    found = [PaperLine("form", PaperForm.ORIGINAL, 1)]
    for one in custody_of(case).held_by(place):
        free = one.free - reported_of(case, place, (one.material, one.form))
        found += [PaperLine(one.material, one.form, 1)] if free > 0 else []
    mishap = Mishap.LOST if chance.random() < 0.7 else Mishap.DAMAGED
    return DeclareLoss(
        papers=(chance.choice(found[1:] or found),), mishap=mishap, reason="柜中找不到"
    )


def check_losses(case_id: str, events: tuple[AnyEvent, ...]) -> None:
    """Two people stand behind each loss, and nobody asks the applicant for what is owed."""
    owed: list[tuple[str, PaperForm, Mishap]] = []
    for event in events:
        match event:
            case PapersLost():
                if event.proposed_by is None or event.proposed_by.user == event.by.user:
                    raise ViolationError("lost_by_one_person", case=case_id)
                for one in event.papers:
                    owed += [(one.material, one.form, event.mishap)] * one.count
            case LossMadeGood():
                for one in event.papers:
                    _settle(owed, one, event.remedy)
            case SupplementAsked():
                twice = {one.key for one in event.lines} & {paper[0] for paper in owed}
                if twice:
                    raise ViolationError("asked_for_what_was_lost", case=case_id, keys=twice)
            case _:
                pass


def _settle(owed: list[tuple[str, PaperForm, Mishap]], paper: PaperLine, remedy: Remedy) -> None:
    """The oldest first; what is damaged is not found again."""
    for _one in range(paper.count):
        meant = [
            loss
            for loss in owed
            if loss[:2] == (paper.material, paper.form)
            and (remedy is not Remedy.FOUND or loss[2] is Mishap.LOST)
        ]
        if meant:
            owed.remove(meant[0])
