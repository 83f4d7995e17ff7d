"""Bundle applications as they may be asked about: by an applicant's number or a case's."""

from __future__ import annotations

from datetime import datetime

from central import access
from central.access import Caller
from central.acts import bundling
from central.calendars import get_calendar
from central.db import cases, catalogue, projects
from central.db.engine import Connection
from central.db.projects import StoredProject
from central.registers.recording import NumberAsked, note_number
from clerk.clock import OFFICE_ZONE
from clerk.contract.bundle import Given, Standing
from clerk.contract.case import MaterialState, Stage
from clerk.contract.item import Bundle, BundleNode, FieldKind, Item
from clerk.contract.limits import Limit
from clerk.contract.project import FindProjects, Project, ProjectCase, ProjectItem, Projects
from clerk.contract.user import Role
from clerk.errors import InputError, RefusedError
from clerk.rules.bundle.gate import best_of
from clerk.rules.bundle.handling import under_lead
from clerk.rules.bundle.tidings import standing_of
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case
from clerk.rules.case.timing import timing_of
from clerk.rules.checklist import share_key
from clerk.rules.identifiers import read_identifier
from clerk.rules.numbers import read_case_number

_SUBJECT_LENGTH = 64
_IN = frozenset({MaterialState.PROVIDED, MaterialState.CORRECTED})
_PERSONAL = frozenset({FieldKind.IDENTIFIER, FieldKind.PHONE})


def find_projects(connection: Connection, ask: FindProjects, caller: Caller) -> Projects:
    """The applications of somebody, or the one of a receipt; any window may go on with it."""
    access.demand_role(caller.user, {Role.COUNTER})
    if ask.case_number:
        found = _by_number(connection, ask.case_number)
    elif ask.id_number:
        found = _by_applicant(connection, ask, caller)
    else:
        raise InputError("project.nothing_asked")
    return Projects(projects=tuple(_show(connection, one, caller.now) for one in found))


def show_project(connection: Connection, project_id: str, caller: Caller) -> Project:
    """The whole of an application, for a window, or a department that has a case in it."""
    access.demand_role(caller.user, access.CASE_WORKERS | {Role.MANAGER})
    project = projects.find(connection, project_id)
    if project is None or not _may_see(connection, project, caller):
        raise RefusedError("project.unknown")
    return _show(connection, project, caller.now)


def _may_see(connection: Connection, project: StoredProject, caller: Caller) -> bool:
    if caller.device.window:
        return True
    ids = projects.list_cases(connection, project.id)
    return bool(cases.visible(connection, ids, access.scope_of(caller.device)))


def _by_number(connection: Connection, text: str) -> tuple[StoredProject, ...]:
    case_id = cases.find_id(connection, str(read_case_number(text)))
    project_id = projects.find_of_case(connection, case_id) if case_id else ""
    project = projects.find(connection, project_id) if project_id else None
    return (project,) if project else ()


def _by_applicant(
    connection: Connection, ask: FindProjects, caller: Caller
) -> tuple[StoredProject, ...]:
    reading = read_identifier(ask.id_number, ask.id_kind, today=caller.now.date())
    if not reading.valid:
        raise InputError("applicant.number_invalid", kind=ask.id_kind.value if ask.id_kind else "")
    if not 0 < len(ask.subject) <= _SUBJECT_LENGTH:
        raise InputError("lookup.subject_missing")
    found = projects.list_of_applicant(connection, reading.number)
    asked = NumberAsked(
        purpose=ask.purpose, subject=ask.subject, found=bool(found), sources="projects"
    )
    note_number(connection, caller, reading.number, "projects.found", asked)
    return found


def _show(connection: Connection, project: StoredProject, now: datetime) -> Project:
    bundle = bundling.get_bundle(connection, project)
    found = bundling.cases_of(connection, project.id)
    calendar = get_calendar(connection)
    alive = [one for one in found if standing_of(one) is not Standing.FAILED]
    return Project(
        id=project.id,
        title=project.title,
        bundle=bundle,
        together=project.together,
        opened_on=project.opened_at.astimezone(OFFICE_ZONE).date(),
        items=tuple(
            _item(_find_item(connection, bundle, node), node, found, calendar, now)
            for node in bundle.nodes
        ),
        given=_given(alive),
        fields=_fields(alive),
    )


def _find_item(connection: Connection, bundle: Bundle, node: BundleNode) -> Item | None:
    """The newest version of an item, as it is handled in this bundle."""
    item = catalogue.find_item(connection, node.item)
    return under_lead(item, bundle.lead_department) if item else None


def _item(
    item: Item | None,
    node: BundleNode,
    found: tuple[Case, ...],
    calendar: WorkCalendar,
    now: datetime,
) -> ProjectItem:
    mine = [one for one in found if one.terms.item == node.item]
    # The one that counts: granted or in hand before what came to nothing.
    newest = max(mine, key=lambda one: (_alive(one), one.received_at), default=None)
    terms = newest.terms if newest else item
    return ProjectItem(
        item=node.item,
        name=node.name or (terms.name if terms else node.item),
        stage=node.stage,
        main=node.main,
        department_name=terms.department_name if terms else "",
        limit=(terms.promised or terms.statutory) if terms else Limit(20),
        after=node.after,
        standing=_standing(node, mine, found),
        case=_case(newest, calendar, now) if newest else None,
    )


def _alive(case: Case) -> bool:
    return standing_of(case) is not Standing.FAILED


def _standing(node: BundleNode, mine: list[Case], found: tuple[Case, ...]) -> Standing:
    """What came of an item; one that a department does without was not asked for."""
    standing = best_of(standing_of(one) for one in mine)
    if standing is Standing.NOT_ASKED and any(
        one.before.get(node.item) is Standing.WAIVED for one in found
    ):
        return Standing.WAIVED
    return standing


def _case(case: Case, calendar: WorkCalendar, now: datetime) -> ProjectCase:
    timing = timing_of(case, calendar, now)
    ended = case.decided_at or case.declined_at
    runs = case.decision_runs and not ended
    return ProjectCase(
        id=case.id,
        number=case.number,
        stage=case.stage,
        clock=case.clock,
        outcome=case.outcome,
        delivery=case.delivery,
        received_on=case.received_at.astimezone(OFFICE_ZONE).date(),
        accepted_on=case.accepted_from,
        decided_on=ended.astimezone(OFFICE_ZONE).date() if ended else None,
        due_on=timing.promised_due if runs and case.stage is not Stage.WITHDRAWN else None,
        light=timing.light(now).value,
        waits_for=tuple(one.name for one in case.waits_for),
        held_by=tuple(one.name for one in case.held_by),
    )


def _given(found: list[Case]) -> tuple[Given, ...]:
    """The papers that came in, under the key that items share them by."""
    given: dict[str, str] = {}
    for case in found:
        keys = {one.key: share_key(one) for one in case.terms.materials}
        for tick in case.materials:
            if tick.state in _IN and tick.key in keys:
                given.setdefault(keys[tick.key], case.number)
    return tuple(Given(key, number) for key, number in given.items())


def _fields(found: list[Case]) -> dict[str, str]:
    """The shared fields as they were typed last; a person's numbers are typed anew."""
    return {
        field.shared: case.fields[field.key]
        for case in found
        for field in case.terms.fields
        if field.shared and field.kind not in _PERSONAL and case.fields.get(field.key)
    }
