"""Handing the desk to an applicant who rates the visit: sealed at once, and shown to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.command import RateVisit
from clerk.contract.rating import RATING_INFO, Chosen
from clerk.errors import InputError, RefusedError
from clerk.rules.case import Case
from clerk.rules.rating import wrong_choice
from services.overlay import lay, lay_all
from services.sealed_box import seal_for_central
from services.sealing import get_seal_key
from services.waiting import Waiting
from storage import cases, catalogue, identity, outbox
from storage.cases import CaseQuery, Order
from storage.store import Connection, Store

_LATELY = 50
"""Cases of a window that are looked through for its last visit."""


class RatedVisit(NamedTuple):
    """What the applicant is asked about: items, the day, and where."""

    id: str
    items: tuple[str, ...]
    on: date
    centre: str
    window: str


class Ratings:
    """Takes what an applicant chooses at this window; with the line down too."""

    def __init__(self, store: Store, waiting: Waiting, clock: Clock) -> None:
        """Send what was chosen to central, and keep nothing of it."""
        self._store = store
        self._waiting = waiting
        self._clock = clock

    def invite(self, case_id: str = "") -> RatedVisit:
        """The visit of a case, or else the last one of today at this window.

        Raises InputError `window.needed` and `rating.no_visit`, RefusedError `rating.invited`
        where somebody has rated it here, and StoreError `outbox.no_seal_key`.
        """
        with self._store.read() as connection:
            get_seal_key(connection)
            enrolled = identity.get_enrolled(connection)
            if not enrolled.window:
                raise InputError("window.needed")
            visit = _visit_of(connection, case_id) if case_id else ""
            visit = visit or self._find_last(connection, enrolled.window)
            rated = sorted(self._list_here(connection, enrolled.window, visit), key=_by_number)
            if not rated or not visit:
                raise InputError("rating.no_visit")
            if outbox.has_any(connection, visit):
                raise RefusedError("rating.invited")
            window = catalogue.find_window(connection, enrolled.window)
        return RatedVisit(
            id=visit,
            items=tuple(one.terms.name for one in rated),
            on=_day(rated[0]),
            centre=enrolled.centre,
            window=window.name if window else enrolled.window_name,
        )

    def give(self, visit: RatedVisit, chosen: Chosen) -> None:
        """Seal what was chosen and put it into the outbox; nobody at this desk can open it."""
        assert wrong_choice(chosen) is None, "the screen offers what belongs to the level"
        with self._store.read() as connection:
            seal_key = get_seal_key(connection)
            device = identity.get_enrolled(connection).device
        plain, info = msgspec.json.encode(chosen), RATING_INFO + visit.id.encode()
        box = seal_for_central(plain, seal_key, info, device)
        self._waiting.keep(visit.id, 0, RateVisit(box=box))

    def _list_here(self, connection: Connection, window: str, visit: str = "") -> Iterator[Case]:
        """The cases of a visit to this window, or of late; what waits for the line among them."""
        laid = lay_all(connection)
        query = CaseQuery(window=window, application=visit, order=Order.NEWEST, limit=_LATELY)
        rows = cases.page(connection, query, self._clock.now())
        ids = dict.fromkeys((*laid, *(row.id for row in rows)))
        for one in ids:
            case = (laid.get(one) or lay(connection, one)).case
            if case and case.window == window and visit in {"", case.application}:
                yield case

    def _find_last(self, connection: Connection, window: str) -> str:
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        todays = [one for one in self._list_here(connection, window) if _day(one) == today]
        return max(todays, key=lambda one: one.received_at).application if todays else ""


def _visit_of(connection: Connection, case_id: str) -> str:
    case = lay(connection, case_id).case
    return case.application if case else ""


def _by_number(case: Case) -> str:
    return case.number


def _day(case: Case) -> date:
    return case.received_at.astimezone(OFFICE_ZONE).date()
