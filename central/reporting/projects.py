"""Bundle applications with several stages as facts of a report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from central.db.projects import StoredProject
from central.reporting.cases import Seen, Standpoint, make_fact, office_day
from clerk.contract.bundle import Standing
from clerk.contract.item import Bundle
from clerk.contract.report import ProjectFact
from clerk.rules.bundle.gate import best_of
from clerk.rules.bundle.tidings import standing_of
from clerk.rules.case import Case
from clerk.rules.reports.lateness import is_overdue


def make_project(
    project: StoredProject, bundle: Bundle, seen: Iterable[Seen], at: Standpoint
) -> ProjectFact:
    """One project; it names no applicant but by the title that it was given."""
    known = tuple(seen)
    cases = [one.case for one in known]
    standings = [standing_of(one) for one in cases]
    in_hand = [one for one in known if one.case.in_hand]
    return ProjectFact(
        title=project.title,
        bundle_name=bundle.name,
        opened_on=office_day(project.opened_at),
        stage_name=_reached(bundle, cases),
        items=len(bundle.nodes),
        cases=len(cases),
        granted=standings.count(Standing.GRANTED),
        failed=standings.count(Standing.FAILED),
        in_hand=len(in_hand),
        overdue=sum(is_overdue(make_fact(one, at), at.now) for one in in_hand),
        finished_on=_finished(bundle, cases),
    )


def _reached(bundle: Bundle, cases: list[Case]) -> str:
    """The last stage, in the order of the bundle, that something was applied for in."""
    begun = {one.place.stage for one in cases if one.place}
    names = [stage.label for stage in bundle.stages if stage.key in begun]
    return names[-1] if names else ""


def _finished(bundle: Bundle, cases: list[Case]) -> date | None:
    """When the last case was decided, once every main item is granted and none is in hand."""
    mains = [node.item for node in bundle.nodes if node.main]
    best = {
        item: best_of(standing_of(one) for one in cases if one.terms.item == item) for item in mains
    }
    if any(one.in_hand for one in cases) or set(best.values()) != {Standing.GRANTED}:
        return None
    return max(office_day(one.decided_at) for one in cases if one.decided_at)
