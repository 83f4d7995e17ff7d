"""Who an applicant is, as their documents say it."""

from __future__ import annotations

from enum import StrEnum


class IdKind(StrEnum):
    """The document that a number was read from. The values are stored and never change."""

    RESIDENT = "resident"
    """Resident identity card, GB 11643."""
    HMT_RESIDENCE = "hmt_residence"
    """Residence permit of a resident of Hong Kong, Macao or Taiwan (810000, 820000, 830000)."""
    FOREIGN_PERMANENT_RESIDENCE = "foreign_permanent_residence"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"
    """Permit of a resident of Hong Kong, Macao or Taiwan to travel to the mainland."""
    USCC = "uscc"
    """Unified social credit code, GB 32100."""
    OLD_ORG_CODE = "old_org_code"
    """Organisation code of nine characters, GB 11714; the unified code has taken its place."""
    OLD_REGISTRATION = "old_registration"
    """Business registration number of 15 digits; the unified code has taken its place."""
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """The sex that an identity number states."""

    MALE = "male"
    FEMALE = "female"


PERSONAL_KINDS = frozenset(
    {
        IdKind.RESIDENT,
        IdKind.HMT_RESIDENCE,
        IdKind.FOREIGN_PERMANENT_RESIDENCE,
        IdKind.PASSPORT,
        IdKind.TRAVEL_PERMIT,
    }
)
"""Kinds that a natural person holds."""

ORGANISATION_KINDS = frozenset({IdKind.USCC, IdKind.OLD_ORG_CODE, IdKind.OLD_REGISTRATION})
"""Kinds that an organisation holds."""
