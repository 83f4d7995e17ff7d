"""What an applicant may ask without coming: how a case stands, by its number and password."""

from __future__ import annotations

from datetime import date

import msgspec

from clerk.contract.case import ClockState, Delivery, Outcome, Stage, SupplementLine


class AskProgress(msgspec.Struct, frozen=True, kw_only=True):
    """A case number with the query password of its receipt."""

    number: str
    password: str


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands, with nothing in it that says whose it is.

    `due` is the promised day as it is reckoned now; `awaited` is what the notice asked for and
    has not come in yet.
    """

    number: str
    item: str
    department: str
    stage: Stage
    clock: ClockState
    outcome: Outcome
    delivery: Delivery
    received_on: date
    accepted_on: date | None = None
    due: date | None = None
    decided_on: date | None = None
    awaited: tuple[SupplementLine, ...] = ()
