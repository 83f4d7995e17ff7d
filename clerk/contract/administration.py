"""What an administrator sees of the system at one look. Nothing in it is about any applicant."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.user import User


class DeskCondition(StrEnum):
    """Whether a desk may work. One that guessed too many passwords is let in by and by."""

    WELL = "well"
    GUESSED = "guessed"
    QUARANTINED = "quarantined"
    DISABLED = "disabled"


class DeskState(msgspec.Struct, frozen=True, kw_only=True):
    """A desk. `unsent` and `program` are what it said when it greeted last, at `greeted_at`.

    `place` is the name of its window or department; `acted_at` is when its newest act came.
    """

    id: str
    name: str
    place: str
    condition: DeskCondition
    greeted_at: datetime | None = None
    acted_at: datetime | None = None
    unsent: int = 0
    program: str = ""


class ScheduleState(msgspec.Struct, frozen=True, kw_only=True):
    """A report that makes itself. `state` is how its newest due time went; empty before it."""

    number: int
    report: str
    target: str
    next_due: datetime | None = None
    due_at: datetime | None = None
    state: str = ""
    attempts: int = 0
    problem: str = ""
    parameters: dict[str, str] = {}


class LoadState(msgspec.Struct, frozen=True, kw_only=True):
    """One load of a register from files; without an end it broke off, or goes on."""

    kind: str
    name: str
    began_at: datetime
    ended_at: datetime | None = None
    read: int = 0
    refused: int = 0


class RegisterState(msgspec.Struct, frozen=True, kw_only=True):
    """A register of another office: which description of it holds, and whether it is asked."""

    id: str
    name: str
    version: int
    asked: bool
    changed_at: datetime


class PackageState(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of a dataset for one subscriber."""

    dataset: str
    subscriber: str
    version: int
    published_at: datetime


class ComingChange(msgspec.Struct, frozen=True, kw_only=True):
    """What comes into the catalogue on a day. `problem` tells why it cannot, as things are."""

    on: date
    id: str
    name: str
    bundle: bool = False
    withdraws: bool = False
    problem: str = ""
    parameters: dict[str, str] = {}


class CatalogueState(msgspec.Struct, frozen=True, kw_only=True):
    """What is in force: counts, the newest change, and the version of the calendar."""

    items: int = 0
    bundles: int = 0
    changed_at: datetime | None = None
    calendar: str = ""


class ServiceState(msgspec.Struct, frozen=True, kw_only=True):
    """Central itself. A database on a server is backed up by that server's own means.

    `waiting` counts the desks that are in contact with the process that answered.
    """

    program: str
    generation: str
    on_server: bool
    waiting: int = 0
    backed_up_at: datetime | None = None
    backup: str = ""
    restored_at: datetime | None = None


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, at one moment."""

    at: datetime
    service: ServiceState
    catalogue: CatalogueState
    desks: tuple[DeskState, ...] = ()
    users: tuple[User, ...] = ()
    departments: dict[str, str] = {}
    schedules: tuple[ScheduleState, ...] = ()
    loads: tuple[LoadState, ...] = ()
    registers: tuple[RegisterState, ...] = ()
    packages: tuple[PackageState, ...] = ()
    coming: tuple[ComingChange, ...] = ()
