"""The demo city: central seeded in a folder of its own, and desks enrolled with it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from filelock import FileLock

from clerk.clock import SystemClock
from clerk.decoding import decode
from clerk.files import write_atomic
from clerk.locale import _
from clerk.rules.specimens import SpecimenOrganisation, SpecimenPerson
from services.bootstrap import Desk, enrol_desk, open_desk
from services.demo.registers import SampleRegisters
from services.demo.server import CentralProcess, choose_port, find_answering
from services.profile import Profile, Settings, profile_in, read_settings, write_settings

AUDIT = "audit"
"""The auditors' seat."""

ADMINISTRATION = "administration"
"""The administrators' seat."""

WINDOW = "window"
"""The seat at the counter; every other seat is named by its department."""

_PASSWORD = "clerk-demo-city"  # noqa: S105 - everybody's in a city of invented people
_SEED = ("--demo", "--json", "--people", "200", "--organisations", "40", "--password", _PASSWORD)


class Staff(msgspec.Struct, frozen=True):
    """The logins of a department."""

    handler: str
    reviewer: str
    approver: str
    head: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What central told of the city when it was seeded; kept beside it, all of it invented."""

    password: str
    counter: tuple[str, ...]
    manager: str
    supervisor: str = ""
    government_head: str = ""
    staff: dict[str, Staff]
    window: str
    names: dict[str, str]
    window_code: str
    department_codes: dict[str, str]
    auditor: str = ""
    audit_code: str = ""
    system_administrator: str = ""
    security_administrator: str = ""
    administration_code: str = ""
    people: tuple[SpecimenPerson, ...]
    organisations: tuple[SpecimenOrganisation, ...]
    sealed: bool = False


class City:
    """Opens the city of a folder, which is founded at the first time; closes all it opened.

    The registers of others run beside central: tax, safety supervision (slow) and weather.
    """

    def __init__(self, folder: Path, *, practice: bool = False) -> None:
        """Take the folder; nothing runs yet. One to practise in marks each of its desks so."""
        self.practice = practice
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.central = CentralProcess(folder, seal_passphrase=_PASSWORD)
        self.registers = SampleRegisters(folder / "registers")
        self._desks: dict[str, Desk] = {}
        self._turn = FileLock(folder / "city.lock")
        with self._turn:  # two terminals may begin at once
            self.told: Told = self._found()

    def __enter__(self) -> Self:
        """Start central."""
        with self._turn:
            self._open_registers()
            self.central.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the desks, then central."""
        self.close_desks()
        self.central.stop()
        self.registers.stop()

    def seats(self) -> tuple[str, ...]:
        """The window, every department that has people, the auditors' and the administrators'.

        A city that an older release founded lacks the last of them.
        """
        codes = {AUDIT: self.told.audit_code, ADMINISTRATION: self.told.administration_code}
        others = (seat for seat, code in codes.items() if code)
        return (WINDOW, *sorted(self.told.department_codes), *others)

    def name_of(self, seat: str) -> str:
        """What a seat is called."""
        if seat == AUDIT:
            return _("Audit")
        if seat == ADMINISTRATION:
            return _("Administration")
        return self.told.names[self.told.window if seat == WINDOW else seat]

    def logins_of(self, seat: str) -> tuple[str, ...]:
        """Who works there; all have the city's password."""
        if seat == WINDOW:
            told = self.told
            centre = (told.manager, told.supervisor, told.government_head)
            return (*told.counter, *filter(None, centre))
        if seat == AUDIT:
            return (self.told.auditor,)
        if seat == ADMINISTRATION:
            return (self.told.system_administrator, self.told.security_administrator)
        staff = self.told.staff[seat]
        return tuple(filter(None, (staff.handler, staff.reviewer, staff.approver, staff.head)))

    def desk(self, seat: str) -> Desk:
        """The desk of a seat, enrolled at the first time and kept open."""
        if seat not in self._desks:
            self._desks[seat] = self._open(seat)
        return self._desks[seat]

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has sat anywhere yet."""
        return not self._desks_folder.exists()

    def close_desks(self) -> None:
        """Close all desks; whoever signed in is signed out."""
        for seat in tuple(self._desks):
            self.close_desk(seat)

    def close_desk(self, seat: str) -> None:
        """Close a desk before the city."""
        desk = self._desks.pop(seat, None)
        if desk:
            desk.close()

    def _open_registers(self) -> None:
        """Let the registers answer, and central know where; another terminal may serve already."""
        port_file = self.folder / "registers.port"
        port = find_answering(port_file)
        if port:
            return
        port = choose_port(port_file)
        self.registers.know(self.told.organisations, SystemClock().now().date())
        if not self.registers.start(port):
            return
        write_atomic(port_file, str(port).encode())
        described, known = self.registers.describe(port), self.folder / "registers.toml"
        if not known.exists() or known.read_bytes() != described:
            write_atomic(known, described)
            self.central.run("register", "load", str(known))

    def _open(self, seat: str) -> Desk:
        profile = self._profile(seat)
        if not profile.store.exists():
            write_settings(profile, Settings(practice=self.practice))
            enrol_desk(
                profile,
                address=self.central.address,
                code=self._code(seat),
                passphrase=self.told.password,
            )
        # Central has another port each time it is started.
        mark_desk(profile, central=self.central.address, practice=self.practice)
        return open_desk(profile, passphrase=self.told.password)

    def _code(self, seat: str) -> str:
        told = self.told
        own = {WINDOW: told.window_code, AUDIT: told.audit_code}
        own[ADMINISTRATION] = told.administration_code
        return own.get(seat) or self.told.department_codes[seat]

    def _profile(self, seat: str) -> Profile:
        return profile_in(self._desks_folder / seat, seat)

    @property
    def _desks_folder(self) -> Path:
        return self.folder / "desks"

    def _found(self) -> Told:
        known = self.folder / "city.json"
        self.central.run("init")
        if not known.exists():
            told = self.central.run("seed", *_SEED)
            self.central.run("seal", "address", self.central.address)
            self.central.run("rating", "--address", self.central.address)
            write_atomic(known, told.encode())
        return decode(known.read_bytes(), Told)


def mark_desk(profile: Profile, *, central: str, practice: bool) -> None:
    """Tell a desk of a city where its central is, and whether it practises, whoever changed it."""
    settings = msgspec.structs.replace(read_settings(profile), central=central, practice=practice)
    write_settings(profile, settings)
