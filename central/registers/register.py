"""What every register answers, whoever keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import msgspec

from clerk.contract.identity import IdKind
from clerk.contract.party import PartyKind


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """What a register knows about an ID number. `source` and `as_of` say whose word it is.

    `facts` prefill form fields; numbers of people among them are masked already.
    """

    kind: PartyKind
    name: str
    source: str
    as_of: datetime
    facts: dict[str, str]


class Register(Protocol):
    """A register of people or of organisations."""

    @property
    def name(self) -> str:
        """How the record of lookups calls it."""

    def holds(self, id_kind: IdKind) -> bool:
        """Whether numbers of this kind are its business."""

    def find(self, id_kind: IdKind, id_number: str) -> Holding | None:
        """What it knows; None where it has no such number. Raises UnreachableError."""
