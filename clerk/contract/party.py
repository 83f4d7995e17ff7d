"""Applicants and agents (申请人, 代办人)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from clerk.contract.identity import IdKind


class PartyKind(StrEnum):
    """Whether an applicant is a human being or a body (自然人, 法人)."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """The applicant of a case.

    In what central sends out, `id_number` and `phone` are masked; in a command they are whole.
    """

    kind: PartyKind
    id_kind: IdKind
    id_number: str
    name: str
    phone: str = ""
    address: str = ""
    representative: str = ""


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who acts for the applicant, by power of attorney; masked like a party."""

    id_kind: IdKind
    id_number: str
    name: str
    phone: str = ""
