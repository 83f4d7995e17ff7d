"""Why a register's answer cannot be used, by code."""

from __future__ import annotations

from clerk.errors import ClerkError

LATE = "register.late"
DOWN = "register.down"
RESTING = "register.resting"
BUSY = "register.busy"
REFUSED = "register.refused"
CREDENTIAL = "register.credential"
ADDRESS = "register.address"
REDIRECTED = "register.redirected"
TOO_LARGE = "register.too_large"
NONSENSE = "register.nonsense"
OTHER_PERSON = "register.other_person"
TWO_PEOPLE = "register.two_people"
OLD_CODE = "register.old_code"
NOT_ASKED = "register.not_asked"

DOUBTS = frozenset({OTHER_PERSON, TWO_PEOPLE, OLD_CODE})
"""Whom the answer is about is in doubt: then what was said before is not shown either."""


class RegisterError(ClerkError):
    """A register gave no answer that can be used. `again`: another attempt may help."""

    def __init__(self, code: str, *, again: bool = False, failed: bool = False) -> None:
        """Name what happened; `failed` ones bring the circuit breaker nearer to opening."""
        super().__init__(code)
        self.again = again
        self.failed = failed
