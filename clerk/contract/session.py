"""Signing in, looking up, and reading: the online calls beside the sync protocol."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from clerk.contract.case import CaseRecord, Stage
from clerk.contract.identity import IdKind
from clerk.contract.licence import Licence
from clerk.contract.party import PartyKind
from clerk.contract.register import RegisterAnswer, RegisterOffer, Represented
from clerk.contract.user import User


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """A login with its password, sent from an enrolled desk."""

    login: str
    password: str


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """The session that online acts are done under."""

    token: str
    until: datetime
    user: User


class Purpose(StrEnum):
    """Why somebody looks a person up; every look is recorded with it."""

    DRAFT = "draft"
    CASE = "case"
    RELEASE = "release"
    FIND = "find"
    """Among cases alone, without any card (`clerk.contract.finding`)."""
    BREAK_GLASS = "break_glass"


class LookUp(msgspec.Struct, frozen=True, kw_only=True):
    """Ask for an applicant's card. The number travels in the body, never in a URL.

    Of a case central knows the number itself: it is left out, for a desk has it masked only.
    `items` are those that are chosen already.
    """

    id_kind: IdKind
    id_number: str
    purpose: Purpose
    subject: str
    reason: str = ""
    items: tuple[str, ...] = ()


class CaseBrief(msgspec.Struct, frozen=True, kw_only=True):
    """A case in one line."""

    id: str
    number: str
    item_name: str
    department_name: str
    stage: Stage
    received_at: datetime
    promised_due: date | None = None


class ApplicantCard(msgspec.Struct, frozen=True, kw_only=True):
    """What the city knows about an ID number, masked, with its source and time.

    `found` false means that no register holds the number: the name is typed by hand.
    `facts` are the values that prefill form fields, such as `person.address`. `answers` say
    where everything on the card comes from; `offers` are the registers that may be asked next.
    """

    lookup: str
    found: bool
    kind: PartyKind
    id_kind: IdKind
    masked_number: str
    source: str
    as_of: datetime
    name: str = ""
    facts: dict[str, str] = {}
    licences: tuple[Licence, ...] = ()
    cases: tuple[CaseBrief, ...] = ()
    represents: tuple[Represented, ...] = ()
    answers: tuple[RegisterAnswer, ...] = ()
    offers: tuple[RegisterOffer, ...] = ()


class ReadyQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What lies ready for somebody: by a case number from a receipt, or by ID number."""

    case_number: str = ""
    id_kind: IdKind | None = None
    id_number: str = ""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Everything at the window for one person.

    `held_back` are cases whose results the applicant wants together with others of the same
    bundle application, and the names of the items that are still to come.
    """

    cases: tuple[CaseRecord, ...]
    held_back: dict[str, tuple[str, ...]] = {}
