"""Where a case stands in a bundle application (一件事, 并联审批), and what it waits for."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from clerk.contract.item import Bundle


class Standing(StrEnum):
    """What became of an item that others of the bundle application wait for."""

    NOT_ASKED = "not_asked"
    OPEN = "open"
    GRANTED = "granted"
    FAILED = "failed"
    WAIVED = "waived"


class Awaited(msgspec.Struct, frozen=True):
    """An item that must be granted first. A main item is waited for before it is asked for."""

    item: str
    name: str
    main: bool = False


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a case in its bundle application, pinned to the bundle's version.

    `project` is the bundle application, `title` the name of the project. `together`: the
    applicant wants the results of a stage at once, instead of each as soon as it is ready.
    `lead` is the bundle's lead department.
    """

    project: str
    title: str
    bundle: str
    version: int
    bundle_name: str
    stage: str
    stage_name: str
    main: bool
    after: tuple[Awaited, ...] = ()
    together: bool = False
    lead: str = ""


class Given(msgspec.Struct, frozen=True):
    """A paper that came in earlier for the same project, and with which case."""

    key: str
    number: str


class DraftProject(msgspec.Struct, frozen=True, kw_only=True):
    """The bundle application of a walk-in: a new one, or one that is gone on with.

    `bundle` is the version that the application keeps to; `given` the papers and `fields` the
    shared fields that came in on earlier visits.
    """

    id: str
    title: str
    bundle: Bundle
    together: bool = False
    joined: bool = False
    given: tuple[Given, ...] = ()
    fields: dict[str, str] = {}
