"""What an act on one case means for the bundle application that it belongs to.

The row of the application is locked before its cases, so that a receipt and a decision at one
moment cannot miss each other; cases are locked down the graph, which has no cycle.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from central.acts import recording
from central.catalogue.withdrawing import find_withdrawn_bundle
from central.db import cases, projects
from central.db.engine import Connection
from central.db.feed import Change
from central.db.projects import StoredProject
from clerk.contract.answer import Refusal
from clerk.contract.bundle import DraftProject, Standing
from clerk.contract.case import Delivery, HandoverChosen, Preceded, Stage
from clerk.contract.command import ReceiveCase
from clerk.contract.item import Bundle
from clerk.contract.user import Actor
from clerk.rules.bundle.gate import best_of
from clerk.rules.bundle.place import dependents_of, place_of
from clerk.rules.bundle.tidings import standing_of, tell_of
from clerk.rules.case import Case, fold
from clerk.rules.case.context import refuse

_OUT = frozenset({Delivery.RELEASED, Delivery.MAILED, Delivery.RETURNED, Delivery.AT_WINDOW})
_GONE = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.VOID})


def lock_project(connection: Connection, case_id: str) -> StoredProject | None:
    """The application of a case, kept from others; nothing for a case without one."""
    project_id = projects.find_of_case(connection, case_id)
    return projects.lock(connection, project_id) if project_id else None


def take_place(
    connection: Connection, command: ReceiveCase, at: recording.Moment, received_at: datetime
) -> ReceiveCase | Refusal:
    """The command with the place that its case has in the application, which it may open.

    Whether one may be opened is asked of the moment of the receipt (Art. 8).

    The graph is the one that the application is pinned to, whatever the desk has of it.
    """
    told = command.place
    if told is None:
        return command
    if not told.title.strip():
        return refuse("bundle.title_missing", "title")
    if projects.find_bundle(connection, told.bundle, told.version) is None:
        return refuse("bundle.unknown", "items", bundle=told.bundle)
    if projects.find(connection, told.project) is None:
        over = find_withdrawn_bundle(connection, told.bundle, received_at)
        if over is not None:
            name, since = over
            return refuse("bundle.withdrawn", "items", bundle=name, day=since.isoformat())
    project = projects.open_project(
        connection,
        StoredProject(
            id=told.project,
            title=told.title.strip(),
            bundle=told.bundle,
            version=told.version,
            applicant_number=command.applicant.id_number,
            together=told.together,
            opened_at=at.now,
        ),
    )
    if project.applicant_number != command.applicant.id_number:
        return refuse("bundle.applicant_other", "applicant", title=project.title)
    return _placed(connection, project, command)


def _placed(
    connection: Connection, project: StoredProject, command: ReceiveCase
) -> ReceiveCase | Refusal:
    place = place_of(draft_of(connection, project), command.item)
    if place is None:
        return refuse("bundle.not_in", "items", item=command.item)
    for case in cases_of(connection, project.id):
        if case.terms.item == command.item and standing_of(case) is not Standing.FAILED:
            return refuse("bundle.in_hand", "items", item=case.terms.name, number=case.number)
    return replace(command, place=place, bundle=place.bundle)


def draft_of(connection: Connection, project: StoredProject) -> DraftProject:
    """The application with its graph."""
    return DraftProject(
        id=project.id,
        title=project.title,
        bundle=get_bundle(connection, project),
        together=project.together,
    )


def get_bundle(connection: Connection, project: StoredProject) -> Bundle:
    """The version of the bundle that the application keeps to."""
    bundle = projects.find_bundle(connection, project.bundle, project.version)
    assert bundle is not None, "a version that is pinned is kept"
    return bundle


def cases_of(connection: Connection, project_id: str) -> tuple[Case, ...]:
    """The cases of an application, by their numbers."""
    ids = projects.list_cases(connection, project_id)
    records = cases.find_records(connection, ids)
    return tuple(fold(records[one]) for one in ids)


def hear_at_receipt(
    connection: Connection, case: Case, moment: recording.Moment, by: Actor
) -> tuple[Case, Change | None]:
    """Tell a case that came in just now what it waits for and how that stands."""
    assert case.place is not None, "it was received into an application"
    others = cases_of(connection, case.place.project)
    events: list[Preceded] = []
    for awaited in case.place.after:
        mine = [one for one in others if one.terms.item == awaited.item]
        standing = best_of(standing_of(one) for one in mine)
        news = tell_of(case, mine[-1], standing, by, moment.now) if mine else None
        events += [news] if news else []
    if not events:
        return case, None
    return recording.record_events(connection, case, events, moment)


def tell_others(
    connection: Connection, case: Case, moment: recording.Moment, by: Actor
) -> tuple[Change, ...]:
    """Tell the cases that wait for this one's item how it stands now."""
    assert case.place is not None, "it belongs to an application"
    project = projects.find(connection, case.place.project)
    assert project is not None, "applications are never deleted"
    waiting = dependents_of(get_bundle(connection, project), case.terms.item)
    others = cases_of(connection, project.id)
    same = (one for one in others if one.terms.item == case.terms.item)
    standing = best_of(standing_of(one) for one in same)
    changes = []
    for other in others:
        if other.terms.item in waiting:
            loaded = recording.load_case(connection, other.id)
            assert loaded is not None, "cases are never deleted"
            news = tell_of(loaded[0], case, standing, by, moment.now)
            if news is not None:
                changes.append(recording.record_events(connection, loaded[0], (news,), moment)[1])
    return tuple(changes)


def spread_handover(
    connection: Connection, case: Case, chosen: HandoverChosen, moment: recording.Moment
) -> tuple[Change, ...]:
    """What was chosen at one case holds for the whole application."""
    assert case.place is not None, "it belongs to an application"
    together = chosen.together
    projects.choose_handover(connection, case.place.project, together=together)
    return tuple(
        recording.record_events(connection, other, (chosen,), moment)[1]
        for other in cases_of(connection, case.place.project)
        if other.id != case.id and other.place and other.place.together != together
    )


def not_ready(connection: Connection, case: Case) -> tuple[str, ...]:
    """The other items of the case's stage whose results are still to come."""
    if case.place is None:
        return ()
    return tuple(
        one.terms.name
        for one in cases_of(connection, case.place.project)
        if one.place
        and one.id != case.id
        and one.place.stage == case.place.stage
        and one.stage not in _GONE
        and one.delivery not in _OUT
    )
