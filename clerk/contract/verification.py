"""Verifying a licence: what anybody who holds it may know of it, and what a file of it is."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.licence import LicenceStatus, Renewal


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a licence is worth today. The name of a person who holds it is masked.

    `renewal_on` is the day on which its office confirmed that it counts as renewed.
    """

    number: str
    name: str
    holder: str
    office: str
    status: LicenceStatus
    issued_on: date
    valid_until: date | None = None
    as_of: date
    renewal: Renewal = Renewal.NONE
    renewal_on: date | None = None


class AskVerified(msgspec.Struct, frozen=True, kw_only=True):
    """What licence somebody asks about: its number, and the check digits that stand beside it.

    Asked in a body, for what is typed stands in no address (个人信息保护法 Art. 51).
    """

    number: str = ""
    code: str = ""


class PaperState(StrEnum):
    """What a sealed file is to central."""

    CURRENT = "current"
    VOID = "void"
    UNKNOWN = "unknown"


class SealState(StrEnum):
    """What the certificate that sealed a file is to central."""

    IN_USE = "in_use"
    RETIRED = "retired"
    LOST = "lost"
    UNKNOWN = "unknown"


class VerifiedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """What central knows of a file by its hash, and of the seal on it by its certificate's.

    `lost_at` is since when the key may have been in other hands.
    """

    paper: PaperState
    seal: SealState
    office: str = ""
    lost_at: datetime | None = None
    licence: Verified | None = None
