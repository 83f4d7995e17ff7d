"""Refused acts done once more as they were typed, many after each other with nothing typed anew."""

from __future__ import annotations

from clerk.contract.command import AnyCommand, ReceiveCase
from clerk.contract.user import Role
from clerk.errors import InputError, RefusedError
from clerk.rules.retyping import parts_of, with_parts
from clerk.rules.spot import Facet
from services.counter import Done
from services.mending import Conflict, Mending
from services.reopening import Reopening
from services.session import Session
from storage.outbox import OutboxEntry

_TYPED = frozenset({Facet.MATERIAL, Facet.ASKED, Facet.FORM})


class Repeating:
    """Says of each whether it can be done so, and does it."""

    def __init__(self, session: Session, mending: Mending, reopening: Reopening) -> None:
        """Repeat for whoever is signed in."""
        self._session = session
        self._mending = mending
        self._reopening = reopening

    def demand(self, entry: OutboxEntry) -> AnyCommand:
        """What is left to be done of an act.

        Raises InputError `outbox.on_its_way`, `outbox.of_another`, or `outbox.settled` where
        others have done all of it, and RefusedError where it would be refused now too.
        """
        if not entry.is_refused:
            raise InputError("outbox.on_its_way")
        user = self._session.get_user()
        if isinstance(entry.command, ReceiveCase):
            if not user.has(Role.COUNTER):
                raise RefusedError("user.role_needed", role=Role.COUNTER.value)
            return entry.command
        if entry.envelope.user != user.id:
            raise InputError("outbox.of_another")
        found = self._mending.look(entry.n)
        if found.still is not None:
            raise RefusedError(found.still.code, **found.still.parameters)
        return _what_is_left(found)

    def repeat(self, entry: OutboxEntry, reopened: set[str]) -> Done | None:
        """Send it again, or make a receipt a draft again; raises what both of these raise.

        A receipt brings the refused others of its visit along: `reopened` knows these visits.
        """
        command = self.demand(entry)
        if not isinstance(command, ReceiveCase):
            return self._mending.send_again(entry.n, command)
        if command.application not in reopened:
            self._reopening.reopen(entry.n)
            reopened.add(command.application)
        return None


def settled_parts(found: Conflict) -> set[str]:
    """The materials and fields of an act that somebody else has dealt with since."""
    theirs = (one.spot for one in found.differences if one.is_theirs)
    return {spot.key for spot in theirs if spot.facet in _TYPED}


def _what_is_left(found: Conflict) -> AnyCommand:
    command, parts = found.entry.command, parts_of(found.entry.command)
    left = [key for key in parts if key not in settled_parts(found)]
    if len(left) == len(parts):
        return command
    if not left:
        raise InputError("outbox.settled")
    return with_parts(command, left)
