"""A bundle application as a whole, as central tells of it: no person is named in it."""

from __future__ import annotations

from datetime import date

import msgspec

from clerk.contract.bundle import Given, Standing
from clerk.contract.case import ClockState, Delivery, Outcome, Stage
from clerk.contract.identity import IdKind
from clerk.contract.item import Bundle
from clerk.contract.limits import Limit
from clerk.contract.session import Purpose


class FindProjects(msgspec.Struct, frozen=True, kw_only=True):
    """Ask by the number of one of its cases, or by the applicant's number.

    `purpose` and `subject` as with a look-up: an ID number is never asked about for nothing.
    """

    case_number: str = ""
    id_kind: IdKind | None = None
    id_number: str = ""
    purpose: Purpose = Purpose.DRAFT
    subject: str = ""


class ProjectCase(msgspec.Struct, frozen=True, kw_only=True):
    """The newest case of an item. `due_on` is the due date of a limit that runs."""

    id: str
    number: str
    stage: Stage
    clock: ClockState
    outcome: Outcome
    delivery: Delivery
    received_on: date
    accepted_on: date | None = None
    decided_on: date | None = None
    due_on: date | None = None
    light: str = "none"
    waits_for: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()


class ProjectItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of the bundle, asked for or not. `limit` is the promised one, else the law's."""

    item: str
    name: str
    stage: str
    main: bool
    department_name: str
    limit: Limit
    after: tuple[str, ...] = ()
    standing: Standing = Standing.NOT_ASKED
    case: ProjectCase | None = None


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """The whole: its graph, where each item stands, and what came in already.

    `given` are papers that need not be asked for once more, `fields` the shared fields of the
    form as they were typed, numbers of people left out.
    """

    id: str
    title: str
    bundle: Bundle
    together: bool
    opened_on: date
    items: tuple[ProjectItem, ...]
    given: tuple[Given, ...] = ()
    fields: dict[str, str] = {}


class Projects(msgspec.Struct, frozen=True, kw_only=True):
    """The bundle applications that were found, the newest first."""

    projects: tuple[Project, ...]
