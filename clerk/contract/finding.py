"""Asking central for cases by a number, within what whoever asks may see."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.case import Delivery, Stage
from clerk.contract.identity import IdKind


class FindCases(msgspec.Struct, frozen=True, kw_only=True):
    """One of these: a case number, or a complete identity number.

    It travels in the body, never in a URL.
    """

    case_number: str = ""
    id_kind: IdKind | None = None
    id_number: str = ""

    def __repr__(self) -> str:
        """Nothing of it."""
        return "FindCases()"


class FoundCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case in one line. `step_name` is empty where it stands in no step."""

    id: str
    number: str
    item_name: str
    applicant_name: str
    stage: Stage
    delivery: Delivery
    received_at: datetime
    step_name: str = ""
    promised_due: date | None = None


class FoundCases(msgspec.Struct, frozen=True):
    """The newest first."""

    cases: tuple[FoundCase, ...]
