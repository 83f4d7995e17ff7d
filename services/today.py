"""Today's own figures of whoever is signed in: what they did at this desk since midnight."""

from __future__ import annotations

import msgspec

from clerk.clock import OFFICE_ZONE, Clock, begin_of_day
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    Approve,
    AskSupplement,
    Command,
    DecideCase,
    DecideOnSpot,
    GiveOpinion,
    PassStep,
    ProduceResult,
    ReceiveCase,
    ReleaseResult,
)
from clerk.contract.user import Role
from services.seat import seated
from services.session import Session
from storage import identity
from storage.store import Store
from storage.today import count_deeds

_AT_WINDOW: dict[str, tuple[type[Command], ...]] = {
    "taken_in": (ReceiveCase,),
    "accepted": (AcceptCase, DecideOnSpot),
    "supplements": (AskSupplement,),
    "handed_out": (ReleaseResult,),
}
_OF_STEPS: dict[str, tuple[type[Command], ...]] = {
    "passed_on": (PassStep,),
    "decided": (DecideCase,),
    "opinions": (GiveOpinion,),
    "approved": (Approve,),
    "produced": (ProduceResult,),
}
_STEP_ROLES = (Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD)


class OwnDay(msgspec.Struct, frozen=True):
    """Figures by their names, in the order that they are told, and what central lacks yet."""

    figures: dict[str, int]
    unsent: int = 0


class Today:
    """Counts from the desk's own store, and so with the line down as well."""

    def __init__(self, store: Store, session: Session, clock: Clock) -> None:
        """Count for whoever is signed in."""
        self._store = store
        self._session = session
        self._clock = clock

    def count(self) -> OwnDay | None:
        """Their figures at this desk since midnight; nothing for who does not work on cases."""
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        midnight = begin_of_day(today)
        with self._store.read() as connection:
            user = seated(self._session.get_user(), identity.get_enrolled(connection))
            if user.has(Role.COUNTER):
                told = _AT_WINDOW
            elif any(user.has(role) for role in _STEP_ROLES):
                told = _OF_STEPS
            else:
                return None
            deeds = count_deeds(connection, user.id, midnight)
        figures = {
            name: sum(deeds.by_kind.get(_tag_of(kind), 0) for kind in kinds)
            for name, kinds in told.items()
        }
        return OwnDay(figures, deeds.unsent)


def _tag_of(kind: type[Command]) -> str:
    assert issubclass(kind, AnyCommand), "one of those that are sent"
    return str(kind.__struct_config__.tag)
