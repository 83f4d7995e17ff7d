"""Licences and their types (电子证照, 证照目录)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

RENEWAL_DAYS = 30
"""How long before its end a licence's renewal is applied for (行政许可法 Art. 50)."""


class Validity(StrEnum):
    """How long a licence of a type is good for."""

    TERM = "term"
    UNTIL = "until"
    UNLIMITED = "unlimited"


class LicenceField(msgspec.Struct, frozen=True, kw_only=True):
    """A line on a licence. `source` is `form.KEY`, `applicant.KEY` or `fixed:TEXT`."""

    label: str
    source: str


class LicenceType(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the licence catalogue.

    `number` is the rule that numbers follow, with `{n}` (`{n:06}` pads it) and if wanted
    `{year}`; empty, a number is the id, the year and six digits. Without a `validity` the item
    that issues it says how many months it lasts, as do `valid_months` for a term; 0 is without
    end. It `replaces` the shared materials of these keys, wherever they are asked for. Renewal
    is due `renewal_days` before its end (行政许可法 Art. 50: 30, unless other rules say so).
    """

    id: str
    name: str
    department: str = ""
    valid_months: int = 0
    number: str = ""
    fields: tuple[LicenceField, ...] = ()
    validity: Validity | None = None
    valid_until: date | None = None
    replaces: tuple[str, ...] = ()
    renewal_days: int = RENEWAL_DAYS


class LicenceStatus(StrEnum):
    """What a licence is worth today, apart from its dates."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


_ENDING = frozenset({LicenceStatus.VALID, LicenceStatus.SUSPENDED, LicenceStatus.EXPIRED})
"""What its last day ends: nothing else is worth anything before it."""


class Renewal(StrEnum):
    """Whether the law counts a licence as renewed until its renewal is decided (Art. 50)."""

    NONE = ""
    TO_CONFIRM = "to_confirm"
    CONFIRMED = "confirmed"


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence that somebody holds. `valid_until` is None where it has no end.

    `replaces` are the shared materials that its type stands for. `renewal` tells of one that has
    ended while its renewal is undecided; who confirmed that it counts as renewed, and on which
    day, are `renewal_by` and `renewal_on`. `ended_as` is what it was when it ended, as far as
    that is known: what counts as renewed goes on as that.
    """

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
    replaces: tuple[str, ...] = ()
    renewal: Renewal = Renewal.NONE
    renewal_by: str = ""
    renewal_on: date | None = None
    ended_as: LicenceStatus | None = None

    def status_on(self, day: date) -> LicenceStatus:
        """What it is worth that day, its last day counted.

        What counts as renewed, confirmed by a person, goes on after its last day until its
        renewal is decided (行政许可法 Art. 50), as what it was: suspended stays suspended.
        """
        if self.status not in _ENDING:
            return self.status
        expired = self.status is LicenceStatus.EXPIRED
        if self.valid_until is None or day <= self.valid_until:
            return (self.ended_as or self.status) if expired else self.status
        if self.renewal is not Renewal.CONFIRMED:
            return LicenceStatus.EXPIRED
        return (self.ended_as or LicenceStatus.VALID) if expired else self.status

    def holds_on(self, day: date) -> bool:
        """Whether it may be relied on that day."""
        return self.status_on(day) is LicenceStatus.VALID
