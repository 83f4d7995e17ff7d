"""What a decision is made with, beside the case and the command."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.item import Item
from clerk.contract.register import RegisterAnswer
from clerk.contract.user import Actor, Role, User
from clerk.rules.calendar import WorkCalendar

CLAIM_LEASE = timedelta(hours=2)
"""How long a claim keeps others from a case."""

FIVE_DAYS = 5
"""Working days in which the office tells what is missing, or has accepted (Art. 32(4))."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, when and where; `item` only for receiving.

    `not_ready` only for releasing: the other items of the stage, in the same bundle
    application, whose results are still to come. `looked` only for receiving, and only central
    knows it: what registers were seen to say. `renewed_by` only for what is done to a licence,
    and only central knows it: the number of the case that renews it in time, undecided; empty
    where there is none, None where nobody could look.
    `withdrawn_since` only for receiving: the day since when its item is offered no more, if it
    was on the day of the receipt.
    """

    now: datetime
    calendar: WorkCalendar
    user: User
    window: str = ""
    item: Item | None = None
    not_ready: tuple[str, ...] = ()
    looked: tuple[RegisterAnswer, ...] = ()
    renewed_by: str | None = None
    withdrawn_since: date | None = None

    @property
    def today(self) -> date:
        """The office's date."""
        return self.now.astimezone(OFFICE_ZONE).date()

    @property
    def actor(self) -> Actor:
        """What the events remember of who asks."""
        return Actor(
            user=self.user.id,
            name=self.user.name,
            department=self.user.department,
            window=self.window,
        )


def refuse(code: str, field: str = "", **parameters: object) -> Refusal:
    """A refusal with its parameters as text."""
    told = {name: str(value) for name, value in parameters.items()}
    return Refusal(code=code, field=field, parameters=told)


def lacks_role(context: Context, role: Role) -> Refusal | None:
    """The refusal of somebody without this role, or nothing."""
    if context.user.disabled:
        return refuse("user.disabled")
    return None if context.user.has(role) else refuse("user.role_needed", role=role.value)
