"""What a scanner or a card reader sent: a case's receipt, somebody's number, or a licence's QR."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

import msgspec

from clerk.contract.identity import IdKind

_ADDRESS = ("https://", "http://")
_WITHOUT_ADDRESS = re.compile(r"\S.* [0-9A-HJKMNP-TV-Z]{8}")
"""A licence's number and check digits, as the QR says them where no address is known."""


class ScanKind(StrEnum):
    """What a scan leads to."""

    CASE = "case"
    """A receipt: its case."""
    IDENTIFIER = "identifier"
    """An identity document, or a business licence by its credit code: a person or a body."""
    LICENCE = "licence"
    """The QR of a licence: whether it is genuine."""


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """A scan that was understood. `text` may be somebody's whole number: keep it out of logs."""

    kind: ScanKind
    text: str
    id_kind: IdKind = IdKind.UNKNOWN

    def __repr__(self) -> str:
        """The kind alone."""
        return f"Scanned({self.kind})"


def read_scanned(text: str, today: date) -> Scanned | None:
    """What was scanned; nothing where it is not complete and right, as a typed text seldom is."""
    # With the first scan: knowing numbers takes longer to load than the first frame may wait.
    from clerk.rules.identifiers import read_identifier
    from clerk.rules.numbers import looks_like_case_number, read_case_number

    text = text.strip()
    if is_licence_address(text):
        return Scanned(kind=ScanKind.LICENCE, text=text)
    if looks_like_case_number(text):
        return Scanned(kind=ScanKind.CASE, text=str(read_case_number(text)))
    reading = read_identifier(text, today=today)
    if reading.valid:
        return Scanned(kind=ScanKind.IDENTIFIER, text=reading.number, id_kind=reading.kind)
    if is_licence_number(text):
        return Scanned(kind=ScanKind.LICENCE, text=text)
    return None


def is_licence_number(text: str) -> bool:
    """Whether a text looks like a licence's number with its check digits; others may, too."""
    return _WITHOUT_ADDRESS.fullmatch(text) is not None


def is_licence_address(text: str) -> bool:
    """Whether a text is the address in a licence's QR: with a number and its check digits."""
    if not text.startswith(_ADDRESS):
        return False
    try:
        query = parse_qs(urlsplit(text).query)
    except ValueError:
        return False  # an address of nothing, such as one with half a bracket
    return bool(query.get("n") and query.get("c"))
