"""The desks as administrators see them: when each was heard of, and how it stands."""

from __future__ import annotations

from datetime import datetime

from central.attempts import Attempts
from central.db import desk_words, devices, offices
from central.db.desk_words import DeskWord
from central.db.devices import ListedDevice
from central.db.engine import Connection
from clerk.contract.administration import DeskCondition, DeskState
from clerk.errors import RefusedError
from clerk.sync.scope import AUDIT


def list_states(connection: Connection, attempts: Attempts, now: datetime) -> tuple[DeskState, ...]:
    """Every desk; those that are disabled stay on the list."""
    words, acts = desk_words.read_all(connection), devices.list_newest_acts(connection)
    places = {one.id: one.name for one in offices.list_departments(connection)}
    places |= offices.list_window_names(connection)
    return tuple(
        _state_of(one, words.get(one.id, DeskWord()), places, attempts, now, acts.get(one.id))
        for one in devices.list_all(connection)
    )


def _state_of(  # noqa: PLR0917 - what is known of one desk
    one: ListedDevice,
    word: DeskWord,
    places: dict[str, str],
    attempts: Attempts,
    now: datetime,
    acted_at: datetime | None,
) -> DeskState:
    place = one.window or one.department or AUDIT
    return DeskState(
        id=one.id,
        name=one.name,
        place=places.get(place, place),
        condition=_condition_of(one, attempts, now),
        greeted_at=one.seen_at,
        acted_at=acted_at,
        unsent=word.unsent,
        program=word.program,
    )


def _condition_of(one: ListedDevice, attempts: Attempts, now: datetime) -> DeskCondition:
    if one.disabled:
        return DeskCondition.DISABLED
    if one.quarantined:
        return DeskCondition.QUARANTINED
    try:
        attempts.demand_few(one.id, now)
    except RefusedError:
        return DeskCondition.GUESSED
    return DeskCondition.WELL
