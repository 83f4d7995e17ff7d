"""Papers that the office lost or damaged: reported, confirmed, made good (材料遗失、损坏).

Whoever holds a paper reports it, for they answer for it; somebody else confirms, for a loss ends
what they answer for. The applicant has done their part: nothing is asked of them anew
(行政许可法 Art. 31, 32(4)).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.custody import (
    Holder,
    HolderKind,
    LossMadeGood,
    LossPlan,
    Mishap,
    PaperLine,
    PapersLost,
    Remedy,
)
from clerk.contract.loss_command import MakeGood
from clerk.contract.user import Actor
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Case, Proposal
from clerk.rules.custody.ledger import NOBODY, Loss, Paper
from clerk.rules.custody.lines import each_once, name_material, refuse_papers
from clerk.rules.custody.places import custody_of, find_place
from clerk.rules.identifiers.masking import scrub

Decision = tuple[AnyEvent, ...] | Refusal


class Report(NamedTuple):
    """A loss that was reported: what, by whom, when."""

    plan: LossPlan
    by: Actor
    at: datetime


def may_not_report(case: Case, plan: LossPlan, context: Context) -> Refusal | None:
    """Only whoever is at the place that holds the papers, and none that is reported already."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    if plan.holder != place:
        return refuse("papers.not_your_place", number=case.number)
    if not plan.reason.strip():
        return refuse("loss.reason_missing", "reason")
    return refuse_papers(case, plan.papers, unreported_at(case, plan.holder))


def may_not_confirm(case: Case, plan: LossPlan, _context: Context) -> Refusal | None:
    """The papers must still lie there, free of any slip."""
    return refuse_papers(case, plan.papers, partial(custody_of(case).free_of, plan.holder))


def confirm(
    _case: Case, proposal: Proposal, plan: LossPlan, context: Context
) -> tuple[AnyEvent, ...]:
    """Lost or damaged from now on; what looks like somebody's number is never kept."""
    return (
        PapersLost(
            at=context.now,
            by=context.actor,
            holder=plan.holder,
            papers=plan.papers,
            mishap=plan.mishap,
            reason=scrub(plan.reason.strip()),
            proposal=proposal.n,
            proposed_by=proposal.by,
        ),
    )


def make_good(case: Case, command: MakeGood, context: Context) -> Decision:
    """At whatever place of the case the paper was found or the other one came to."""
    place = find_place(case, context)
    if isinstance(place, Refusal):
        return place
    if not command.note.strip():
        return refuse("loss.note_missing", "note")
    if not command.papers or not each_once(command.papers):
        return refuse("papers.none", "papers")
    for one in command.papers:
        owed = _owed(case, command.remedy, (one.material, one.form))
        if not 1 <= one.count <= owed:
            name = name_material(case, one.material)
            return refuse("loss.not_open", "papers", material=name, owed=owed, count=one.count)
    return (
        LossMadeGood(
            at=context.now,
            by=context.actor,
            holder=place,
            papers=command.papers,
            remedy=command.remedy,
            note=scrub(command.note.strip()),
        ),
    )


class Owed(NamedTuple):
    """So many of one paper that a place owes; without a `document` nobody has confirmed it.

    `by` reported it; `at` is when, or when it was confirmed.
    """

    holder: Holder
    line: PaperLine
    mishap: Mishap
    reason: str
    by: Actor
    at: datetime
    document: str = ""


def owed_of(case: Case) -> Iterator[Owed]:
    """The losses that the office still owes for, then the reports that nobody has confirmed."""
    for loss in open_losses(case):
        line = PaperLine(loss.material, loss.form, loss.open)
        by = loss.proposed_by or loss.by
        yield Owed(loss.holder, line, loss.mishap, loss.reason, by, loss.at, loss.document)
    for plan, by, at in reports_of(case):
        for line in plan.papers:
            yield Owed(plan.holder, line, plan.mishap, plan.reason, by, at)


def open_losses(case: Case) -> tuple[Loss, ...]:
    """What the office still owes for papers of this case."""
    return tuple(one for one in custody_of(case).losses if one.open)


def reports_of(case: Case) -> tuple[Report, ...]:
    """The reports that nobody has confirmed yet."""
    return tuple(
        Report(one.plan, one.by, one.at) for one in case.proposals if isinstance(one.plan, LossPlan)
    )


def reported_of(case: Case, place: Holder, paper: Paper) -> int:
    """How many of a paper at a place are reported: they are handed on no more."""
    return sum(
        line.count
        for one in reports_of(case)
        if one.plan.holder == place
        for line in one.plan.papers
        if (line.material, line.form) == paper
    )


def unreported_at(case: Case, place: Holder) -> Callable[[Paper], int]:
    """Tells how many of a paper lie free at a place, less those that are reported."""
    ledger = custody_of(case)
    return lambda paper: ledger.free_of(place, paper) - reported_of(case, place, paper)


def refuse_asking(case: Case, keys: Iterable[str]) -> Refusal | None:
    """The applicant is not asked for what the office lost or damaged (行政许可法 Art. 32(4))."""
    ours = {one.material: one for one in open_losses(case)}
    key = next((key for key in keys if key in ours), None)
    if key is None:
        return None
    return refuse("loss.ours", key, material=name_material(case, key), notice=ours[key].document)


def is_of_window(plan: LossPlan) -> bool:
    """Whether a window reports it, or a department."""
    return plan.holder.kind is HolderKind.WINDOW


def _owed(case: Case, remedy: Remedy, paper: Paper) -> int:
    """Found can be what lies nowhere; replaced, what nothing has come for yet."""
    ledger = custody_of(case)
    if remedy is Remedy.FOUND:
        return ledger.free_of(NOBODY, paper)
    return sum(one.open for one in ledger.losses if (one.material, one.form) == paper)
