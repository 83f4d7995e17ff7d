"""Licences and their types (电子证照, 证照目录)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class LicenceType(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the licence catalogue. `valid_months` 0 is without end."""

    id: str
    name: str
    department: str = ""
    valid_months: int = 0


class LicenceStatus(StrEnum):
    """What a licence is worth today, apart from its dates."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence that somebody holds. `valid_until` is None where it has no end."""

    id: str
    type: str
    type_name: str
    number: str
    holder_name: str
    issuer: str
    issued_on: date
    valid_until: date | None = None
    status: LicenceStatus = LicenceStatus.VALID
    case_id: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it may be relied on that day."""
        if self.status is not LicenceStatus.VALID:
            return False
        return self.valid_until is None or self.valid_until >= day
