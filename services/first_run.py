"""The first run of a desk: enrolled, and everything fetched that it works with."""

from __future__ import annotations

from clerk.clock import Clock
from clerk.errand import Errand
from clerk.errors import InputError
from services.bootstrap import enrol_desk, open_desk
from services.profile import Profile


class FirstRun:
    """What the guided first run does to one profile."""

    def __init__(
        self, profile: Profile, passphrase: str | None = None, clock: Clock | None = None
    ) -> None:
        """Its key is wrapped with this passphrase, where no keyring keeps it."""
        self._profile = profile
        self._passphrase = passphrase
        self._clock = clock

    def enrol(self, address: str, code: str) -> None:
        """Make the desk known to central.

        Raises InputError for what was left empty (`enrolment.address_missing`,
        `enrolment.code_missing`), and what `enrol_desk` raises.
        """
        if not address.strip():
            raise InputError("enrolment.address_missing")
        if not code.strip():
            raise InputError("enrolment.code_missing")
        enrol_desk(
            self._profile,
            address=address.strip(),
            code=code,
            clock=self._clock,
            passphrase=self._passphrase,
        )

    def fetch(self, errand: Errand) -> None:
        """Fetch until level. What came is kept when it is called off, and gone on with later.

        Raises what `open_desk` raises, UnreachableError, RefusedError and CancelledError.
        """
        desk = open_desk(self._profile, self._clock, self._passphrase)
        try:
            desk.sync.fetch_all(errand)
        finally:
            desk.close()
