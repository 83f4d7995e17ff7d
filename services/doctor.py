"""The desk looks itself over: each finding is a code, told in words by the edge."""

from __future__ import annotations

import platform
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from importlib.metadata import version

import msgspec

from clerk.errand import Errand, Phase
from clerk.errors import ClerkError
from services.keys import find_keyring
from services.line import NUMBERS_LOW
from services.sync import Sync
from services.timekeeping import Timekeeper
from storage import catalogue, identity
from storage.store import Store


class Grade(StrEnum):
    """How much a finding matters."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: its code, and what fills the placeholders of its sentence."""

    code: str
    grade: Grade
    parameters: dict[str, str] = {}


class Doctor:
    """Examines the store, the keyring, the line, the clock, the fonts and the versions."""

    def __init__(self, store: Store, sync: Sync, clock: Timekeeper) -> None:
        """Examine this desk."""
        self._store = store
        self._sync = sync
        self._clock = clock

    def examine(self, errand: Errand | None = None) -> tuple[Finding, ...]:
        """Every finding, the good ones too, in a fixed order. Raises CancelledError."""
        errand = errand or Errand()
        looks: tuple[Callable[[], Finding], ...] = (
            self._look_at_store,
            _look_at_keyring,
            self._look_at_line,
            self._look_at_clock,
            self._look_at_catalogue,
            self._look_at_outbox,
            self._look_at_numbers,
            _look_at_fonts,
            _look_at_versions,
        )
        found = []
        for look in looks:
            errand.tell(Phase.CHECKING)
            found.append(look())
        return tuple(found)

    def _look_at_store(self) -> Finding:
        try:
            damage = self._store.examine()
        except ClerkError as error:
            return _finding(error.code, Grade.WRONG)
        if damage:
            return _finding("store.damaged", Grade.WRONG, first=damage[0])
        return _finding("store.whole", Grade.WELL)

    def _look_at_line(self) -> Finding:
        try:
            self._sync.run_once()
        except ClerkError as error:
            return _finding(error.code, Grade.WARNING, **error.parameters)
        return _finding("line.up", Grade.WELL)

    def _look_at_clock(self) -> Finding:
        fault, off = self._clock.find_fault(), self._clock.find_off() or timedelta()
        if fault is not None:
            return _finding(fault.code, Grade.WARNING, minutes=fault.minutes)
        return _finding("clock.skew", Grade.WELL, seconds=int(off.total_seconds()))

    def _look_at_catalogue(self) -> Finding:
        with self._store.read() as connection:
            items = catalogue.count_items(connection)
            calendar = catalogue.find_calendar(connection)
        if not items or calendar is None:
            return _finding("catalogue.empty", Grade.WRONG)
        return _finding("catalogue.there", Grade.WELL, items=items, last_year=calendar.last_year)

    def _look_at_outbox(self) -> Finding:
        status = self._sync.status()
        grade = Grade.WARNING if status.waiting or status.refused else Grade.WELL
        return _finding("outbox.state", grade, waiting=status.waiting, refused=status.refused)

    def _look_at_numbers(self) -> Finding:
        with self._store.read() as connection:
            if not identity.get_enrolled(connection).window_number:
                return _finding("numbers.none_needed", Grade.WELL)
        left = self._sync.status().numbers_left
        grade = Grade.WELL if left >= NUMBERS_LOW else Grade.WARNING
        return _finding("numbers.left", grade, left=left)


def _look_at_keyring() -> Finding:
    backend = find_keyring()
    if backend is None:
        return _finding("keyring.absent", Grade.WARNING)
    return _finding("keyring.there", Grade.WELL, name=type(backend).__module__)


def _look_at_fonts() -> Finding:
    from exports.papers.fonts import read_shipped

    try:
        lacking = [one for one in "政务服务中心〔〕㐀" if one not in read_shipped()]
    except (ImportError, OSError):
        return _finding("fonts.absent", Grade.WRONG)
    if lacking:
        return _finding("fonts.lacking", Grade.WRONG, characters="".join(lacking))
    return _finding("fonts.there", Grade.WELL)


def _look_at_versions() -> Finding:
    told = {"clerk": version("clerk"), "python": platform.python_version()}
    return _finding("versions", Grade.WELL, **told, system=platform.system())


def _finding(code: str, grade: Grade, **parameters: object) -> Finding:
    told = {name: str(value) for name, value in parameters.items()}
    return Finding(code=code, grade=grade, parameters=told)
