"""What the counter tells before acceptance, from the catalogue and calendar that the desk holds."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.clock import Clock
from clerk.contract.bundle import DraftProject
from clerk.contract.item import Item
from clerk.rules.forecast import NOTHING, VisitForecast, foresee
from services.calendars import get_calendar
from storage import catalogue
from storage.store import Store


class Forecasts:
    """Due dates and usual times; with the line down as they were last told."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Look ahead from this clock's now."""
        self._store = store
        self._clock = clock

    def of_visit(self, items: Sequence[Item], project: DraftProject | None) -> VisitForecast:
        """A visit's items, as if they were accepted now."""
        if not items:
            return NOTHING
        with self._store.read() as connection:
            usual = catalogue.find_usual_times(connection, [one.id for one in items])
            calendar = get_calendar(connection)
        return foresee(items, project, usual, calendar, self._clock.now())
