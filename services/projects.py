"""Bundle applications (一件事): found, looked at as a whole, begun and gone on with at intake."""

from __future__ import annotations

import os

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.bundle import DraftProject
from clerk.contract.case import MaterialState
from clerk.contract.draft import ChosenItem, Draft, Tick
from clerk.contract.identity import IdKind
from clerk.contract.ids import new_id
from clerk.contract.item import Bundle
from clerk.contract.project import FindProjects, Project, Projects
from clerk.contract.session import Purpose
from clerk.errors import StoreError
from clerk.rules.bundle.place import find_node
from clerk.rules.bundle.schedule import Schedule
from clerk.rules.bundle.whole import plan_at_usual_pace, plan_project
from clerk.rules.offering import may_begin
from clerk.rules.verdict import Visit
from services.calendars import get_calendar
from services.client import Call, encode
from services.line import Line
from services.session import Session
from storage import catalogue
from storage.store import Store


class Whole(msgspec.Struct, frozen=True):
    """A bundle application with its earliest finish, by its limits and at the usual pace."""

    project: Project
    plan: Schedule
    usual: Schedule | None = None


class BundleApplications:
    """Asks central about applications, and puts them into drafts."""

    def __init__(self, store: Store, line: Line, session: Session, clock: Clock) -> None:
        """Ask in the name of whoever is signed in."""
        self._store = store
        self._line = line
        self._session = session
        self._clock = clock

    def of_applicant(self, id_kind: IdKind, id_number: str, draft_id: str) -> tuple[Project, ...]:
        """The applications of a draft's applicant; the look is on record.

        Raises UnreachableError with the line down: then only a new one can be begun.
        """
        ask = FindProjects(
            id_kind=id_kind, id_number=id_number, purpose=Purpose.DRAFT, subject=draft_id
        )
        return self._find(ask)

    def of_receipt(self, case_number: str) -> tuple[Project, ...]:
        """The application that a receipt's case belongs to."""
        return self._find(FindProjects(case_number=case_number))

    def show(self, project_id: str) -> Whole:
        """The whole of an application. Raises RefusedError `project.unknown`."""
        call = Call(path=f"/projects/{project_id}", method="GET")
        project = self._line.ask(call, Project, self._session.get_token())
        with self._store.read() as connection:
            calendar = get_calendar(connection)
            usual = catalogue.find_usual_times(connection, [one.item for one in project.items])
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        return Whole(
            project=project,
            plan=plan_project(project, calendar, today),
            usual=plan_at_usual_pace(project, usual, calendar, today),
        )

    def may_begin(self, bundle: Bundle) -> bool:
        """Whether an application of it may begin now, as far as this desk has heard."""
        return may_begin(bundle, self._clock.now())

    def begin(self, bundle: Bundle, title: str, *, together: bool) -> DraftProject:
        """A new application; it is opened by its first receipt, with the line down too."""
        now_ms = int(self._clock.now().timestamp() * 1000)
        return DraftProject(
            id=new_id(now_ms, os.urandom), title=title, bundle=bundle, together=together
        )

    def go_on(self, project: Project) -> DraftProject:
        """An application that items are added to."""
        return DraftProject(
            id=project.id,
            title=project.title,
            bundle=project.bundle,
            together=project.together,
            joined=True,
            given=project.given,
            fields=project.fields,
        )

    def put_into(self, draft: Draft, project: DraftProject, items: tuple[str, ...]) -> Draft:
        """The draft with these items of the application, beside those it has of none.

        Raises StoreError `item.unknown` for an item that the catalogue has no more.
        """
        others = tuple(one for one in draft.items if find_node(project.bundle, one.item) is None)
        with self._store.read() as connection:
            newest = [catalogue.find_newest(connection, one) for one in items]
        chosen = []
        for name, item in zip(items, newest, strict=True):
            if item is None:
                raise StoreError("item.unknown", item=name)
            chosen.append(ChosenItem(item.id, item.version))
        return msgspec.structs.replace(
            draft,
            items=(*others, *chosen),
            project=project,
            bundle=project.bundle.id,
            fields={**project.fields, **draft.fields},
        )

    def _find(self, ask: FindProjects) -> tuple[Project, ...]:
        call = Call(path="/projects/find", body=encode(ask))
        return self._line.ask(call, Projects, self._session.get_token()).projects


def tick_given(draft: Draft, visit: Visit) -> Draft:
    """The draft with the papers ticked that came in earlier for the same project.

    What was ticked by hand stays; the note says with which case a paper came in.
    """
    if draft.project is None:
        return draft
    numbers = {one.key: one.number for one in draft.project.given}
    ticks = {
        line.key: Tick(
            state=MaterialState.PROVIDED,
            originals=line.originals,
            copies=line.copies,
            note=numbers[line.key],
        )
        for line in visit.lines
        if line.key in numbers and line.key not in draft.ticks and not line.exempted
    }
    return msgspec.structs.replace(draft, ticks={**draft.ticks, **ticks}) if ticks else draft
