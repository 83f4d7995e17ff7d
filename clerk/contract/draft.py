"""A walk-in as it is being typed: kept as typed, keystroke by keystroke, until it is received."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.bundle import DraftProject
from clerk.contract.case import MaterialState
from clerk.contract.session import ApplicantCard


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk ticked on one line of the checklist."""

    state: MaterialState
    originals: int = 0
    copies: int = 0
    due: date | None = None
    note: str = ""


class ChosenItem(msgspec.Struct, frozen=True):
    """An item of the visit, at the version it was chosen in."""

    item: str
    version: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One visit of one applicant for one or several items, as typed so far.

    `id` becomes the application's. `answers` and `fields` are keyed as `clerk.rules.checklist`
    keys them; `ticks` by the line of the checklist. `focus` is the field that the cursor
    stood in, so that an interrupted counter goes on there.
    """

    id: str
    window: str
    user: str
    created_at: datetime
    updated_at: datetime
    id_kind: str = ""
    id_text: str = ""
    card: ApplicantCard | None = None
    name: str = ""
    phone: str = ""
    address: str = ""
    representative: str = ""
    agent_name: str = ""
    agent_id: str = ""
    agent_id_kind: str = ""
    agent_phone: str = ""
    items: tuple[ChosenItem, ...] = ()
    answers: dict[str, str] = {}
    ticks: dict[str, Tick] = {}
    fields: dict[str, str] = {}
    bundle: str = ""
    project: DraftProject | None = None
    parked: bool = False
    focus: str = ""
